// Two instances before one Teams, on one store: whichever of them hears or says something, people notice nothing of it.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DEFAULTS } from '../../../src/core/settings.ts';
import { actionsIn, sent, shownIn, type TeamsHouse } from '../../support/teams-house.ts';
import { openPair, type TeamsPair } from '../../support/teams-pair.ts';

const CHAT = 'a:1AnnsPersonalChatWithTheBot';
const BOB = { id: '29:1Bob', name: 'Bob Baker', aadObjectId: '00000000-0000-0000-0000-00000000000b' };

let pair: TeamsPair;
let one: TeamsHouse;
let other: TeamsHouse;
beforeEach(async () => {
  pair = await openPair({ settings: { rooms: { ...DEFAULTS.rooms, surfaces: ['teams'] } } });
  ({ one, other } = pair);
});
afterEach(() => pair.stop());

const room = async (id = 'INC-1') => (await one.incident(id)).rooms.teams?.room ?? '';
const shown = (conversation: string) => one.connector.in(conversation).map(({ states }) => shownIn(states.at(-1)));
const cards = (conversation: string) => one.connector.in(conversation).filter(({ states }) => states[0]?.attachments);
let sayings = 0;

/** Somebody writes in a channel's thread. */
async function says(house: TeamsHouse, conversation: string, text: string, more: Record<string, unknown> = {}) {
  sayings += 1;
  const { conversation: where } = sent('message-channel-mention');
  const at = { ...where, id: conversation };
  await house.send(sent('message-channel-mention', { id: `said-${sayings}`, text, conversation: at, ...more }));
  await pair.settled();
}

/** Ann writes in her own chat. */
async function writes(house: TeamsHouse, text: string) {
  sayings += 1;
  await house.send(sent('message-personal', { id: `said-${sayings}`, text }));
  await pair.settled();
}

/** Ann presses a button of the card in its room. */
async function presses(house: TeamsHouse, command: string) {
  const [card] = cards(await room());
  const found = actionsIn(card?.states.at(-1)).find(({ data }) => (data as { command?: string }).command === command);
  sayings += 1;
  const conversation = { ...sent('invoke-execute').conversation, id: await room() };
  const value = { action: { type: 'Action.Execute', verb: command, data: found?.data }, trigger: 'manual' };
  const { from } = sent('message-personal');
  const { body } = await house.send(
    sent('invoke-execute', { id: `f:${sayings}`, from, conversation, replyToId: card?.id, value }),
  );
  await pair.settled();
  return body;
}

/** In the channel, so that it has a thread of its own. */
const declares = (house: TeamsHouse, title: string) =>
  says(house, sent('message-channel-mention').conversation?.id ?? '', `<at>Baton</at> declare ${title}`);

test('what is written in an incident’s thread is about that incident, whichever instance opened it', async () => {
  await declares(one, 'Checkout fails');
  await declares(one, 'Search is slow');
  await says(other, await room('INC-1'), '<at>Baton</at> note nobody can pay');
  await says(other, await room('INC-2'), '<at>Baton</at> note it takes a minute');
  expect((await one.incident('INC-1')).evidence).toMatchObject([{ text: 'nobody can pay' }]);
  expect((await one.incident('INC-2')).evidence).toMatchObject([{ text: 'it takes a minute' }]);
});

test('and in a chat of one’s own it is about the incident whose card another instance has shown there', async () => {
  await declares(one, 'Checkout fails');
  await declares(one, 'Search is slow');
  await writes(one, 'INC-1 join');
  await writes(other, 'note nobody can pay');
  expect((await one.incident('INC-1')).evidence).toMatchObject([{ text: 'nobody can pay' }]);
});

test('a thread goes on being its incident’s when that was closed before the other instance had heard of it', async () => {
  await declares(one, 'Checkout fails');
  await one.order('ann-archer', 'take-command');
  const thread = await room('INC-1');
  await one.order('ann-archer', 'close', { reason: 'A false alarm' });
  await declares(one, 'Search is slow');
  await says(other, thread, '<at>Baton</at> status');
  expect(shown(thread).at(-1)).toContain('Checkout fails');
});

test('a card that one instance has shown in somebody’s chat is kept up to date by the other, which keeps the incident', async () => {
  await declares(one, 'Checkout fails');
  await writes(other, 'join');
  expect(cards(CHAT)).toHaveLength(1);
  await one.order('ann-archer', 'rename', { title: 'Nobody can pay' });
  await pair.settled();
  expect(shownIn(cards(CHAT)[0]?.states.at(-1))).toContain('Nobody can pay');
  // And is no second one.
  await writes(one, 'status');
  expect(cards(CHAT).filter(({ states }) => states.length > 1)).toHaveLength(1);
});

test('a card shows also what happened while it was on its way into somebody’s chat', async () => {
  await declares(one, 'Checkout fails');
  const { store } = one.common;
  const { remember } = store;
  store.remember = async (...what) => {
    if (what[2].startsWith('sheet:')) {
      store.remember = remember;
      await one.order('ann-archer', 'rename', { title: 'Nobody can pay' });
      await one.settled();
    }
    return remember(...what);
  };
  await writes(other, 'join');
  expect(shownIn(cards(CHAT)[0]?.states.at(-1))).toContain('Nobody can pay');
});

test('whoever takes over goes on with the log as it is, and no line vanishes from it', async () => {
  await declares(one, 'Checkout fails');
  await one.order('ann-archer', 'note', { text: 'the first line' });
  await pair.settled();
  await presses(other, 'take-command');
  await one.order('ann-archer', 'note', { text: 'the second line' });
  await pair.settled();
  await pair.keeps(other);
  await other.order('ann-archer', 'note', { text: 'the third line' });
  await pair.settled();
  const log = shown(await room()).join('\n');
  for (const line of ['the first line', 'the second line', 'the third line']) expect(log.split(line)).toHaveLength(2);
});

test('a room that was opened after the other instance had looked for it is where that goes on', async () => {
  // From an alert, say, before Baton was added to any channel.
  await one.handler.handle({ id: 'alert', command: 'declare', by: 'baton', fields: { title: 'Errors' }, via: 'test' });
  await writes(other, 'join');
  await one.send(sent('installation-update-add'));
  await one.order('ann-archer', 'open-room', { surface: 'teams' });
  await pair.settled();
  expect(actionsIn(await presses(other, 'take-command')).length).toBeGreaterThan(6);
  await pair.keeps(other);
  await other.order('ann-archer', 'rename', { title: 'Nobody can pay' });
  await other.order('ann-archer', 'note', { text: 'cards are refused' });
  await pair.settled();
  const [card, log] = shown(await room());
  expect(card).toContain('Nobody can pay');
  expect(log).toContain('cards are refused');
});

test('an incident that an alert declares at one instance has its room where the other heard that Baton was added', async () => {
  await other.send(sent('installation-update-add'));
  await one.handler.handle({ id: 'alert', command: 'declare', by: 'baton', fields: { title: 'Errors' }, via: 'test' });
  await pair.settled();
  expect(await room()).toContain(';messageid=');
});

test('whoever takes over draws what the other had not drawn yet, though nothing happens since', async () => {
  await declares(one, 'Checkout fails');
  one.connector.hostility = { failing: 1 };
  await one.order('ann-archer', 'rename', { title: 'Nobody can pay' });
  await one.handler.settled();
  await one.teams.stop();
  one.connector.hostility = {};
  // The other has heard of it before it takes over.
  await pair.settled();
  await pair.keeps(other);
  expect(shown(await room())[0]).toContain('Nobody can pay');
});

test('a question that one instance asked is put away by the other when it is answered', async () => {
  await declares(one, 'Checkout fails');
  await says(other, await room(), '<at>Baton</at> join', { from: BOB });
  await one.order('ann-archer', 'take-command');
  await one.order('ann-archer', 'delegate', { owner: 'bob-baker', what: 'Read the logs' });
  await pair.settled();
  const asking = cards(await room()).find(({ states }) => JSON.stringify(states[0]?.entities)?.includes('Bob'));
  expect(asking?.states.at(-1)?.attachments).toBeDefined();
  await pair.keeps(other);
  await other.order('bob-baker', 'acknowledge', { activity: 1 });
  await pair.settled();
  expect(asking?.states.at(-1)?.attachments).toBeUndefined();
});
