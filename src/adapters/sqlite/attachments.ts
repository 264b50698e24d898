/** Keeps the originals of evidence: their bytes in files named by their SHA-256, names and types in the database. */
import { hash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attachments } from '../../core/ports.ts';
import type { Database } from './database.ts';
import { explain, StorageError } from './storage-error.ts';
import { syncDirectory } from './sync-directory.ts';

/** 10 MiB per file. */
export const ATTACHMENT_LIMIT = 10 * 1024 * 1024;

/** What is still being written; never fetched, and swept away at the next start. */
const UNFINISHED = '.part';

/**
 * Files rather than rows, because SQLite writes on the thread that rings clocks and answers people: a ten-megabyte
 * screenshot must not hold up a page. A file shows under its final name only when it is whole and on the disk, and only
 * then is its row written; what a crash leaves between the two is a file that nobody asks for.
 */
export function sqliteAttachments(database: Database, limit: number = ATTACHMENT_LIMIT): Attachments {
  const { connection, attempt, durably } = database;
  const folder = join(database.directory, 'attachments');
  prepareFolder(folder);
  const put = attempt(() =>
    connection.prepare(`
      INSERT INTO attachments VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET kept_at = excluded.kept_at`),
  );
  const drop = connection.prepare('DELETE FROM attachments WHERE id = ? AND kept_at < ? RETURNING content');
  const isNamed = connection.prepare('SELECT 1 FROM attachments WHERE content = ?');
  const find = connection.prepare('SELECT name, type, content FROM attachments WHERE id = ?');
  /** Files whose row is still to be written, and by how many. */
  const writing = new Map<string, number>();

  return {
    limit,
    async keep({ name, type, bytes }) {
      if (bytes.byteLength > limit) {
        throw new RangeError(`"${name}" has ${bytes.byteLength} bytes; attachments may have ${limit} bytes at most`);
      }
      // Copied, so that a caller who reuses its buffer meanwhile spoils nothing.
      const content = Buffer.from(bytes);
      const digest = hash('sha256', content);
      // The same file again is the same attachment; the same bytes under two names are two, with one file.
      const id = hash('sha256', JSON.stringify([name, type, digest]));
      if (!connection.isOpen) attempt(() => undefined);
      writing.set(digest, (writing.get(digest) ?? 0) + 1);
      try {
        await write(folder, digest, content);
        await durably(() => put.run(id, name, type, digest, Date.now()));
      } finally {
        const others = (writing.get(digest) ?? 1) - 1;
        if (others > 0) writing.set(digest, others);
        else writing.delete(digest);
      }
      return id;
    },
    async fetch(id) {
      const row = attempt(() => find.get(id));
      if (!row) return undefined;
      const path = join(folder, row.content as string);
      const bytes = await readFile(path).catch((error: unknown) => {
        throw lost(path, String(row.name), (error as Error).message, error);
      });
      if (hash('sha256', bytes) !== row.content) throw lost(path, String(row.name), 'its bytes have changed');
      return { name: row.name as string, type: row.type as string, bytes: new Uint8Array(bytes) };
    },
    async remove(ids, keptBefore) {
      let removed = 0;
      for (const id of ids) {
        const content = await durably(() => drop.get(id, keptBefore)?.content as string | undefined);
        if (content === undefined) continue;
        removed += 1;
        const path = join(folder, content);
        // The same bytes may have another name; or they are being written again, and their row comes next.
        if (!writing.has(content) && !attempt(() => isNamed.get(content))) rmSync(path, { force: true });
      }
      return removed;
    },
  };
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(folder)) if (name.endsWith(UNFINISHED)) rmSync(join(folder, name), { force: true });
    syncDirectory(join(folder, '..'));
  } catch (error) {
    throw explain(error, folder);
  }
}

async function write(folder: string, digest: string, content: Uint8Array): Promise<void> {
  const path = join(folder, digest);
  const unfinished = `${path}-${randomUUID()}${UNFINISHED}`;
  try {
    const handle = await open(unfinished, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, path);
    await syncNames(folder);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw explain(error, path);
  }
}

/** As `syncDirectory`, but off the thread that answers people. */
async function syncNames(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function lost(path: string, name: string, said: string, cause?: unknown): StorageError {
  const message = `The attachment "${name}" cannot be read from ${path} (${said}). Restore that file from a backup.`;
  return new StorageError('damaged', path, message, cause);
}
