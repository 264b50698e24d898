// Lines typed to Baton in Teams, as Teams sends them.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTeams, sent, shownIn, type TeamsHouse } from '../../support/teams-house.ts';

const THREAD = '19:0123456789abcdef0123456789abcdef@thread.tacv2';
const CHAT = 'a:1AnnsPersonalChatWithTheBot';

let house: TeamsHouse;
beforeEach(async () => {
  house = await openTeams();
});
afterEach(() => house.stop());

/** The room that was opened, and everything in it. */
const room = () =>
  house.connector.messages.filter(({ conversation }) => conversation.startsWith(`${THREAD};messageid=`));
const cardOf = (states: readonly Record<string, unknown>[]) => shownIn(states.at(-1));

async function types(line: string, more: Record<string, unknown> = {}) {
  const activity = sent('message-personal', { text: line, id: `${line} ${JSON.stringify(more)}`, ...more });
  expect((await house.send(activity)).status).toBe(200);
  await house.settled();
}

describe('in a channel', () => {
  test('a declaration opens a thread whose root is the commander’s card, and points to it', async () => {
    const activity = sent('message-channel-mention');
    expect(await house.send(activity)).toEqual({ status: 200, body: undefined });
    await house.settled();
    const incident = await house.incident();
    expect(incident.title).toBe('Checkout fails for <everybody> & retries');
    expect(incident.people[incident.declared.by]?.name).toBe('Ann Archer');
    const [root] = house.connector.in(incident.rooms.teams?.room ?? '');
    expect(incident.rooms.teams?.room).not.toBe(activity.conversation?.id);
    expect(cardOf(root?.states ?? [])).toContain('Checkout fails for <everybody> & retries');
    expect(incident.rooms.teams?.link).toMatch(/^https:\/\/teams\.microsoft\.com\/l\/message\/19%3A0123.*groupId=/);
    const told = house.connector.in(activity.conversation?.id ?? '');
    expect(told.map(({ states }) => shownIn(states.at(-1))).join()).toContain('/l/message/19%3A0123');
  });

  test('people who are mentioned are known from then on, and are who is meant', async () => {
    await house.send(sent('message-channel-mention'));
    await house.settled();
    const { rooms } = await house.incident();
    const conversation = { ...sent('message-channel-people').conversation, id: rooms.teams?.room ?? '' };
    await house.send(sent('message-channel-people', { id: '1', text: '<at>Baton</at> take-command', conversation }));
    await house.send(sent('message-channel-people', { conversation }));
    await house.settled();
    const incident = await house.incident();
    expect(incident.activities[0]).toMatchObject({ what: 'look at the database', owner: 'bob-baker' });
    const pings = room().filter(({ states }) => states[0]?.entities);
    expect(pings.map(({ states }) => states[0]?.entities)).toEqual([
      [
        {
          type: 'mention',
          text: '<at>Bob Baker</at>',
          mentioned: { id: expect.stringMatching(/^29:1Bob/), name: 'Bob Baker' },
        },
      ],
    ]);
  });

  test('a refusal goes to whoever was refused, in private', async () => {
    await house.send(sent('message-channel-mention'));
    await house.settled();
    const { rooms } = await house.incident();
    const conversation = { ...sent('message-channel-people').conversation, id: rooms.teams?.room ?? '' };
    const before = room().length;
    await house.send(sent('message-channel-people', { id: '1', text: '<at>Baton</at> mitigated', conversation }));
    await house.settled();
    expect(room()).toHaveLength(before);
    const [refusal] = house.connector.messages.filter((one) => one.conversation.startsWith('a:chat-of-29:1Ann'));
    expect(cardOf(refusal?.states ?? [])).toMatch(/incident commander/i);
  });
});

describe('in a personal chat', () => {
  test('a whole incident is typed, and the card is edited in place', async () => {
    await types('declare Checkout fails');
    await types('join');
    await types('take-command');
    await types('/impact sees:"Cannot pay" scope:everybody');
    await types('we see 500s since noon');
    await types('propose roll back the deploy');
    const incident = await house.incident();
    expect(incident.command.commander).toBe('ann-archer');
    expect(incident.impact.answers.sees).toBe('Cannot pay');
    expect(incident.evidence).toMatchObject([{ kind: 'note', text: 'we see 500s since noon' }]);
    expect(incident.queue).toHaveLength(1);
    const cards = house.connector.in(CHAT).filter(({ states }) => states[0]?.attachments);
    expect(cards).toHaveLength(1);
    expect(cards[0]?.states.length).toBeGreaterThan(2);
    expect(cardOf(cards[0]?.states ?? [])).toContain('Ann Archer');
    expect(cardOf(cards[0]?.states ?? [])).toContain('roll back the deploy');
  });

  test('what is no command is offered as a declaration while nothing is open', async () => {
    await types('customers cannot pay');
    const [answer] = house.connector.in(CHAT);
    expect(JSON.stringify(answer?.states[0])).toContain('"title":"customers cannot pay"');
    expect(await house.handler.list({})).toEqual([]);
  });

  test('a slip is asked back, a line that lacks something goes on as a form', async () => {
    await types('declare Checkout fails');
    await types('stauts');
    await types('park');
    const said = house.connector.in(CHAT).map(({ states }) => shownIn(states.at(-1)));
    expect(said.some((text) => text.includes('status') && text.includes('stauts'))).toBe(true);
    expect(JSON.stringify(house.connector.in(CHAT).at(-1)?.states)).toContain('"id":"field:topic"');
  });

  test('with several open, the one that is meant is asked for, and can be named', async () => {
    await house.handler.handle({ id: 'a', command: 'declare', by: 'x', fields: { title: 'One' }, via: 'test' });
    await house.handler.handle({ id: 'b', command: 'declare', by: 'x', fields: { title: 'Two' }, via: 'test' });
    await types('note something');
    expect(
      house.connector
        .in(CHAT)
        .map(({ states }) => shownIn(states.at(-1)))
        .join(),
    ).toContain('INC-2');
    await types('INC-1: note something else');
    expect((await house.incident('INC-1')).evidence).toMatchObject([{ text: 'something else' }]);
    expect((await house.incident('INC-2')).evidence).toEqual([]);
  });

  test('the bot’s name alone shows where things stand', async () => {
    await types('');
    expect(house.connector.in(CHAT)).toHaveLength(1);
  });
});

describe('what Teams repeats or changes', () => {
  test('an activity that is delivered again changes nothing and is not answered again', async () => {
    const activity = sent('message-personal');
    const answers = await Promise.all([house.send(activity), house.send(activity), house.send(activity)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await house.settled();
    const messages = house.connector.messages.length;
    await house.restart();
    await house.send(activity);
    await house.settled();
    expect(await house.handler.list({})).toHaveLength(1);
    // After a restart the answer is not remembered, but the order is: it is said that it was done.
    expect(house.connector.messages.length).toBeLessThanOrEqual(messages + 1);
  });

  test('edits, deletions and reactions are taken and do nothing', async () => {
    await house.send(sent('message-personal'));
    await house.settled();
    const { version } = await house.incident();
    for (const name of ['message-edited', 'message-deleted', 'message-reaction']) {
      expect(await house.send(sent(name))).toEqual({ status: 200, body: undefined });
    }
    await house.settled();
    expect((await house.incident()).version).toBe(version);
  });
});
