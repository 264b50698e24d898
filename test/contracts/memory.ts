/** What every memory has to keep of the promises in src/core/ports.ts. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Memory } from '../../src/core/ports.ts';

export interface MemoryUnderTest {
  readonly name: string;
  /** An empty memory; `reopen` gives what is there after a restart. */
  open(): Promise<{ readonly memory: Memory; reopen(): Promise<Memory>; close(): Promise<void> }>;
}

export function memoryContract(under: MemoryUnderTest): void {
  describe(`the memory on ${under.name}`, () => {
    let opened: Awaited<ReturnType<MemoryUnderTest['open']>>;
    beforeEach(async () => {
      opened = await under.open();
    });
    afterEach(() => opened.close());

    test('is empty at first, and keeps by outlet and key', async () => {
      const { memory } = opened;
      expect(await memory.recall('teams')).toEqual({});
      await memory.remember('teams', 'account:29:x', '1');
      await memory.remember('discord', 'account:29:x', '2');
      await memory.remember('teams', 'account:29:x', '3');
      await memory.remember('teams', '__proto__', '');
      expect(Object.entries(await memory.recall('teams')).sort()).toEqual([
        ['__proto__', ''],
        ['account:29:x', '3'],
      ]);
      expect(await memory.recall('discord')).toEqual({ 'account:29:x': '2' });
      expect(await memory.recall('teams', 'account:29:x')).toEqual({ 'account:29:x': '3' });
      expect(await memory.recall('teams', 'account:29:')).toEqual({});
    });

    test('forgets what is undefined, and is not moved by forgetting twice', async () => {
      const { memory } = opened;
      await memory.remember('teams', 'place', 'there');
      await memory.remember('teams', 'place', undefined);
      await memory.remember('teams', 'place', undefined);
      expect(await memory.recall('teams')).toEqual({});
    });

    test('what many take at once one of them has, and it is gone', async () => {
      const { memory } = opened;
      await memory.remember('link', 'code', 'anna');
      await memory.remember('teams', 'code', 'other');
      const taken = await Promise.all(Array.from({ length: 20 }, () => memory.take('link', 'code')));
      expect(taken.filter((value) => value !== undefined)).toEqual(['anna']);
      expect(await memory.recall('link')).toEqual({});
      expect(await memory.recall('teams')).toEqual({ code: 'other' });
      expect(await memory.take('link', 'never')).toBeUndefined();
    });

    test('is still there after a restart', async () => {
      await opened.memory.remember('teams', 'place', 'there');
      const again = await opened.reopen();
      expect(await again.recall('teams')).toEqual({ place: 'there' });
    });
  });
}
