// The gateway connection: ended at any moment, refused, out of identifies, and back when the gateway is.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Connection, createConnection } from '../../../src/adapters/discord/connection.ts';
import { type DiscordDouble, openDiscord, TOKEN } from '../../support/discord-double.ts';

let double: DiscordDouble;
let connection: Connection | undefined;
let said: string[];
beforeEach(async () => {
  double = await openDiscord();
  said = [];
});
afterEach(async () => {
  await connection?.stop();
  await double.close();
});

const pause = (delay: number) => new Promise<void>((resolve) => void setTimeout(resolve, delay));

/** Waits are told, and take no longer than a test has. */
function connect(token = TOKEN, waited: number[] = []): Connection {
  const line = (_facts: unknown, message: string) => void said.push(message);
  connection = createConnection({
    token,
    api: double.api,
    time: {
      now: Date.now,
      random: () => 1,
      wait(delay) {
        waited.push(delay);
        return pause(5);
      },
    },
    log: { info: line, warn: line, error: line },
    speaks: () => true,
    dispatched() {},
    guild() {},
  });
  connection.start();
  return connection;
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (const last = Date.now() + 20_000; !holds(); await pause(10)) {
    if (Date.now() > last) throw new Error(`it never came to this: ${what}\n${said.join('\n')}`);
  }
}

test('ended at any moment of connecting, it ends, and leaves no connection behind', async () => {
  for (let delay = 0; delay <= 60; delay += 4) {
    const one = connect();
    await pause(delay);
    await one.stop();
    await until(`no connection after ${delay} ms`, () => double.gateway.connections() === 0);
  }
  // Nothing comes back on its own: discord.js tries again after half a second.
  await pause(700);
  expect(double.gateway.connections()).toBe(0);
});

test('ended while the gateway says nothing to its identify, it ends', async () => {
  double.gateway.speechless = true;
  const one = connect();
  await until('it identifies', () => double.gateway.seen.identifies.length === 1);
  await one.stop();
  await until('no connection', () => double.gateway.connections() === 0);
});

test('a token that is refused is said once, with what to do, and not tried again', async () => {
  connect('MTIz.abc.somebody-elses');
  await until('it is said', () => said.some((line) => line.includes('DISCORD_TOKEN')));
  const before = double.requests.length;
  await pause(300);
  expect(double.requests).toHaveLength(before);
  expect(double.invalid()).toHaveLength(1);
});

test('while Discord grants no more identifies it asks again, ever more seldom, and connects once it may', async () => {
  const waited: number[] = [];
  double.identifiesLeft = 0;
  connect(TOKEN, waited);
  await until('it has asked several times', () => waited.length >= 9);
  expect(waited.slice(0, 7)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000]);
  expect(waited[8]).toBe(60_000);
  expect(double.gateway.seen.connects).toEqual([]);
  double.identifiesLeft = 5;
  await until('it is connected', () => double.gateway.connected());
});

test('a gateway that is down is asked ever more seldom, and found again', async () => {
  const waited: number[] = [];
  double.gateway.down = true;
  connect(TOKEN, waited);
  await until('it has tried several times', () => waited.length >= 9);
  expect(waited.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(Math.max(...waited)).toBe(60_000);
  double.gateway.down = false;
  await until('it is connected', () => double.gateway.connected());
});

test('as many shards are opened as Discord recommends', async () => {
  double.shards = 3;
  connect();
  await until('all are connected', () => double.gateway.speaking().length === 3);
  expect(double.gateway.shards()).toEqual([
    [0, 3],
    [1, 3],
    [2, 3],
  ]);
});
