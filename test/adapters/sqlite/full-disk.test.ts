// A disk without space: clear errors, nothing half done, and everything goes on once there is space.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Appended, Stored } from '../../../src/core/ports.ts';
import { declared, note, summary } from '../../contracts/sample.ts';
import { freshDirectory, open, removeDirectory } from './data-directory.ts';
import { CAN_LIMIT, CAN_MOUNT, type Elsewhere, elsewhere, limitFiles } from './elsewhere.ts';

/** Two ways to run out of space that are real to the process, as far as this machine lets us. */
const disks = [
  {
    name: 'a limit on file sizes',
    available: CAN_LIMIT,
    mounting: false,
    fault: 'failed',
    async prepare() {},
    async fill(there: Elsewhere, where: string) {
      const sizes = await Promise.all(['baton.db', 'baton.db-wal'].map((name) => sizeOf(join(where, name))));
      limitFiles(there.pid, Math.max(...sizes) + 10_000);
    },
    async free(there: Elsewhere) {
      limitFiles(there.pid, 'unlimited');
    },
  },
  {
    name: 'a disk of 16 MiB',
    available: CAN_MOUNT,
    mounting: true,
    fault: 'full',
    async prepare(there: Elsewhere, where: string) {
      await there.tell('run', 'mount', '-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', where);
    },
    async fill(there: Elsewhere, where: string) {
      expect(await there.tell('fill', where)).toBe('ENOSPC');
    },
    async free(there: Elsewhere, where: string) {
      await there.tell('free', where);
    },
  },
];

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

for (const disk of disks) {
  // Only what the machine refuses is left out, and says so.
  (disk.available ? describe : describe.skip)(`with ${disk.name}`, () => {
    let where: string;
    let there: Elsewhere;
    beforeEach(async () => {
      where = await freshDirectory();
      there = elsewhere({ mounting: disk.mounting });
      await disk.prepare(there, where);
      await there.tell('open', where);
      await append(0);
    });
    afterEach(async () => {
      await there.kill();
      await removeDirectory(where);
    });

    const append = (version: number, text = `Note ${version + 1}. ${'x'.repeat(3_000)}`) =>
      there.tell<Appended>(
        'store',
        'append',
        'INC-1',
        version,
        version === 0 ? [declared()] : [note(version + 1, text)],
        summary({ title: `At ${version}` }),
      );
    const load = (after = 0) => there.tell<Stored>('store', 'load', 'INC-1', after);

    /** Appends until it fails; how far it came and why it went no further. */
    async function appendUntilFull(version: number): Promise<{ reached: number; error: unknown }> {
      for (let reached = version; reached < version + 5_000; reached++) {
        try {
          expect(await append(reached)).toBe('appended');
        } catch (error) {
          return { reached, error };
        }
      }
      throw new Error('the disk never got full');
    }

    test('an append that does not fit says so, leaves nothing, and succeeds when there is space', async () => {
      await disk.fill(there, where);
      const { reached, error } = await appendUntilFull(1);
      expect(error).toMatchObject({ name: 'StorageError', fault: disk.fault });
      expect((error as Error).message).toContain(where);
      expect((error as Error).message).toMatch(/KiB free.*nothing was written/);

      for (let again = 0; again < 5; again++)
        await expect(append(reached)).rejects.toMatchObject({ fault: disk.fault });
      const during = await load();
      expect(during.version).toBe(reached);
      expect(during.events).toHaveLength(reached);
      expect(await there.tell('store', 'list', {})).toMatchObject([{ version: reached, title: `At ${reached - 1}` }]);
      expect(await there.tell('store', 'people')).toEqual({ commanded: {}, resting: {} });

      await disk.free(there, where);
      expect(await append(reached)).toBe('appended');
      expect(await load(reached)).toMatchObject({ version: reached + 1, events: [{ seq: reached + 1 }] });
      expect(await there.tell('whole')).toBe('ok');
    });

    test('no append that was acknowledged is lost, and none that was refused is there, also in a file that cannot grow', async () => {
      // Until the database has outgrown its log, so that emptying the log into it fails first, which loses nothing.
      let reached = 1;
      for (; reached < 1_600; reached++) await append(reached);
      await there.tell('close');
      await there.tell('open', where);
      await disk.fill(there, where);
      const full = await appendUntilFull(reached);
      await disk.free(there, where);
      const more = await append(full.reached);
      expect(more).toBe('appended');
      await there.tell('close');
      await there.tell('open', where);
      const stored = await load();
      expect(stored.version).toBe(full.reached + 1);
      expect(stored.events.map(({ seq }) => seq)).toEqual(
        Array.from({ length: stored.version }, (_, index) => index + 1),
      );
      expect(await there.tell('whole')).toBe('ok');
    }, 60_000);

    // A mounted disk dies with its process.
    if (!disk.mounting)
      test('a process that dies on the full disk leaves everything acknowledged behind', async () => {
        await disk.fill(there, where);
        const { reached } = await appendUntilFull(1);
        await there.kill();
        const store = await open(where);
        expect((await store.load('INC-1'))?.version).toBe(reached);
        expect(await store.append('INC-1', reached, [note(reached + 1)], summary())).toBe('appended');
        await store.stop();
      });

    test('an attachment that does not fit leaves no file, and is kept when there is space', async () => {
      const before = await there.tell<string>('keep', 'before', 50_000);
      await disk.fill(there, where);
      await expect(there.tell('keep', 'does not fit', 900_000)).rejects.toMatchObject({ name: 'StorageError' });
      await expect(there.tell('keep', 'does not fit', 900_000)).rejects.toThrow(join(where, 'attachments'));
      expect(await there.tell('names', join(where, 'attachments'))).toHaveLength(1);
      expect(await there.tell('fetched', before)).toBe(50_000);
      await disk.free(there, where);
      const id = await there.tell<string>('keep', 'does not fit', 900_000);
      expect(await there.tell('fetched', id)).toBe(900_000);
    });
  });
}

(CAN_LIMIT ? describe : describe.skip)('starting where there is no space', () => {
  let where: string;
  let there: Elsewhere;
  beforeEach(async () => {
    where = await freshDirectory();
    there = elsewhere();
  });
  afterEach(async () => {
    await there.kill();
    await removeDirectory(where);
  });

  // From not even a header to nearly everything.
  test.each([0, 512, 4_096, 8_192, 10_000, 20_000, 30_000])(
    'with files up to %d bytes: an error, later a start',
    async (bytes) => {
      limitFiles(there.pid, bytes);
      await expect(there.tell('open', where)).rejects.toMatchObject({ name: 'StorageError', fault: 'failed' });
      await expect(there.tell('open', where)).rejects.toThrow(join(where, 'baton.db'));
      limitFiles(there.pid, 'unlimited');
      await there.tell('open', where);
      expect(await there.tell('store', 'append', 'INC-1', 0, [declared()], summary())).toBe('appended');
      expect(await there.tell('whole')).toBe('ok');
      expect((await readdir(where)).sort()).toEqual(['attachments', 'baton.db', 'baton.db-wal']);
    },
  );
});
