// Two Batons on one MongoDB: one speaks to Discord at a time, and the other goes on where it was killed, suspended or ended.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type BatonProcess, readyAt, startBaton } from '../../durability/baton-process.ts';
import { type DiscordDouble, openDiscord, TOKEN } from '../../support/discord-double.ts';
import { type Somebody, somebody, textOf } from '../../support/discord-people.ts';
import { dropDatabase, freshDatabase, TEST_URI, withoutMongo } from '../mongodb/test-database.ts';

/** What the issue promises, and a machine that does other things meanwhile. */
const TAKEN_OVER_WITHIN = 30_000;
const LONGEST = 180_000;

let where: string;
let folder: string;
let double: DiscordDouble;
let ann: Somebody;
const running = new Map<string, BatonProcess>();

async function begin(): Promise<void> {
  where = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'baton-discord-two-'));
  double = await openDiscord({ rate: { count: 5, window: 500 } });
  ann = somebody(double, double.guild.addUser('Ann'));
}

async function end(): Promise<void> {
  for (const one of running.values()) {
    one.kill('SIGCONT');
    one.kill('SIGKILL');
    await one.ended;
  }
  running.clear();
  await double.close();
  await dropDatabase(where);
  rmSync(folder, { recursive: true, force: true });
}

async function start(name: string): Promise<BatonProcess> {
  const environment = {
    MONGODB_URI: where,
    DISCORD_TOKEN: TOKEN,
    DISCORD_GUILD_IDS: double.guild.id,
    DISCORD_API_URL: double.apiFor(name),
  };
  const baton = startBaton({ folder, environment });
  running.set(name, baton);
  await readyAt(baton);
  return baton;
}

async function until(what: string, holds: () => boolean, longest = TAKEN_OVER_WITHIN): Promise<void> {
  const last = Date.now() + longest;
  while (!holds()) {
    if (Date.now() > last) {
      const output = [...running].map(([name, one]) => `${name}: ${one.output().slice(-2_000)}`);
      throw new Error(`it never came to this: ${what}\n${[...double.wrong, ...output].join('\n')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const speaking = () => double.gateway.speaking();
const textChannel = () => [...double.guild.channels.values()].find(({ name }) => name.startsWith('inc-1'))?.id ?? '';
const there = () => [...double.guild.messages.values()].filter((one) => one.channel_id === textChannel());
const card = () => there().find(({ pinned }) => pinned);
const log = () =>
  there()
    .filter(({ ephemeralFor }) => ephemeralFor === undefined)
    .map(textOf)
    .join('\n');
const times = (text: string) => log().split(text).length - 1;
const requestsOf = (name: string, after: number) =>
  double.requests.filter(({ from, at }) => from === name && at > after);

/** A note by Ann, insisted on as people do when Discord says that nobody answered. */
async function note(text: string): Promise<void> {
  for (let tries = 0; tries < 10; tries += 1) {
    const { type } = await ann.slash('note', { text }, textChannel());
    if (type !== 'missed') return;
  }
  throw new Error(`nobody took the note ${text}`);
}

async function openRoom(): Promise<void> {
  await ann.slash('declare', { title: 'Checkout fails' });
  await until('a room with a card', () => card() !== undefined);
}

if (TEST_URI) {
  beforeEach(begin);
  afterEach(end);

  test(
    'whoever is killed is followed within half a minute, and nothing is lost or made twice',
    async () => {
      const first = await start('first');
      await until('the first speaks and has registered', () => speaking().length === 1 && double.commands.length > 0);
      await start('second');
      await openRoom();
      for (let n = 1; n <= 5; n += 1) await note(`before ${n}.`);
      expect(requestsOf('second', 0)).toEqual([]);
      const channels = double.guild.channels.size;
      const before = card()?.id;

      first.kill('SIGKILL');
      await first.ended;
      await until('the second speaks', () => speaking().includes('second'));
      for (let n = 1; n <= 5; n += 1) await note(`after ${n}.`);
      await ann.slash('take-command', {}, textChannel());
      await until('the card goes on', () => textOf(card() ?? {}).includes('Ann, since'));
      await until('every note is there', () => [1, 2, 3, 4, 5].every((n) => times(`after ${n}.`) > 0));
      for (const n of [1, 2, 3, 4, 5]) expect([times(`before ${n}.`), times(`after ${n}.`)]).toEqual([1, 1]);
      expect(card()?.id).toBe(before);
      expect(double.guild.channels.size).toBe(channels);
      expect(double.gateway.spoke.map(({ from, as }) => `${from} ${as}`)).toEqual([
        'first identify',
        'second identify',
      ]);
      expect(double.wrong).toEqual([]);
    },
    LONGEST,
  );

  test(
    'whoever was suspended says nothing more to Discord once another has taken over, whatever it was about to say',
    async () => {
      const first = await start('first');
      await until('the first speaks and has registered', () => speaking().length === 1 && double.commands.length > 0);
      await start('second');
      await openRoom();
      await note('before.');
      // Lines wait for their turn, and the card for its next edit, as it is suspended.
      const asked = Array.from({ length: 6 }, (_, n) => ann.slash('note', { text: `meanwhile ${n}.` }, textChannel()));
      await new Promise((resolve) => setTimeout(resolve, 60));
      first.kill('SIGSTOP');
      await until('the second speaks', () => speaking().includes('second'));
      // Both connections are open: Discord tells both, and a suspended one reads it when it wakes.
      expect([...speaking()].sort()).toEqual(['first', 'second']);
      await Promise.all(asked);
      await ann.slash('take-command', {}, textChannel());
      await until('the card goes on', () => textOf(card() ?? {}).includes('Ann, since'));
      const woken = Date.now();
      first.kill('SIGCONT');
      await until('the first has left', () => speaking().join() === 'second');
      await note('after.');
      await until('the note is there', () => times('after.') > 0);
      // Long enough for everything that it was about to say, and for coming back if it meant to.
      await new Promise((resolve) => setTimeout(resolve, 12_000));
      expect(requestsOf('first', woken)).toEqual([]);
      expect(double.gateway.spoke.map(({ from, as }) => `${from} ${as}`)).toEqual([
        'first identify',
        'second identify',
      ]);
      for (const text of ['before.', 'after.']) expect(times(text)).toBe(1);
      for (let n = 0; n < 6; n += 1) expect(times(`meanwhile ${n}.`)).toBeLessThanOrEqual(1);
      expect(there().filter(({ pinned }) => pinned)).toHaveLength(1);
      expect(double.wrong).toEqual([]);
    },
    LONGEST,
  );

  test(
    'whoever ends in order is followed at once, and may come back to follow in turn',
    async () => {
      const first = await start('first');
      await until('the first speaks and has registered', () => speaking().length === 1 && double.commands.length > 0);
      const second = await start('second');
      await openRoom();
      first.kill('SIGTERM');
      await until('the second speaks alone', () => speaking().join() === 'second');
      expect((await first.ended).code).toBe(0);
      await start('first');
      await note('once.');
      second.kill('SIGTERM');
      await until('the first speaks alone', () => speaking().join() === 'first');
      await note('twice.');
      await until('both notes are there', () => times('once.') + times('twice.') === 2);
      expect(double.wrong).toEqual([]);
    },
    LONGEST,
  );
} else test('no MongoDB, no test of two instances in Discord', () => withoutMongo('Two instances in Discord'));
