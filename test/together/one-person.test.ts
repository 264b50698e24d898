// Somebody with an account on each platform becomes one person by a code, and is one from then on: seen, asked and heard.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BOB, type BothHouses, openBoth } from '../support/both-houses.ts';
import type { Answered } from '../support/discord-double.ts';
import { pressable, type Somebody, somebody, textOf } from '../support/discord-people.ts';
import { actionsIn, sent, shownIn } from '../support/teams-house.ts';

const CHAT = 'a:1AnnsPersonalChatWithTheBot';
const CODE = /\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b/;

let both: BothHouses;
beforeEach(async () => {
  both = await openBoth({}, false);
  await both.until(() => both.discord.gateway.connected() && both.discord.commands.length > 0, 'Discord is there');
});
afterEach(() => both.stop());

const incident = () => both.teams.incident();
const people = async () => (await both.teams.handler.world()).people;
const inChat = () => both.teams.connector.in(CHAT).map(({ states }) => shownIn(states.at(-1)));

/** What only Ann sees of an answer in Discord. */
function privately({ data }: Answered): string {
  expect(Number(data.flags) & 64).toBe(64);
  return textOf(data);
}

async function chatSays(text: string | RegExp): Promise<string> {
  const found = () => inChat().findLast((said) => said.match(text));
  await both.until(() => found() !== undefined, `Teams says ${String(text)}`);
  return found() ?? '';
}

/** The message that an answer in Discord became. */
const answerIn = (answered: Answered) =>
  [...both.discord.guild.messages.values()].findLast(({ ephemeralFor }) => ephemeralFor !== undefined) ??
  (() => {
    throw new Error(`no answer is kept: ${JSON.stringify(answered)}`);
  })();

test('a code shown in Teams and typed in Discord: presence, rights and mentions are those of one person', async () => {
  await both.annInDiscord.slash('help');
  expect((await people())['ann-a']).toBeDefined();
  await both.annTypesInTeams('link-account');
  const code = CODE.exec(await chatSays(CODE))?.[0] ?? '';
  const asked = await both.annInDiscord.slash('link-account', { code });
  expect(privately(asked)).toContain('shown to Ann Archer in Microsoft Teams');
  const done = await both.annInDiscord.press(answerIn(asked), 'Yes, that is me');
  expect(textOf(done.data)).toContain('From now on you are Ann Archer');
  expect(Object.keys(await people())).not.toContain('ann-a');

  await both.declares();
  both.annInDiscord.joins(both.voice());
  await both.until(async () => (await incident()).people.ann?.on.includes('discord') ?? false, 'Ann is on the call');
  await both.annTypesInTeams('INC-1 take-command');
  await both.until(async () => (await incident()).command.commander === 'ann', 'Ann commands');
  // Only the commander may: what she is in Teams she is in Discord.
  await both.annInDiscord.slash('set-severity', { severity: 'SEV-1', reason: 'Everybody' }, both.card().channel_id);
  await both.until(async () => (await incident()).severity.severity === 'SEV-1', 'Ann raised the severity in Discord');
  expect(Object.keys((await incident()).people)).toEqual(['ann']);
  expect(both.discord.wrong).toEqual([]);
});

test('a code shown in Discord and typed in the personal chat of Teams, the code alone being enough', async () => {
  const shown = privately(await both.annInDiscord.slash('link-account'));
  const code = CODE.exec(shown)?.[0] ?? '';
  await both.annTypesInTeams(code.toLowerCase());
  await chatSays('This code was shown to ann.a in Discord. Is that you?');
  const asking = both.teams.connector.in(CHAT).at(-1);
  const [yes] = actionsIn(asking?.states.at(-1));
  const { body } = await both.teams.send(
    sent('invoke-execute', {
      id: 'yes',
      from: sent('message-personal').from,
      conversation: sent('message-personal').conversation as { id: string },
      channelData: sent('message-personal').channelData,
      replyToId: asking?.id,
      value: { action: { type: 'Action.Execute', verb: 'link-account', data: yes?.data }, trigger: 'manual' },
    }),
  );
  expect(JSON.stringify(body)).toContain('From now on you are Ann Archer, here and in Discord.');
  expect((await people()).ann?.ids).toMatchObject({ discord: both.annInDiscord.user.id });

  // A page is to wake: it rings on both, in the language of each client, and answered on one it is answered.
  await both.declares();
  await both.ben.slash('page', { person: 'ann' }, both.card().channel_id);
  await chatSays(/Ann Archer, du wirst gebraucht/);
  const inDiscord = () =>
    [...both.discord.guild.messages.values()].filter((one) => textOf(one).includes('Ann Archer, you are needed'));
  await both.until(() => inDiscord().length === 1, 'the page is in Discord too');
  await both.annInDiscord.press(inDiscord()[0] as never, /on my way|coming|answer/i);
  const pages = async () => Object.values((await incident()).seats).flatMap((seat) => seat.pages);
  await both.until(async () => (await pages()).some(({ answered }) => answered !== undefined), 'the page is answered');
  expect((await pages()).map(({ person }) => person)).toEqual(['ann']);
});

test('in a channel of Teams no code is shown: whoever asks is told in private where to ask', async () => {
  const mentioned = sent('message-channel-mention');
  await both.annTypesInTeams('help');
  await both.teams.send({ ...mentioned, id: 'openly', text: '<at>Baton</at> link-account' });
  // In the language of her client, which is German there.
  await chatSays('Hier lesen andere mit');
  const everywhere = both.teams.connector.messages.map(({ states }) => shownIn(states.at(-1))).join('\n');
  expect(everywhere).not.toMatch(CODE);
});

test('a wrong code and one of one’s own are answered to whoever typed it alone', async () => {
  expect(privately(await both.annInDiscord.slash('link-account', { code: 'C4KD-9MTQ-X7RH' }))).toContain(
    'no such code',
  );
  const shown = privately(await both.annInDiscord.slash('link-account'));
  const again = await both.annInDiscord.slash('link-account', { code: CODE.exec(shown)?.[0] });
  expect(privately(again)).toContain('your own code, and you are in Discord now');
  expect(pressable(answerIn(again)).map(({ label }) => label)).toEqual(['Help']);
});

describe('somebody in Discord who calls themselves as somebody in Teams is called', () => {
  let bob: Somebody;
  const told = () =>
    [...both.discord.guild.messages.values()].filter(
      (one) => one.ephemeralFor === bob.user.id && textOf(one).includes('Somebody else has your name'),
    );
  const bobTypes = (id: string, text: string) =>
    both.teams.send(
      sent('message-personal', {
        id,
        text,
        from: BOB,
        conversation: { ...sent('message-personal').conversation, id: BOBS },
      }),
    );
  const BOBS = 'a:BobsPersonalChat';

  beforeEach(async () => {
    bob = somebody(both.discord, both.discord.guild.addUser('Bob Baker'));
    await bobTypes('bob-1', 'help');
    await both.declares();
  });

  test('stands in for them in nothing: neither in command, nor in work, nor where they are paged', async () => {
    await bobTypes('bob-2', 'INC-1 take-command');
    await both.until(async () => (await incident()).command.commander === 'bob-baker', 'Bob commands');
    await both.ben.slash('page', { person: 'bob-baker' }, both.card().channel_id);
    await bob.slash('answer-page', {}, both.card().channel_id);
    await bob.slash('set-severity', { severity: 'SEV-1', reason: 'Everybody' }, both.card().channel_id);
    bob.joins(both.voice());
    await both.until(
      async () => (await incident()).people['bob-baker-2']?.on.includes('discord') ?? false,
      'on the call',
    );
    const { severity, seats, people: there } = await incident();
    expect(severity.severity).toBe('SEV-2');
    expect(Object.values(seats).flatMap(({ pages }) => pages.filter(({ answered }) => answered !== undefined))).toEqual(
      [],
    );
    expect(there['bob-baker']?.on).toEqual([]);
    expect((await people())['bob-baker']?.ids).toEqual({ teams: BOB.aadObjectId });
  });

  test('is told so, and where it is them, two steps later they are one', async () => {
    await bob.slash('help');
    await both.until(() => told().length === 1, 'told');
    expect(CODE.test(textOf((await bob.press(told()[0] as never, 'New code')).data))).toBe(true);
    await bobTypes('bob-3', 'link-account');
    const shown = () => both.teams.connector.in(BOBS).map(({ states }) => CODE.exec(shownIn(states[0]))?.[0]);
    await both.until(() => shown().some((code) => code !== undefined), 'a code in Teams');
    const asked = await bob.slash('link-account', { code: shown().findLast((code) => code !== undefined) });
    await bob.press(answerIn(asked), 'Yes, that is me');
    await both.until(async () => (await people())['bob-baker-2'] === undefined, 'one person');
    expect((await people())['bob-baker']?.ids).toEqual({ teams: BOB.aadObjectId, discord: bob.user.id });
    await bob.slash('take-command', {}, both.card().channel_id);
    await both.until(async () => (await incident()).command.commander === 'bob-baker', 'Bob commands, from Discord');
  });
});
