// The rates of a conversation, and the lanes that keep to them.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createLanes } from '../../../src/adapters/teams/lanes.ts';
import { MOST_ATTEMPTS, RATES } from '../../../src/adapters/teams/limits.ts';
import { createPace } from '../../../src/adapters/teams/pace.ts';
import { PlatformError } from '../../../src/adapters/teams/trouble.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** Time that passes only when somebody waits. */
function still() {
  const state = { at: 1_000_000, waits: [] as number[] };
  return {
    state,
    time: {
      now: () => state.at,
      wait: async (delay: number) => {
        state.waits.push(delay);
        state.at += delay;
      },
      later: () => {},
      random: () => 0.5,
    },
  };
}

const gap = fc.oneof(
  { weight: 5, arbitrary: fc.constant(0) },
  fc.integer({ min: 1, max: 400 }),
  fc.integer({ min: 0, max: 40_000 }),
);

test('no span ever holds more writes than its rate, however they come', () => {
  fc.assert(
    fc.property(fc.array(gap, { minLength: 1, maxLength: 400 }), (gaps) => {
      let at = 0;
      const pace = createPace(() => at);
      const writes: number[] = [];
      for (const one of gaps) {
        at += one;
        at += pace.delay('a');
        pace.note('a');
        writes.push(at);
      }
      for (const { count, span } of RATES) {
        for (const [n, from] of writes.entries()) {
          const later = writes[n + count];
          if (later !== undefined) expect(later - from).toBeGreaterThanOrEqual(span);
        }
      }
    }),
  );
});

test('the hourly rate is kept as well', () => {
  let at = 0;
  const pace = createPace(() => at);
  const writes = Array.from({ length: 2_000 }, () => {
    at += pace.delay('a');
    pace.note('a');
    return at;
  });
  expect((writes[1_800] ?? 0) - (writes[0] ?? 0)).toBeGreaterThanOrEqual(3_600_000);
  expect(pace.delay('another')).toBe(0);
});

describe('a lane', () => {
  const again = (retryAfter?: number) => new PlatformError('a message', 429, '', '', retryAfter);

  test('keeps the order of writes, whatever fails on the way', async () => {
    const { time } = still();
    const lanes = createLanes(time, quiet);
    const done: number[] = [];
    let failures = 4;
    const write = (n: number) =>
      lanes.write('a', async () => {
        failures -= 1;
        if (failures >= 0 && failures % 2 === 0) throw again();
        done.push(n);
      });
    await Promise.all([1, 2, 3, 4, 5].map(write));
    expect(done).toEqual([1, 2, 3, 4, 5]);
  });

  test('waits as long as it is told to, and a little longer', async () => {
    const { time, state } = still();
    let calls = 0;
    await createLanes(time, quiet).write('a', async () => {
      calls += 1;
      if (calls === 1) throw again(7_000);
    });
    expect(state.waits[0]).toBeGreaterThanOrEqual(7_000);
    expect(state.waits[0]).toBeLessThan(8_000);
  });

  test('gives a write back after several attempts, and at once where it will never work', async () => {
    const { time } = still();
    const lanes = createLanes(time, quiet);
    let calls = 0;
    const failing = (error: Error) =>
      lanes.write('a', async () => {
        calls += 1;
        throw error;
      });
    await expect(failing(again())).rejects.toThrow('429');
    expect(calls).toBe(MOST_ATTEMPTS);
    calls = 0;
    await expect(failing(new PlatformError('a message', 403, 'MessageWritesBlocked', ''))).rejects.toThrow('Blocked');
    expect(calls).toBe(1);
  });

  test('edits only to the newest state, and tries until that is there', async () => {
    const { time } = still();
    const lanes = createLanes(time, quiet);
    const shown: number[] = [];
    let newest = 0;
    let failures = MOST_ATTEMPTS + 3;
    for (newest = 1; newest < 50; newest += 1) {
      lanes.refresh(
        'a',
        'card',
        async () => {
          if (failures-- > 0) throw new PlatformError('an edit', 412, '', '');
          shown.push(newest);
        },
        () => shown.push(-1),
      );
    }
    await lanes.settled();
    expect(shown).toEqual([50]);
  });

  test('lets an edit pass between writes, and tells when it never will work', async () => {
    const { time } = still();
    const lanes = createLanes(time, quiet);
    const done: string[] = [];
    const writes = ['w1', 'w2', 'w3'].map((name) => lanes.write('a', async () => void done.push(name)));
    lanes.refresh(
      'a',
      'card',
      async () => void done.push('card'),
      () => {},
    );
    lanes.refresh(
      'a',
      'gone',
      async () => {
        throw new PlatformError('an edit', 404, '', '');
      },
      () => done.push('gave up'),
    );
    await Promise.all(writes);
    await lanes.settled();
    expect(done.indexOf('card')).toBeLessThan(done.indexOf('w3'));
    expect(done).toContain('gave up');
  });

  test('that is stopped begins nothing more', async () => {
    const { time } = still();
    const lanes = createLanes(time, quiet);
    await lanes.stop();
    await expect(lanes.write('a', async () => 1)).rejects.toThrow('stopping');
  });
});
