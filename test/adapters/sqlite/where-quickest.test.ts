// Where the disk is waited for: on the thread that answers people only while it has shown that it is quick.
import { expect, test } from '@jest/globals';
import { whereQuickest } from '../../../src/adapters/sqlite/where-quickest.ts';

/** A disk that takes as long as is said, and where it was waited for. */
function disk() {
  let clock = 0;
  const at = { milliseconds: 0.1, fails: false };
  const places: string[] = [];
  const waited = (place: string) => {
    places.push(place);
    clock += at.milliseconds;
    if (at.fails) throw new Error('EIO');
  };
  const sync = whereQuickest(
    () => waited('here'),
    async () => waited('aside'),
    () => clock,
  );
  return {
    at,
    async times(count: number) {
      places.length = 0;
      for (let n = 0; n < count; n += 1) await sync();
      return places.join(' ');
    },
    sync,
  };
}

test('a quick disk is waited for here once it has been quick often enough', async () => {
  const { times } = disk();
  expect(await times(32)).not.toContain('here');
  expect(await times(3)).toBe('here here here');
});

test('a slow disk is waited for aside, always', async () => {
  const { at, times } = disk();
  at.milliseconds = 0.7;
  expect(await times(500)).not.toContain('here');
});

test('a quick disk that is slow once holds people up once, and has to show anew that it is quick', async () => {
  const { at, times } = disk();
  await times(32);
  at.milliseconds = 300;
  expect(await times(2)).toBe('here aside');
  at.milliseconds = 0.1;
  expect(await times(32)).not.toContain('here');
  expect(await times(1)).toBe('here');
});

test('a disk that refuses says so wherever it is waited for', async () => {
  const { at, times, sync } = disk();
  at.fails = true;
  await expect(sync()).rejects.toThrow('EIO');
  at.fails = false;
  await times(32);
  at.fails = true;
  await expect(sync()).rejects.toThrow('EIO');
});
