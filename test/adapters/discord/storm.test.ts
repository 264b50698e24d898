// The gateway cut fifty times and REST failing a fifth of the time: nothing lost, nothing doubled, no pattern that bans.
import { afterEach, expect, test } from '@jest/globals';
import { type DiscordHouse, openHouse } from '../../support/discord-house.ts';
import { textOf } from '../../support/discord-people.ts';

let house: DiscordHouse;
let cutting: NodeJS.Timeout | undefined;
afterEach(async () => {
  clearInterval(cutting);
  await house.stop();
});

/** The same numbers in the same order each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const CUTS = 50;
const NOTES = 150;

test('an incident survives a storm', async () => {
  const random = seeded(7);
  house = await openHouse({
    rate: { count: 5, window: 100 },
    faults: { limited: 0.05, failing: 0.05 },
    random,
    faster: 300,
  });
  const { double } = house;
  const [ann, ben] = [house.who('Ann'), house.who('Ben')];
  // Who is not answered tries again, as people do; Discord itself says that nothing came of it.
  const insist = async (act: () => Promise<{ readonly type: unknown }>, happened: () => Promise<boolean>) => {
    for (let tries = 0; tries < 12 && !(await happened().catch(() => false)); tries += 1) {
      await house.until(() => double.gateway.connected(), 'connected', 30_000);
      await act();
    }
    expect(await happened()).toBe(true);
  };
  const codes = ['reset', 4000, 4002, 1001, 4009, 4007] as const;
  let cuts = 0;
  cutting = setInterval(() => {
    if (cuts >= CUTS || !double.gateway.connected()) return;
    cuts += 1;
    if (cuts % 7 === 0) double.gateway.invalidate();
    else double.gateway.cut(codes[Math.floor(random() * codes.length)] ?? 'reset');
  }, 60);

  await house.order('ann', 'declare', { title: 'Everything shakes' });
  await house.until(() => house.card() !== undefined && house.voice() !== '', 'a room', 60_000);
  const text = house.text();
  await insist(
    () => ann.slash('take-command', {}, text),
    async () => (await house.incident()).command.commander === 'ann',
  );
  ben.joins(house.voice());
  // All along: each note is a line of the log and an edit of the card, so that there is always something to fail.
  for (let n = 1; n <= NOTES; n += 1) {
    await house.order(n % 2 ? 'ann' : 'ben', 'note', { text: `note ${n}.` });
    await house.until(() => cuts >= Math.floor((n * CUTS) / NOTES) || cuts >= CUTS, 'the next cut', 60_000);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  await house.until(() => cuts >= CUTS, 'all cuts', 120_000);
  clearInterval(cutting);
  await house.until(
    async () => (await house.incident()).people.ben?.on.includes('discord') === true,
    'Ben is seen on the call',
    60_000,
  );
  await insist(
    () => ann.slash('delegate', { owner: 'Ben', what: 'Hold on' }, text),
    async () => (await house.incident()).activities.length > 0,
  );
  await house.until(async () => textOf(house.card()).includes('Hold on'), 'the card is current', 60_000);
  await house.order('ann', 'close', { reason: 'calm' });
  await house.until(() => textOf(house.card()).includes('Closed'), 'the card shows that it is closed', 60_000);

  const messages = () =>
    [...double.guild.messages.values()].filter((one) => one.channel_id === text && one.ephemeralFor === undefined);
  const log = () => messages().map(textOf).join('\n');
  const said = (n: number) => log().split(`note ${n}.`).length - 1;
  await house.until(
    () => Array.from({ length: NOTES }, (_, n) => said(n + 1)).every((times) => times >= 1),
    'every note is logged',
    60_000,
  );
  // Nothing doubled: one room, one call, one category, one card, each note once, Ben asked once.
  expect(Array.from({ length: NOTES }, (_, n) => said(n + 1)).filter((times) => times !== 1)).toEqual([]);
  const kinds = [...double.guild.channels.values()].map(({ type }) => type).sort();
  expect(kinds).toEqual([0, 0, 2, 4]);
  expect(messages().filter(({ pinned }) => pinned)).toHaveLength(1);
  const asked = () => messages().filter(({ allowed_mentions }) => allowed_mentions?.users?.includes(ben.user.id));
  await house.until(() => asked().length > 0, 'Ben is asked', 60_000);
  expect(asked()).toHaveLength(1);
  const incident = await house.incident();
  expect(incident.activities).toHaveLength(1);
  expect(double.wrong).toEqual([]);

  // No pattern that bans: connections come in bounded number, invalid requests are those that Discord itself made so.
  const { connects, identifies, resumes } = double.gateway.seen;
  expect(connects.length).toBeLessThanOrEqual(CUTS * 2 + 2);
  expect(identifies.length + resumes.length).toBeLessThanOrEqual(connects.length);
  expect(double.invalid().filter(({ status }) => status !== 429)).toEqual([]);
  expect(double.invalid().length).toBeLessThan(double.requests.length / 5);
  const answered = (holds: (status: number) => boolean) => double.requests.filter(({ status }) => holds(status)).length;
  process.stdout.write(
    `${cuts} cuts: ${connects.length} connections, ${identifies.length} identifies, ${resumes.length} resumes; ` +
      `${double.requests.length} requests: ${answered((status) => status === 429)} answered with 429, ` +
      `${answered((status) => status >= 500)} with 5xx; ${NOTES} notes, each there once\n`,
  );
}, 240_000);
