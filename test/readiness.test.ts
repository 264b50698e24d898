// Whether Baton is ready: asked of the store by writing to it, by one asker for all who ask at that moment.
import { expect, jest, test } from '@jest/globals';
import type { Memory } from '../src/core/ports.ts';
import { createReadiness } from '../src/readiness.ts';

const QUIET = { info() {}, warn() {}, error() {} };

function storeThat(remember: Memory['remember']): Memory {
  return { remember, recall: async () => ({}), take: async () => undefined };
}

test('many who ask at once cause one write', async () => {
  const remember = jest.fn(async () => {});
  const ready = createReadiness(storeThat(remember), QUIET);
  expect(await Promise.all(Array.from({ length: 100 }, () => ready()))).toEqual(Array(100).fill(undefined));
  await ready();
  expect(remember).toHaveBeenCalledTimes(1);
});

test('a store that fails is named by its fault, said once, and asked again a moment later', async () => {
  jest.useFakeTimers();
  try {
    let fault: string | undefined = 'full';
    const said: string[] = [];
    const log = { ...QUIET, info: () => said.push('ready'), error: () => said.push('not ready') };
    const ready = createReadiness(
      storeThat(async () => {
        if (fault) throw Object.assign(new Error('no space'), { fault });
      }),
      log as never,
    );
    for (let n = 0; n < 3; n += 1) {
      expect(await ready()).toBe('store-full');
      await jest.advanceTimersByTimeAsync(1_000);
    }
    fault = undefined;
    expect(await ready()).toBeUndefined();
    expect(said).toEqual(['not ready', 'ready']);
  } finally {
    jest.useRealTimers();
  }
});

test('a store that says nothing is not waited for longer than a probe waits', async () => {
  const ready = createReadiness(
    storeThat(() => new Promise(() => {})),
    QUIET,
  );
  expect(await ready()).toBe('store-silent');
});
