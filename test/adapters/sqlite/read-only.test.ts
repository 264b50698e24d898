// A data directory that cannot be written is reported with what to do.
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../../src/adapters/sqlite/database.ts';
import { failure, freshDirectory, removeDirectory, used } from './data-directory.ts';
import { CAN_MOUNT, type Elsewhere, elsewhere } from './elsewhere.ts';

let where: string;
let file: string;
let there: Elsewhere | undefined;
beforeEach(async () => {
  where = await freshDirectory();
  file = join(where, 'baton.db');
});
afterEach(async () => {
  await there?.kill();
  there = undefined;
  await removeDirectory(where);
});
const opening = (directory = where) => failure(() => openDatabase(directory));

describe('a place that cannot be written', () => {
  test('a file where the directory should be, and a directory where the file should be', async () => {
    await writeFile(join(where, 'notes'), 'x');
    expect(opening(join(where, 'notes'))).toMatchObject({ name: 'StorageError' });
    expect(opening(join(where, 'notes')).message).toContain(join(where, 'notes'));
    expect(opening(join(where, 'notes', 'deep'))).toMatchObject({ name: 'StorageError' });
    await mkdir(join(where, 'other', 'baton.db'), { recursive: true });
    expect(opening(join(where, 'other'))).toMatchObject({ name: 'StorageError', fault: 'failed' });
    expect(opening(join(where, 'other')).message).toContain(join(where, 'other', 'baton.db'));
  });

  /** A process for which permissions hold, even when the tests run as root. */
  async function nobody(): Promise<Elsewhere> {
    there = elsewhere();
    if (process.getuid?.() === 0) await there.tell('nobody');
    return there;
  }

  async function expectReadOnly(from: Elsewhere): Promise<void> {
    const refused = from.tell('open', where);
    await expect(refused).rejects.toMatchObject({ name: 'StorageError', fault: 'read-only', file });
    await expect(refused).rejects.toThrow(/may not write to .*baton\.db.*Give the user.*DATA_DIR/s);
  }

  test('a new directory without the right to write', async () => {
    await chmod(where, 0o555);
    await expectReadOnly(await nobody());
    await chmod(where, 0o755);
  });

  test('a directory without the right to write, with a database in it', async () => {
    await used(where);
    await chmod(file, 0o444);
    await chmod(where, 0o555);
    const before = await readFile(file);
    await expectReadOnly(await nobody());
    await chmod(where, 0o755);
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  test('a database without the right to write or to read', async () => {
    await used(where);
    await chmod(where, 0o777);
    for (const mode of [0o444, 0o000]) {
      await chmod(file, mode);
      await expectReadOnly(await nobody());
      await there?.kill();
    }
  });

  (CAN_MOUNT ? test : test.skip)('a disk that is mounted read-only', async () => {
    await used(where);
    there = elsewhere({ mounting: true });
    await there.tell('run', 'mount', '--bind', where, where);
    await there.tell('run', 'mount', '-o', 'remount,ro,bind', where);
    const before = await readFile(file);
    await expectReadOnly(there);
    expect((await readFile(file)).equals(before)).toBe(true);
  });
});
