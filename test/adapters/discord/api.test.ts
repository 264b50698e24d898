// What is asked of Discord: answers to interactions do not wait for the bot's other requests.
import { afterEach, expect, test } from '@jest/globals';
import { createApi } from '../../../src/adapters/discord/api.ts';
import { createConnection } from '../../../src/adapters/discord/connection.ts';
import { REAL_TIME } from '../../../src/adapters/discord/time.ts';
import { type DiscordDouble, openDiscord, TOKEN } from '../../support/discord-double.ts';

let double: DiscordDouble;
afterEach(() => double.close());

/** What a bot may ask in a second, interactions left out. */
const A_SECONDS_WORTH = 50;

test('answers to interactions are not counted among the bot’s requests a second, and do not wait for them', async () => {
  double = await openDiscord();
  const log = { info() {}, warn() {}, error() {} };
  const { rest, answers, stop } = createConnection({
    token: TOKEN,
    api: double.api,
    time: REAL_TIME,
    log,
    speaks: () => true,
    dispatched() {},
    guild() {},
  });
  const api = createApi(rest, REAL_TIME, log, answers);
  const finished: string[] = [];
  const ask = (what: string, work: Promise<unknown>) =>
    work.then(
      () => finished.push(what),
      () => finished.push(what),
    );
  const member = (n: number) => api.member(double.guild.id, `${1_000_000 + n}`);
  await Promise.all([
    ...Array.from({ length: 3 * A_SECONDS_WORTH }, (_, n) => ask('request', member(n))),
    ...Array.from({ length: 3 * A_SECONDS_WORTH }, (_, n) => ask('answer', api.deleteResponse('1', `token-${n}`))),
  ]);
  const last = finished.lastIndexOf('answer');
  expect(finished.slice(last).filter((what) => what === 'request').length).toBeGreaterThan(A_SECONDS_WORTH / 2);
  await stop();
});
