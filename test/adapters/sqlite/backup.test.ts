// A backup taken while Baton writes is a data directory of its own.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sqliteAttachments } from '../../../src/adapters/sqlite/attachments.ts';
import { backUp } from '../../../src/adapters/sqlite/backup.ts';
import { type Database, openDatabase } from '../../../src/adapters/sqlite/database.ts';
import { sqliteStore } from '../../../src/adapters/sqlite/store.ts';
import type { Store } from '../../../src/core/ports.ts';
import { declared, note, summary } from '../../contracts/sample.ts';
import { freshDirectory, removeDirectory } from './data-directory.ts';

describe('a backup', () => {
  let where: string;
  let target: string;
  let database: Database;
  let store: Store;
  beforeEach(async () => {
    where = await freshDirectory();
    target = join(where, 'backups', 'monday');
    database = openDatabase(join(where, 'data'));
    store = sqliteStore(database);
    await store.append('INC-1', 0, [declared()], summary({ key: 'k' }));
  });
  afterEach(async () => {
    database.close();
    await removeDirectory(where);
  });

  test('has everything appended before it, while appending goes on beside it', async () => {
    const attachment = { name: 'graph.png', type: 'image/png', bytes: new Uint8Array(50_000).fill(7) };
    const id = await sqliteAttachments(database).keep(attachment);
    for (let version = 1; version < 400; version++) {
      await store.append('INC-1', version, [note(version + 1, 'x'.repeat(3_000))], summary({ key: 'k' }));
    }
    const backingUp = backUp(database, target);
    let version = 400;
    let done = false;
    const finished = backingUp.finally(() => {
      done = true;
    });
    while (!done) {
      await store.append('INC-1', version, [note(++version)], summary({ key: 'k' }));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await finished;

    const copy = openDatabase(target);
    const restored = sqliteStore(copy);
    const stored = await restored.load('INC-1');
    expect(stored?.version).toBeGreaterThanOrEqual(400);
    expect(stored?.events.map(({ seq }) => seq)).toEqual(
      Array.from({ length: stored?.version ?? 0 }, (_, index) => index + 1),
    );
    expect(await restored.withKey('k')).toBe('INC-1');
    expect(await sqliteAttachments(copy).fetch(id)).toEqual(attachment);
    copy.close();
    expect((await store.load('INC-1', version))?.version).toBe(version);
  });

  test('goes to a new directory only, and replaces what an earlier attempt left behind', async () => {
    await mkdir(`${target}.part`, { recursive: true });
    await writeFile(join(`${target}.part`, 'baton.db'), 'half');
    await backUp(database, target);
    const before = await readFile(join(target, 'baton.db'));
    await expect(backUp(database, target)).rejects.toThrow(/monday exists already/);
    expect((await readFile(join(target, 'baton.db'))).equals(before)).toBe(true);
    expect(await readdir(join(where, 'backups'))).toEqual(['monday']);
  });

  test('that cannot be written leaves nothing and says where', async () => {
    await writeFile(join(where, 'backups'), 'a file in the way');
    await expect(backUp(database, target)).rejects.toMatchObject({ name: 'StorageError' });
    await expect(backUp(database, target)).rejects.toThrow(target);
    expect((await readdir(where)).sort()).toEqual(['backups', 'data']);
    expect(await store.append('INC-1', 1, [note(2)], summary({ key: 'k' }))).toBe('appended');
  });
});
