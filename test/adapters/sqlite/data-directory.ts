/** Data directories that tests make and remove, and the doors to what is in them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteAttachments } from '../../../src/adapters/sqlite/attachments.ts';
import { openDatabase } from '../../../src/adapters/sqlite/database.ts';
import { sqliteDirectory } from '../../../src/adapters/sqlite/directory.ts';
import { sqliteStore } from '../../../src/adapters/sqlite/store.ts';
import type { Store } from '../../../src/core/ports.ts';
import type { AttachmentsAtWork } from '../../contracts/attachments-under-test.ts';
import type { DirectoryAtWork } from '../../contracts/directory.ts';
import { declared, everyPlane, note, summary } from '../../contracts/sample.ts';

export function freshDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'baton-sqlite-'));
}

export async function removeDirectory(where: string): Promise<void> {
  await rm(where, { recursive: true, force: true });
}

export async function open(where: string): Promise<Store> {
  return sqliteStore(openDatabase(where));
}

export async function openAttachments(where: string, limit?: number): Promise<AttachmentsAtWork> {
  const database = openDatabase(where);
  return { attachments: sqliteAttachments(database, limit), stop: async () => database.close() };
}

export async function openDirectory(where: string): Promise<DirectoryAtWork> {
  const database = openDatabase(where);
  return { directory: sqliteDirectory(database), stop: async () => database.close() };
}

/** A database with some incidents in it, closed. */
export async function used(where: string): Promise<void> {
  const store = await open(where);
  for (let number = 1; number <= 20; number++) {
    await store.append(`INC-${number}`, 0, [declared(), note(2, everyPlane(4_000))], summary());
  }
  await store.stop();
}

/** What `run` throws. */
export function failure(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
}
