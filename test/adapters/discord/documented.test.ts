// Payloads as Discord documents them, whole, through the real discord.js; and what its refusals mean for Baton.
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { DiscordAPIError } from 'discord.js';
import { troubleIn } from '../../../src/adapters/discord/trouble.ts';
import { type DiscordHouse, openHouse } from '../../support/discord-house.ts';
import { inputsIn, textOf } from '../../support/discord-people.ts';

type Json = Record<string, unknown>;

const read = (name: string, put: Readonly<Record<string, string>> = {}): Json => {
  const text = readFileSync(new URL(`../../fixtures/discord/${name}.json`, import.meta.url), 'utf8');
  return JSON.parse(Object.entries(put).reduce((all, [what, by]) => all.replaceAll(what, by), text)) as Json;
};

describe('what the gateway tells', () => {
  let house: DiscordHouse;
  let put: Record<string, string>;
  afterEach(() => house.stop());

  async function opened(): Promise<void> {
    house = await openHouse({ rate: { count: 5, window: 100 } });
    const { guild } = house.double;
    put = { '1312000000000000001': guild.id, '1312000000000000003': guild.general.id };
    const answered = await house.double.deliver(read('slash-declare', put));
    expect(answered.type).toBe(4);
    await house.until(() => house.card() !== undefined && house.voice() !== '', 'a room');
    Object.assign(put, { '1312000000000000003': house.text(), VOICE: house.voice() });
  }

  test('a slash command declares, by the nickname of whoever gave it', async () => {
    await opened();
    const { title, declared, people } = await house.incident();
    expect(title).toBe('Checkout fails');
    expect(people[declared.by]?.name ?? (await house.handler.world()).people[declared.by]?.name).toBe('Ann (SRE)');
  });

  test('a subcommand of a group, a press, a modal and a completion are understood', async () => {
    await opened();
    const [root] = house.double.commands as {
      options: { type: number; name: string; options?: { name: string }[] }[];
    }[];
    const group = root?.options.find(
      ({ type, options }) => type === 2 && options?.some(({ name }) => name === 'rename'),
    );
    await house.double.deliver(read('slash-in-group', { ...put, GROUP: group?.name ?? '' }));
    expect((await house.incident()).title).toBe('Checkout is slow');
    await house.double.deliver(read('press-take-command', { ...put, '1443870000000000201': house.card().id }));
    expect((await house.incident()).command.commander).toBe((await house.incident()).declared.by);
    await house.double.deliver(read('modal-note', put));
    expect((await house.incident()).evidence.map(({ text }) => text)).toContain('The pool is empty');
    const completed = await house.double.deliver(read('completion-help', put));
    expect(completed.type).toBe(8);
    expect((completed.data.choices as Json[])[0]).toMatchObject({ value: 'take-command' });
    expect(house.double.wrong).toEqual([]);
  });

  test('the commands of a message’s menu have its words', async () => {
    await opened();
    const opening = await house.double.deliver(read('menu-declare', put));
    expect(opening.type).toBe(9);
    expect(inputsIn(opening).get('title')).toMatchObject({ value: 'Orders fail since ten' });
    const kept = await house.double.deliver(read('menu-keep', put));
    expect(textOf(kept.data)).not.toBe('');
    expect((await house.incident()).evidence.map(({ text }) => text)).toContain('Ben Baker: Orders fail since ten');
  });

  test('a voice state shows who is on the call', async () => {
    await opened();
    house.double.gateway.dispatch('VOICE_STATE_UPDATE', read('voice-state-join', put));
    await house.until(
      async () => Object.values((await house.incident()).people).some(({ on }) => on.includes('discord')),
      'somebody is on the call',
    );
  });
});

describe('what REST refuses', () => {
  const refused = (name: string, status: number) => {
    const body = read(name) as unknown as ConstructorParameters<typeof DiscordAPIError>[0];
    return new DiscordAPIError(body, 'code' in body ? body.code : 0, status, 'POST', 'https://discord.com/', {});
  };

  test.each([
    ['rest-rate-limited', 429, 'again'],
    ['rest-old-message', 429, 'again'],
    ['rest-missing-permissions', 403, 'forbidden'],
    ['rest-no-direct-messages', 403, 'forbidden'],
    ['rest-unknown-channel', 404, 'gone'],
    ['rest-unknown-interaction', 404, 'expired'],
    ['rest-token-expired', 401, 'expired'],
    ['rest-acknowledged', 400, 'answered'],
    ['rest-guild-full', 400, 'full'],
    ['rest-category-full', 400, 'full'],
  ])('%s with %i means %s', (name, status, means) => {
    expect(troubleIn(refused(name, status))).toBe(means);
  });
});
