// A code shown on one platform and typed on the other makes two accounts one person; whatever else is typed loses nothing.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { People } from '../../src/core/units.ts';
import { newCode, readCode } from '../../src/desk/link-code.ts';
import { dropDatabase, freshDatabase, TEST_URI, withoutMongo } from '../adapters/mongodb/test-database.ts';
import { codeIn, type Instance, type LinkedHouse, openLinked, said } from '../support/linked-house.ts';

const MINUTE = 60_000;
/** Ann is configured; Annie is who Discord met before anybody knew that she is Ann. */
const CONFIGURED: People = {
  ann: { id: 'ann', name: 'Ann Archer', ids: { teams: 'teams:ann' } },
  bob: { id: 'bob', name: 'Bob Baker' },
};

test('a code is easy to type, and as hard to guess as fifty bits', () => {
  const code = newCode();
  expect(code).toMatch(/^[CDFGHJKMNPQRTWXY34679]{4}(-[CDFGHJKMNPQRTWXY34679]{4}){2}$/);
  expect(Math.log2(21 ** 12)).toBeGreaterThan(50);
  const typed = [
    code.toLowerCase(),
    code.replaceAll('-', ''),
    ` ${code.replaceAll('-', ' ')}.`,
    code.replaceAll('-', '–'),
  ];
  expect(typed.map(readCode)).toEqual(typed.map(() => code));
  expect(['', 'C4KD', `${code}C`, code.replace(/^./, 'O'), '💥'.repeat(12)].map(readCode)).toEqual(
    Array(5).fill(undefined),
  );
  expect(new Set(Array.from({ length: 200 }, newCode)).size).toBe(200);
});

const stores: [string, (() => Promise<string>) | undefined][] = [['SQLite', undefined]];
if (TEST_URI) stores.push(['MongoDB, from two instances', freshDatabase]);
else test('no MongoDB, no test of linking on it', () => withoutMongo('Linking accounts'));

describe.each(stores)('on %s', (_, fresh) => {
  let house: LinkedHouse;
  let where: string | undefined;
  /** The instance that hears of Teams, and the one that hears of Discord. */
  let teams: Instance;
  let discord: Instance;
  beforeEach(async () => {
    where = await fresh?.();
    house = await openLinked(CONFIGURED, where);
    teams = house.instances[0] as Instance;
    discord = (house.instances[1] ?? teams) as Instance;
    for (const name of ['Annie', 'Cat', 'Kate']) await teams.handler.introduce(name);
    // Longer than any instance takes what it knows of people as fresh.
    house.now += MINUTE;
  });
  afterEach(async () => {
    await house.stop();
    if (where !== undefined) await dropDatabase(where);
  });

  const people = async () => (await discord.handler.world()).people;
  const unchanged = async () =>
    expect(Object.keys(await people()).sort()).toEqual(['ann', 'annie', 'bob', 'cat', 'kate']);

  test('shown in Teams and typed in Discord, and after a yes both are the configured person, everywhere', async () => {
    const code = codeIn(await teams.types('teams', 'ann', 'link-account'));
    const asked = await discord.types('discord', 'annie', `/link-account ${code.toLowerCase()}`);
    expect(said(asked)).toContain('This code was shown to Ann Archer in Microsoft Teams. Is that you?');
    await unchanged();
    const done = await discord.presses('discord', 'annie', /that is me/, asked);
    expect(said(done)).toContain('From now on you are Ann Archer, here and in Microsoft Teams.');
    for (const { handler } of house.instances) {
      house.now += 10_000;
      const { people: known } = await handler.world();
      expect(known.ann).toMatchObject({
        name: 'Ann Archer',
        ids: { teams: 'teams:ann', discord: 'discord:annie' },
        also: ['annie'],
      });
      expect(known.annie).toBeUndefined();
    }
    // Whoever still calls her by the other id means her.
    await house.order('annie', 'declare', { title: 'Checkout fails' });
    await house.order('annie', 'take-command');
    expect((await teams.handler.incident('INC-1'))?.command.commander).toBe('ann');
    await house.order('ann', 'delegate', { what: 'look', owner: 'cat' });
    expect((await teams.handler.incident('INC-1'))?.activities[0]?.owner).toBe('cat');
  });

  test('two whom nobody configured become the one who is known better, with rest and experience of both', async () => {
    await house.order('cat', 'declare', { title: 'Checkout fails' });
    for (const by of ['kate', 'cat']) {
      await house.order(by, 'take-command');
      await house.order(by, 'release-command');
    }
    house.now += MINUTE;
    const asked = await discord.types('discord', 'kate', codeOf(await teams.types('teams', 'cat', 'link-account')));
    expect(said(await discord.presses('discord', 'kate', /that is me/, asked))).toContain('From now on you are Cat');
    const { commanded, people: known } = await discord.handler.world();
    expect(commanded.cat).toBe(2);
    expect(known.cat?.ids).toEqual({ teams: 'teams:cat', discord: 'discord:kate' });
  });

  test('nobody vanishes from an incident: who is needed stays, and where both are it is said what to settle', async () => {
    await house.order('annie', 'declare', { title: 'Checkout fails' });
    await house.order('annie', 'join-call');
    const code = codeIn(await teams.types('teams', 'ann', 'link-account'));
    const press = async () =>
      discord.presses(
        'discord',
        'annie',
        /that is me/,
        await discord.types('discord', 'annie', `/link-account ${code}`),
      );
    const settle: [string, () => Promise<void>][] = [
      ['is on the call of INC-1. Leave it', () => house.order('annie', 'leave-call')],
      ['has command of INC-1', () => house.order('annie', 'release-command')],
    ];
    expect(said(await press())).toContain(settle[0]?.[0]);
    await settle[0]?.[1]();
    await house.order('annie', 'take-command');
    expect(said(await press())).toContain(settle[1]?.[0]);
    await settle[1]?.[1]();
    await house.order('bob', 'take-command');
    await house.order('bob', 'delegate', { what: 'look', owner: 'annie' });
    expect(said(await press())).toContain('has work in INC-1');
    await unchanged();
    await house.order('annie', 'acknowledge', { activity: 1 });
    await house.order('annie', 'finish', { activity: 1 });
    // The same code is still good: a refusal costs nothing.
    expect(said(await press())).toContain('From now on you are Ann Archer');
    // Cat is paged, Kate is not: whoever is needed is the one who stays.
    await house.order('bob', 'page', { person: 'kate' });
    const asked = await discord.types('discord', 'kate', codeOf(await teams.types('teams', 'cat', 'link-account')));
    expect(said(await discord.presses('discord', 'kate', /that is me/, asked))).toContain('you are Kate');
  });

  test('used once, by one of all who press at once; typed again it says what became of it', async () => {
    const code = codeIn(await teams.types('teams', 'ann', 'link-account'));
    const asked = await discord.types('discord', 'annie', `/link-account ${code}`);
    const other = await teams.types('discord', 'cat', `/link-account ${code}`);
    const [one, two] = await Promise.all([
      discord.presses('discord', 'annie', /that is me/, asked),
      teams.presses('discord', 'cat', /that is me/, other),
    ]);
    const both = [one, two].map(said);
    expect(both.filter((text) => text.includes('From now on you are Ann Archer'))).toHaveLength(1);
    expect(both.filter((text) => text.includes('used already'))).toHaveLength(1);
    house.now += 10_000;
    expect(said(await discord.types('discord', 'ann', `/link-account ${code}`))).toContain(
      'Both accounts are Ann Archer already',
    );
    expect(said(await discord.types('discord', 'kate', `/link-account ${code}`))).toContain('used already');
  });

  test.each([
    ['mistyped', 'C4KD', 'is no code'],
    ['unknown', 'C4KD-9MTQ-X7RH', 'There is no such code'],
  ])('%s: says so and changes nothing', async (_what, typed, answer) => {
    const outcome = await discord.types('discord', 'annie', `/link-account ${typed}`);
    expect(outcome.outcome).toBe('refused');
    expect(said(outcome)).toContain(answer);
    await unchanged();
  });

  test('expired, replaced, own, shown here, and two configured people: each says what to do instead', async () => {
    const shown = async () => codeIn(await teams.types('teams', 'ann', 'link-account'));
    const first = await shown();
    const code = await shown();
    const typing = (via: string, by: string, what: string) =>
      (via === 'teams' ? teams : discord)
        .types(via, by, `${via === 'teams' ? '' : '/'}link-account ${what}`)
        .then(said);
    expect(await typing('discord', 'annie', first)).toContain('There is no such code');
    expect(await typing('teams', 'ann', code)).toContain('your own code');
    expect(await typing('teams', 'cat', code)).toContain('was shown here, in Microsoft Teams');
    const asked = await discord.types('discord', 'bob', `/link-account ${code}`);
    const refused = said(await discord.presses('discord', 'bob', /that is me/, asked));
    expect(refused).toContain('Ann Archer and Bob Baker are two people in the configuration');
    house.now += 15 * MINUTE + 1;
    expect(await typing('discord', 'annie', code)).toMatch(/is over: each is good for 15 min.*in Microsoft Teams/);
    await unchanged();
  });

  test('whoever guesses has to wait, and then may go on', async () => {
    const code = codeIn(await teams.types('teams', 'ann', 'link-account'));
    for (let n = 0; n < 5; n += 1) {
      expect(said(await discord.types('discord', 'annie', `/link-account ${newCode()}`))).toContain('no such code');
    }
    expect(said(await discord.types('discord', 'annie', `/link-account ${code}`))).toMatch(
      /Too many wrong codes\. In 15 min/,
    );
    expect(said(await discord.types('discord', 'cat', `/link-account ${code}`))).toContain('Is that you?');
    house.now += 15 * MINUTE + 1;
    expect(said(await discord.types('discord', 'annie', `/link-account ${newCode()}`))).toContain('no such code');
  });

  test('where others read along no code is shown, and one that is typed there counts no more', async () => {
    expect(said(await teams.types('teams', 'ann', 'link-account', { openly: true }))).toContain(
      'Others read along here',
    );
    const code = codeIn(await discord.types('discord', 'annie', '/link-account'));
    expect(said(await teams.types('teams', 'ann', code, { openly: true }))).toContain('no longer counts');
    expect(said(await teams.types('teams', 'ann', code))).toContain('There is no such code');
    await unchanged();
  });

  test('nothing of a code is kept but a digest, and German is spoken', async () => {
    const shown = await teams.types('teams', 'ann', 'link-account', { language: 'de' });
    expect(said(shown)).toContain('Gib ihn innerhalb von 15 min auf der anderen Plattform ein');
    const kept = JSON.stringify(await teams.storage.memory.recall('link'));
    expect(kept).not.toContain(codeIn(shown));
    expect(kept).not.toContain(codeIn(shown).replaceAll('-', ''));
    const asked = await discord.types('discord', 'annie', `/link-account ${codeIn(shown)}`, { language: 'de' });
    expect(said(asked)).toContain('Bist du das?');
  });
});

const codeOf = (shown: Parameters<typeof codeIn>[0]) => `/link-account ${codeIn(shown)}`;
