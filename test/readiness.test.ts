// Whether Baton is ready: asked of the store by writing to it, by one asker for all who ask at that moment.
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Memory, Store } from '../src/core/ports.ts';
import { createReadiness } from '../src/readiness.ts';

const SECOND = 1_000;

let said: string[];
const log = {
  info: (_: unknown, message: string) => void said.push(message),
  warn: () => {},
  error: ({ reason }: Readonly<Record<string, unknown>>) => void said.push(String(reason)),
};

beforeEach(() => {
  said = [];
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function storeThat(remember: Memory['remember']): Memory {
  return { remember, recall: async () => ({}), take: async () => undefined };
}

/** Asks as a probe does, which waits for one second; `none` where it got no answer by then. */
async function probed({ unready }: ReturnType<typeof createReadiness>): Promise<string> {
  let answer = 'none';
  unready().then((reason) => (answer = reason ?? 'ready'));
  await jest.advanceTimersByTimeAsync(SECOND - 1);
  const inTime = answer;
  await jest.advanceTimersByTimeAsync(1);
  return inTime;
}

/** Probes once a second; resolves to the answers. */
async function probedFor(seconds: number, readiness: ReturnType<typeof createReadiness>): Promise<string[]> {
  const answers: string[] = [];
  for (let n = 0; n < seconds; n += 1) answers.push(await probed(readiness));
  return answers;
}

test('many who ask at once cause one write', async () => {
  const remember = jest.fn(async () => {});
  const { unready } = createReadiness(storeThat(remember), log);
  expect(await Promise.all(Array.from({ length: 100 }, () => unready()))).toEqual(Array(100).fill(undefined));
  await unready();
  expect(remember).toHaveBeenCalledTimes(1);
});

test('a store that fails is named by its fault, said once, and asked again a moment later', async () => {
  let fault: string | undefined = 'full';
  const readiness = createReadiness(
    storeThat(async () => {
      if (fault) throw Object.assign(new Error('no space'), { fault });
    }),
    log,
  );
  expect(await probedFor(3, readiness)).toEqual(Array(3).fill('store-full'));
  fault = undefined;
  expect(await probedFor(2, readiness)).toContain('ready');
  expect(said).toEqual(['store-full', 'Baton is ready again']);
});

test('a store that is slow is ready all the same, and every probe is answered in time', async () => {
  const slow = () => new Promise<void>((done) => setTimeout(done, 12 * SECOND));
  const readiness = createReadiness(storeThat(slow), log);
  expect(await probedFor(60, readiness)).toEqual(Array(60).fill('ready'));
  expect(said).toEqual([]);
});

test('a store that hangs is found silent, said once; when it answers again that is found within seconds', async () => {
  let hangs = true;
  const readiness = createReadiness(
    storeThat(() => (hangs ? new Promise(() => {}) : Promise.resolve())),
    log,
  );
  const answers = await probedFor(40, readiness);
  expect(answers.slice(0, 14)).toEqual(Array(14).fill('ready'));
  expect(answers.slice(16)).toEqual(Array(24).fill('store-silent'));
  hangs = false;
  expect((await probedFor(5, readiness)).at(-1)).toBe('ready');
  expect(said).toEqual(['store-silent', 'Baton is ready again']);
});

test('while people are answered nothing hangs, however long the probe waits in the queue', async () => {
  const readiness = createReadiness(
    storeThat(() => new Promise(() => {})),
    log,
  );
  let serves = true;
  const store = readiness.heed({
    append: async () => (serves ? 'appended' : new Promise(() => {})),
  } as Partial<Store> as Store);
  const orders = setInterval(() => void store.append('INC-1', 0, [], {} as never), 10 * SECOND);
  expect(await probedFor(120, readiness)).toEqual(Array(120).fill('ready'));
  serves = false;
  expect((await probedFor(30, readiness)).at(-1)).toBe('store-silent');
  clearInterval(orders);
});

test('a process that was held up or suspended itself does not take that for silence of its store', async () => {
  let answer = () => {};
  const readiness = createReadiness(
    storeThat(
      () =>
        new Promise((done) => {
          answer = done;
        }),
    ),
    log,
  );
  void readiness.unready();
  // Time passes in one leap: the timers that were due meanwhile ring once each, and what has arrived is read after them.
  jest.setSystemTime(Date.now() + 3_600_000);
  await jest.advanceTimersToNextTimerAsync(3);
  answer();
  expect(await probed(readiness)).toBe('ready');
  expect(said).toEqual([]);
});
