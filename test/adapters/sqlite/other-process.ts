/** A process that opens a data directory and does what it is told, one line of JSON at a time. */
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sqliteAttachments } from '../../../src/adapters/sqlite/attachments.ts';
import { sqliteCheckup } from '../../../src/adapters/sqlite/checkup.ts';
import { type Database, openDatabase } from '../../../src/adapters/sqlite/database.ts';
import type { StorageError } from '../../../src/adapters/sqlite/storage-error.ts';
import { sqliteStore } from '../../../src/adapters/sqlite/store.ts';
import type { Attachments, Store } from '../../../src/core/ports.ts';

const NEVER = new AbortController().signal;

let database: Database | undefined;
let store: Store | undefined;
let attachments: Attachments | undefined;

const orders = {
  open(where: string) {
    database = openDatabase(where);
    store = sqliteStore(database);
    attachments = sqliteAttachments(database);
  },
  close: () => database?.close(),
  store(method: keyof Store, ...args: unknown[]) {
    if (!store) throw new Error('nothing is open');
    return (store[method] as (...args: unknown[]) => unknown)(...args);
  },
  keep: (name: string, bytes: number) =>
    attachments?.keep({ name, type: 'text/plain', bytes: new Uint8Array(bytes).fill(name.length) }),
  fetched: async (id: string) => (await attachments?.fetch(id))?.bytes.length,
  names: (where: string) => readdirSync(where),
  whole: () => database?.connection.prepare('PRAGMA integrity_check').get()?.integrity_check,
  /** Gives up being root, for which no permission holds. */
  nobody() {
    process.setgid?.(65_534);
    process.setuid?.(65_534);
  },
  /** What the doctor says of a data directory, as it shows there. */
  checkup: async (where: string) => (await Promise.all(sqliteCheckup(where).map(({ look }) => look(NEVER)))).flat(),
  /** Takes what space there is on a disk. */
  fill(where: string) {
    const block = Buffer.alloc(4_096);
    try {
      for (;;) writeFileSync(join(where, 'ballast'), block, { flag: 'a' });
    } catch (error) {
      return (error as NodeJS.ErrnoException).code;
    }
  },
  free: (where: string) => rmSync(join(where, 'ballast')),
  run: (command: string, ...args: string[]) => {
    execFileSync(command, args, { stdio: 'ignore' });
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [order, ...args] = JSON.parse(line) as [keyof typeof orders, ...string[]];
  try {
    const answer = await (orders[order] as (...args: string[]) => unknown)(...args);
    console.log(JSON.stringify({ answer }));
  } catch (error) {
    const { name, message, fault, file } = error as StorageError;
    console.log(JSON.stringify({ error: { name, message, fault, file } }));
  }
}
