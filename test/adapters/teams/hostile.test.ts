// Many activities while the connector has its worst night: nothing lost, nothing out of order, every card right in the end.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { OVERDUE } from '../../../src/adapters/teams/limits.ts';
import { openTeams, sent, shownIn, type TeamsHouse } from '../../support/teams-house.ts';

/** `npm run test:teams-hostile` sends ten thousand. */
const COUNT = Number(process.env.TEAMS_ACTIVITIES ?? 300);
const ROOMS = Number(process.env.TEAMS_ROOMS ?? 6);
const SEED = Number(process.env.TEAMS_SEED ?? 1);

/** How much faster than real time passes. */
const FASTER = COUNT > 1_000 ? 200 : 100;

/** A fixed sequence of chances (mulberry32), so that a bad night can be had again. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

let house: TeamsHouse;
beforeEach(async () => {
  house = await openTeams({ faster: FASTER, random: chances(SEED) });
});
afterEach(() => house.stop());

const HOSTILE = {
  throttled: 0.05,
  failing: 0.05,
  resetBefore: 0.03,
  resetAfter: 0.02,
  lateDone: 0.02,
  stale: 0.03,
  slow: 0.05,
  overdue: 0.02,
};

const threadOf = (n: number) => ({ ...sent('message-group-mention').conversation, id: `19:room-${n}@thread.v2` });

describe(`${COUNT} activities in ${ROOMS} rooms`, () => {
  test(
    'none is lost, none out of order in a room, and each card shows the final state',
    async () => {
      for (let n = 0; n < ROOMS; n += 1) {
        const text = `<at>Baton</at> declare Trouble ${n}`;
        await house.send(sent('message-group-mention', { id: `declare-${n}`, conversation: threadOf(n), text }));
        await house.settled();
      }
      house.connector.hostility = HOSTILE;
      const answers: Promise<{ status: number }>[] = [];
      for (let n = 0; n < COUNT; n += 1) {
        const text = `<at>Baton</at> note number ${Math.floor(n / ROOMS)} of this room`;
        const activity = sent('message-group-mention', { id: `note-${n}`, conversation: threadOf(n % ROOMS), text });
        answers.push(house.send(activity));
        // Now and then Teams believes that something was lost.
        if (n % 17 === 0) answers.push(house.send(activity));
        if (answers.length % 32 === 0) await Promise.all(answers.slice(-32));
      }
      const statuses = new Set((await Promise.all(answers)).map(({ status }) => status));
      expect([...statuses]).toEqual([200]);
      for (let n = 0; n < ROOMS; n += 1)
        await house.order('x', 'rename', { title: `Trouble ${n}, renamed` }, `INC-${n + 1}`);
      await delivered();
      // What may have been overwritten by something overdue is written once more.
      await new Promise((resolve) => setTimeout(resolve, (3 * OVERDUE) / FASTER));
      await delivered();

      for (let n = 0; n < ROOMS; n += 1) {
        const incident = await house.incident(`INC-${n + 1}`);
        const expected = Array.from({ length: Math.ceil((COUNT - n) / ROOMS) }, (_, one) => one);
        const kept = incident.evidence.map(({ text }) => Number(/number (\d+)/.exec(text)?.[1]));
        expect([...kept].sort((a, b) => a - b)).toEqual(expected);

        const messages = house.connector.in(threadOf(n).id);
        const lines = messages
          .filter(({ states }) => !states[0]?.attachments)
          .flatMap(({ states }) => shownIn(states.at(-1)).split('<br/>'))
          .flatMap((line) => /number (\d+) of/.exec(line)?.[1] ?? []);
        // A post whose answer was lost may stand twice; what stands first is in order, and complete.
        const seen = [...new Set(lines.map(Number))];
        expect(seen).toEqual(kept);

        const cards = messages.filter(({ states }) => states[0]?.attachments);
        expect(shownIn(cards.at(-1)?.states.at(-1))).toContain(`Trouble ${n}, renamed`);
        expect(JSON.stringify(cards.at(-1)?.states.at(-1))).toContain(`"seen":${incident.version}`);
        // Versions only ever go forward on a card, but for what the connector carries out long after it gave no answer.
        for (const { states, overdue } of cards) {
          const versions = states
            .filter((state) => !overdue.has(state))
            .map((state) => Number(/"seen":(\d+)/.exec(JSON.stringify(state))?.[1]));
          expect(versions).toEqual([...versions].sort((a, b) => a - b));
        }
      }
      const late = house.connector.messages.reduce((sum, { overdue }) => sum + overdue.size, 0);
      expect(late).toBeGreaterThan(0);
      const troubles = house.connector.requests.filter(({ status }) => status < 200 || status > 299);
      // What a report can quote.
      if (COUNT > 1_000) {
        const { requests, messages, exceeded } = house.connector;
        const figures = {
          requests: requests.length,
          troubles: troubles.length,
          overdue: late,
          exceeded: exceeded.length,
        };
        process.stdout.write(`${JSON.stringify({ activities: COUNT, messages: messages.length, ...figures })}\n`);
      }
      expect(troubles.length).toBeGreaterThan(COUNT / 50);
      expect(house.logged.filter(({ level }) => level === 'error')).toEqual([]);
    },
    COUNT > 1_000 ? 1_800_000 : 120_000,
  );

  /** Until every cursor is where its incident is: deliveries that failed come again by themselves. */
  async function delivered(): Promise<void> {
    for (;;) {
      await house.settled();
      const behind = await house.behind();
      if (behind.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
});
