// Buttons and forms pressed in Teams, as Teams sends them.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { actionsIn, openTeams, type Sent, sent, shownIn, type TeamsHouse, textIn } from '../../support/teams-house.ts';

let house: TeamsHouse;
/** The thread of INC-1 and its card. */
let thread: string;
let root: string;
beforeEach(async () => {
  house = await openTeams({ teams: { dialogs: true } });
  await house.send(sent('message-channel-mention'));
  await house.settled();
  thread = (await house.incident()).rooms.teams?.room ?? '';
  root = house.connector.in(thread)[0]?.id ?? '';
});
afterEach(() => house.stop());

const ANN = sent('message-personal').from;
const BOB = { id: '29:1Bob', name: 'Bob Baker', aadObjectId: '00000000-0000-0000-0000-00000000000b' };
let presses = 0;

interface Card {
  readonly body?: unknown;
  readonly refresh?: { readonly action: { readonly data: unknown }; readonly userIds: readonly string[] };
}

/** Presses a button that a card carries, with what was put into its inputs. */
async function press(data: unknown, more: Partial<Sent> = {}, from: unknown = ANN): Promise<Card> {
  presses += 1;
  const activity = sent('invoke-execute', {
    id: `f:${presses}`,
    from,
    conversation: { ...sent('invoke-execute').conversation, id: thread },
    replyToId: root,
    value: { action: { type: 'Action.Execute', verb: 'x', data }, trigger: 'manual' },
    ...more,
  });
  const { status, body } = await house.send(activity);
  expect(status).toBe(200);
  const { statusCode, type, value } = body as { statusCode: number; type: string; value: Card };
  expect([statusCode, type]).toEqual([200, 'application/vnd.microsoft.card.adaptive']);
  return value;
}

const cardNow = () => house.connector.in(thread)[0]?.states.at(-1);
const button = (card: unknown, command: string) => {
  const found = actionsIn(card).find(({ data }) => (data as { command?: string })?.command === command);
  if (!found) throw new Error(`no button for ${command} among ${actionsIn(card).map((one) => one.title)}`);
  return found;
};

test('a press acts, answers with the fresh card and edits the card for everybody', async () => {
  const card = await press(button(cardNow(), 'take-command').data);
  expect(textIn(card)).toContain('Ann Archer');
  await house.settled();
  expect((await house.incident()).command.commander).toBe('ann-archer');
  expect(house.connector.in(thread)[0]?.states.length).toBeGreaterThan(1);
  expect(shownIn(cardNow())).toContain('Ann Archer');
});

test('two people pressing one button make one event, and one of them a refusal above the fresh card', async () => {
  const { data } = button(cardNow(), 'take-command');
  const cards = await Promise.all([press(data), press(data, {}, BOB)]);
  await house.settled();
  const { command } = await house.incident();
  expect(command.shifts).toHaveLength(1);
  const winner = (await house.incident()).people[command.commander ?? '']?.name ?? '';
  // Both see who commands; one of them reads why it is not them, and has the whole card below it.
  for (const card of cards) expect(textIn(card)).toContain(winner);
  const refused = cards.filter((card) => textIn(card).includes('You can offer to take over'));
  expect(refused).toHaveLength(1);
  expect(actionsIn(refused[0]).length).toBeGreaterThan(6);
});

test('a double press is one press, and a delivery that comes again changes nothing', async () => {
  const { data } = button(cardNow(), 'take-command');
  await press(data);
  await press(data);
  const again = sent('invoke-execute', { id: `f:${presses}`, conversation: { id: thread, tenantId: 'x' }, value: {} });
  expect((await house.send(again)).status).toBe(200);
  await house.settled();
  expect((await house.incident()).command.shifts).toHaveLength(1);
});

test('whoever looks sees what is their own on top: the owner acknowledges, the commander judges', async () => {
  await press(button(cardNow(), 'join-call').data);
  await press(button(cardNow(), 'take-command').data);
  await house.send(
    sent('message-channel-people', { conversation: { ...sent('message-channel-people').conversation, id: thread } }),
  );
  await house.settled();
  const [attached] = (cardNow()?.attachments ?? []) as { content: Card }[];
  const refresh = attached?.content.refresh;
  expect(refresh?.userIds).toEqual(
    expect.arrayContaining([(ANN as { id: string }).id, expect.stringMatching(/^29:1Bob/)]),
  );
  const bob = { ...BOB, id: refresh?.userIds.find((id) => id.startsWith('29:1Bob')) };
  const own = await press(refresh?.action.data, {}, bob);
  expect(actionsIn(own).map(({ verb }) => verb)).toContain('acknowledge');
  expect(actionsIn(cardNow()).map(({ verb }) => verb)).not.toContain('acknowledge');
  await press(button(own, 'acknowledge').data, {}, bob);
  await house.settled();
  expect((await house.incident()).activities[0]?.status).toBe('under-way');
  // The message that asked Bob asks no longer.
  const mentions = house.connector.in(thread).filter(({ states }) => states[0]?.entities);
  const asking = mentions.find(({ states }) => JSON.stringify(states[0]?.entities).includes('Bob'));
  expect(asking?.states[0]?.attachments).toBeDefined();
  expect(asking?.states.at(-1)?.attachments).toBeUndefined();

  const impact = {
    sees: 'Nobody can pay',
    reproduced: 'yes',
    frequency: 'every-time',
    retries: 'fail',
    scope: 'everybody',
  };
  await house.order('ann-archer', 'assess-impact', impact);
  await house.order('ann-archer', 'set-severity', { severity: 'SEV-2' });
  await house.order('ann-archer', 'propose-mitigation', { what: 'Roll back', owner: 'bob-baker', observation: '1s' });
  await house.order('ann-archer', 'start-mitigation', { activity: 2 });
  await house.order('bob-baker', 'acknowledge', { activity: 2 });
  await house.order('bob-baker', 'finish', { activity: 2 });
  // Longer than the observation, as time runs here.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await house.order('bob-baker', 'note', { text: 'It is over' });
  await house.settled();
  const pressable = async (from: unknown) =>
    actionsIn(await press(refresh?.action.data, {}, from)).map(({ data }) => (data as { command?: string })?.command);
  const [commanders, owners] = [await pressable(ANN), await pressable(bob)];
  expect(commanders[0]).toBe('judge-mitigation');
  // What is still the owner's own to say stands on their card alone.
  expect([owners.includes('finish'), commanders.includes('finish')]).toEqual([true, false]);
});

test('what is only looked at comes in the card’s place, with a way back', async () => {
  const help = await press(button(cardNow(), 'help').data);
  expect(textIn(help)).not.toBe(shownIn(cardNow()));
  const back = await press(button(help, 'refresh').data);
  expect(actionsIn(back).length).toBeGreaterThan(6);
});

test('every form of the card is a dialog: the next edit of the card cannot sweep it away', () => {
  for (const command of ['park', 'delegate']) {
    expect(button(cardNow(), command)).toMatchObject({
      type: 'Action.Submit',
      data: { msteams: { type: 'task/fetch' } },
    });
  }
});

test('where there are no dialogs a form stands below the card, whatever becomes of the card meanwhile', async () => {
  await house.stop();
  house = await openTeams();
  await house.send(sent('message-channel-mention'));
  await house.settled();
  thread = (await house.incident()).rooms.teams?.room ?? '';
  root = house.connector.in(thread)[0]?.id ?? '';
  const park = button(cardNow(), 'park');
  expect(park.type).toBe('Action.Execute');
  expect(actionsIn(await press(park.data)).length).toBeGreaterThan(6);
  await house.order('x', 'rename', { title: 'Renamed meanwhile' });
  await house.settled();
  const below = house.connector.in(thread).find(({ states }) => JSON.stringify(states[0]).includes('"field:topic"'));
  const data = { ...(button(below?.states.at(-1), 'park').data as object), 'field:topic': 'The logo is wrong' };
  await press(data, { replyToId: below?.id });
  await house.settled();
  expect((await house.incident()).parked).toMatchObject([{ topic: 'The logo is wrong' }]);
  // It asks nobody else any more.
  expect(JSON.stringify(below?.states.at(-1))).not.toContain('"field:topic"');
});

test('who takes work on in a chat of their own can say there what becomes of it, until it is done', async () => {
  await house.order('ann-archer', 'take-command');
  const { from, conversation } = sent('message-personal', { from: BOB, conversation: { id: 'a:bob' } });
  await house.send(sent('message-personal', { id: 'bob', text: 'INC-1 join', from, conversation }));
  await house.order('ann-archer', 'delegate', { owner: 'bob-baker', what: 'Read the logs' });
  await house.settled();
  const { conversation: own, channelData } = sent('message-personal');
  const at = { conversation: { ...own, id: 'a:bob' }, channelData, replyToId: 'of-another-message' };
  const acknowledge = { command: 'acknowledge', fields: {}, form: false, incident: 'INC-1' };
  const done = await press(acknowledge, at, BOB);
  await press(button(done, 'finish').data, at, BOB);
  expect((await house.incident()).activities[0]?.status).toBe('finished');
});

describe('a dialog', () => {
  type Task = { task: { type: string; value: { title: string; card: { content: Card } } } };
  const at = () => ({ conversation: { ...sent('task-fetch').conversation, id: thread } });

  test('shows the form, is done by it and closes', async () => {
    await press(button(cardNow(), 'take-command').data);
    await press({ command: 'join-call', fields: { person: 'Bob Baker' }, form: false, incident: 'INC-1' });
    const { body } = await house.send(sent('task-fetch', at()));
    const { task } = body as Task;
    expect(task.type).toBe('continue');
    const form = task.value.card.content;
    expect(JSON.stringify(form)).toContain('"id":"field:owner"');
    expect(actionsIn(form).map(({ type }) => type)).toEqual(['Action.Submit']);
    await house.handler.introduce('Bob Baker');
    expect(await house.send(sent('task-submit', at()))).toEqual({ status: 200, body: undefined });
    expect((await house.incident()).activities).toMatchObject([{ what: 'Look at the database', owner: 'bob-baker' }]);
  });

  test('that is refused stays, says why and keeps what was written', async () => {
    await press(button(cardNow(), 'take-command').data);
    const { body } = await house.send(sent('task-submit', at()));
    const { task } = body as Task;
    expect(task.type).toBe('continue');
    expect(JSON.stringify(task.value.card.content)).toContain('"value":"Look at the database"');
    expect(JSON.stringify(task.value.card.content)).toContain('bob-baker');
    expect((await house.incident()).activities).toEqual([]);
  });
});

describe('a client that knows no Action.Execute', () => {
  test('presses by messages, and is answered by them', async () => {
    const { fallback } = button(cardNow(), 'take-command') as { fallback?: { type: string; data: unknown } };
    expect(fallback?.type).toBe('Action.Submit');
    const activity = sent('message-submit-fallback', { value: fallback?.data });
    expect((await house.send(activity)).status).toBe(200);
    await house.settled();
    expect((await house.incident()).command.commander).toBe('ann-archer');
    expect(house.connector.in('a:1AnnsPersonalChatWithTheBot').length).toBeGreaterThan(0);
  });
});

describe('a message extension', () => {
  type Task = { task: { type: string; value: { card: { content: Card } } } };

  test('declares from a message, its words in the title', async () => {
    const { body } = await house.send(sent('compose-fetch-declare'));
    expect(JSON.stringify((body as Task).task.value.card.content)).toContain(
      '"value":"Checkout returns 500 for <everybody> since 14:55"',
    );
    const done = await house.send(sent('compose-submit-declare'));
    expect(done.body).toMatchObject({ task: { type: 'message' } });
    await house.settled();
    expect((await house.incident('INC-2')).title).toBe('Checkout returns 500');
  });

  test('keeps a message as evidence of the incident that is picked, with its link', async () => {
    const { body } = await house.send(sent('compose-fetch-keep'));
    const form = (body as Task).task.value.card.content;
    expect(JSON.stringify(form)).toContain('Bob Baker: Checkout returns 500');
    const fields = Object.fromEntries(
      inputsIn(form)
        .map(({ id, value }) => [id, value] as const)
        .filter(([, value]) => value !== undefined),
    );
    const value = {
      commandId: 'keep-evidence',
      data: { ...(button(form, 'keep-evidence').data as object), ...fields },
    };
    expect(
      (await house.send(sent('compose-fetch-keep', { id: 'f:9', name: 'composeExtension/submitAction', value })))
        .status,
    ).toBe(200);
    expect((await house.incident()).evidence).toMatchObject([
      { kind: 'message', link: expect.stringContaining('/l/message/'), text: expect.stringContaining('since 14:55') },
    ]);
  });
});

function inputsIn(node: unknown): { id: string; value?: unknown }[] {
  if (Array.isArray(node)) return node.flatMap(inputsIn);
  if (typeof node !== 'object' || node === null) return [];
  const json = node as Record<string, unknown>;
  if (typeof json.type === 'string' && json.type.startsWith('Input.')) return [json as { id: string }];
  return Object.values(json).flatMap(inputsIn);
}
