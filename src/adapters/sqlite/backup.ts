/** Copies a data directory while Baton runs on it. */
import { constants, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { backup } from 'node:sqlite';
import type { Database } from './database.ts';
import { explain, StorageError } from './storage-error.ts';
import { syncDirectory } from './sync-directory.ts';

/**
 * Writes a backup into `directory`, which must not exist yet. Complete once that name shows; Baton starts on it with
 * `DATA_DIR`. Whatever was appended before the call is in it.
 * @throws StorageError when the directory exists or cannot be written; nothing is left of it then.
 */
export async function backUp(database: Database, directory: string): Promise<void> {
  const target = resolve(directory);
  const unfinished = `${target}.part`;
  const file = join(unfinished, 'baton.db');
  if (existsSync(target)) throw new StorageError('failed', target, `${target} exists already: name a new directory.`);
  try {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true, mode: 0o700 });
    await backup(database.connection, file);
    const handle = await open(file, 'r+');
    await handle.sync().finally(() => handle.close());
    // After the database, so that every attachment it knows is there. They never change, so a clone is as good.
    const attachments = join(database.directory, 'attachments');
    if (existsSync(attachments)) {
      cpSync(attachments, join(unfinished, 'attachments'), {
        recursive: true,
        mode: constants.COPYFILE_FICLONE,
        filter: (path) => !path.endsWith('.part'),
      });
    }
    syncDirectory(unfinished);
    renameSync(unfinished, target);
    syncDirectory(join(target, '..'));
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw explain(error, target);
  }
}
