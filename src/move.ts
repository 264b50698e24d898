/** `npm run move -- --from sqlite --to mongodb`: copies everything to another storage, as often as it takes, and verifies it. */
import { parseArgs } from 'node:util';
import { createLog } from './adapters/log/log.ts';
import { DatabaseError } from './adapters/mongodb/database-error.ts';
import { StorageError } from './adapters/sqlite/storage-error.ts';
import { ConfigError, readConfig } from './config.ts';
import type { Recorded } from './core/events.ts';
import { replay } from './core/evolve.ts';
import type { Phase } from './core/incident.ts';
import type { Log } from './core/ports.ts';
import type { summaryOf } from './core/summary.ts';
import type { IncidentId } from './core/units.ts';
import { openStorage, type Storage } from './storage.ts';

/** What outlets are called whose memory is moved: every one that Baton has. */
export const OUTLETS = [
  'console',
  'teams',
  'teams-call',
  'teams-pages',
  'discord',
  'pager',
  'pager-pagerduty',
  'pager-ntfy',
  'pager-failed',
  'publisher',
  'publisher-statuspage',
  'publisher-chat',
  'orders',
];

export interface Moved {
  readonly incidents: number;
  readonly events: number;
  readonly attachments: number;
  /** Attachments that events name and that are not kept any more, as retention says. */
  readonly removed: number;
  readonly people: number;
}

/** Letters of events that are appended at once: an incident has no largest size, and what a database is told at once does. */
const MOST_AT_ONCE = 1024 * 1024;

/** Something is on the other side that did not come from here. */
export class MoveError extends Error {}

/**
 * Copies incidents with cursors and what outlets remember, attachments, people and memory. What is there already is
 * compared and completed, so that a move that was broken off goes on where it was. Both sides stand still meanwhile.
 * Clocks are not copied: Baton derives them anew at its next start.
 * @throws MoveError when both sides have something different of one name
 */
export async function move(from: Storage, to: Storage, say: (line: string) => void = () => {}): Promise<Moved> {
  const people = await from.directory.people();
  const there = new Map((await to.directory.people()).map((person) => [person.id, person]));
  for (const person of people) {
    if (!isSame(there.get(person.id), person)) await to.directory.add(person);
  }
  for (const outlet of OUTLETS) {
    for (const [key, value] of Object.entries(await from.memory.recall(outlet))) {
      await to.memory.remember(outlet, key, value);
    }
  }
  // Oldest first, so that of two with one key the closed one is there before the open one comes.
  const listed = (await from.store.list({ closedAfter: Number.MIN_SAFE_INTEGER })).toSorted(
    (a, b) => numberOf(a.id) - numberOf(b.id),
  );
  let events = 0;
  const attachments = new Set<string>();
  const removed = new Set<string>();
  for (const [n, { id, version: _, ...summary }] of listed.entries()) {
    const moved = await moveIncident(from, to, id, summary);
    events += moved.events;
    for (const one of moved.attachments) attachments.add(one);
    for (const one of moved.removed) removed.add(one);
    if ((n + 1) % 100 === 0) say(`${n + 1} of ${listed.length} incidents`);
  }
  const { length: incidents } = listed;
  return { incidents, events, attachments: attachments.size, removed: removed.size, people: people.length };
}

async function moveIncident(from: Storage, to: Storage, id: IncidentId, summary: ReturnType<typeof summaryOf>) {
  const source = await from.store.load(id);
  if (!source) throw new MoveError(`${id} is listed and cannot be loaded, so nothing more was moved.`);
  const before = await to.store.load(id);
  const [already, rest] = [source.events.slice(0, before?.version ?? 0), source.events.slice(before?.version ?? 0)];
  if (before && !isSame(before.events, already)) {
    throw new MoveError(`${id} is on the other side too, with other events. Move to an empty storage.`);
  }
  // Before the events that name them.
  const files = await moveFiles(from, to, id, source.events, summary.phase);
  let version = before?.version ?? 0;
  for (const piece of inPieces(rest)) {
    const outcome = await to.store.append(id, version, piece, summary);
    if (outcome !== 'appended') {
      throw new MoveError(
        `${id} could not be moved (${JSON.stringify(outcome)}): something else writes there. Stop it.`,
      );
    }
    version += piece.length;
  }
  for (const [outlet, seq] of Object.entries(source.cursors)) await to.store.delivered(id, outlet, seq);
  for (const outlet of OUTLETS) {
    for (const [key, value] of Object.entries(await from.store.recall(id, outlet))) {
      await to.store.remember(id, outlet, key, value);
    }
  }
  await verify(to, id, source);
  return { events: source.events.length, ...files };
}

/** Which attachments were moved, and which are not kept any more. */
async function moveFiles(from: Storage, to: Storage, id: IncidentId, events: readonly Recorded[], phase: Phase) {
  const [attachments, removed] = [new Set<string>(), new Set<string>()];
  const lastClosed = phase === 'closed' ? Number.POSITIVE_INFINITY : seqOfLastClosing(events);
  for (const event of events) {
    const attachment = 'attachment' in event ? event.attachment : undefined;
    if (attachment === undefined || attachments.has(attachment) || removed.has(attachment)) continue;
    const file = await from.attachments.fetch(attachment);
    if (file) {
      const kept = await to.attachments.keep(file);
      if (kept !== attachment) throw new MoveError(`The attachment of event ${event.seq} of ${id} has changed.`);
      attachments.add(attachment);
    } else if (event.seq < lastClosed) {
      // Retention takes the file of what was closed, and leaves the event.
      removed.add(attachment);
    } else throw new MoveError(`The attachment of event ${event.seq} of ${id} is gone. Restore it from a backup.`);
  }
  return { attachments, removed };
}

function seqOfLastClosing(events: readonly Recorded[]): number {
  return events.findLast(({ type }) => type === 'incident-closed')?.seq ?? 0;
}

/** In order, each piece small enough to be appended at once. */
function* inPieces(events: readonly Recorded[]): Generator<readonly Recorded[]> {
  let [piece, size]: [Recorded[], number] = [[], 0];
  for (const event of events) {
    const { length } = JSON.stringify(event);
    if (piece.length > 0 && size + length > MOST_AT_ONCE) {
      yield piece;
      [piece, size] = [[], 0];
    }
    piece.push(event);
    size += length;
  }
  if (piece.length > 0) yield piece;
}

/** Both sides mean the same, event by event and as a whole. */
async function verify(to: Storage, id: IncidentId, source: NonNullable<Awaited<ReturnType<Storage['store']['load']>>>) {
  const copy = await to.store.load(id);
  const same =
    copy &&
    isSame(copy.events, source.events) &&
    isSame(replay(id, copy.events), replay(id, source.events)) &&
    Object.entries(source.cursors).every(([outlet, seq]) => (copy.cursors[outlet] ?? 0) >= seq);
  if (!same) throw new MoveError(`${id} does not read the same on the other side.`);
}

/** Whatever the order of their keys. */
function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function numberOf(id: IncidentId): number {
  return Number(id.replace(/^INC-/, ''));
}

const USAGE =
  'Say what to move where: npm run move -- --from sqlite --to mongodb, or the other way round. DATA_DIR and MONGODB_URI ' +
  'say where each is; no Baton may run on either meanwhile.';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
  const config = readConfig(process.env);
  const log = createLog('warn');
  const storages: Storage[] = [];
  const open = async (kind: string | undefined, logging: Log) => {
    const { dataDir, mongodbUri } = config;
    if (kind === 'mongodb' && mongodbUri === undefined) throw new MoveError('Set MONGODB_URI to the MongoDB.');
    const storage = await openStorage(kind === 'mongodb' ? { dataDir, mongodbUri } : { dataDir }, logging);
    storages.push(storage);
    return storage;
  };
  const kinds = [values.from, values.to];
  if (!['sqlite', 'mongodb'].every((kind) => kinds.includes(kind))) throw new MoveError(USAGE);
  try {
    const [from, to] = [await open(values.from, log), await open(values.to, log)];
    const moved = await move(from, to, (line) => process.stdout.write(`${line}\n`));
    process.stdout.write(
      `Moved and verified: ${moved.incidents} incidents, ${moved.events} events, ${moved.attachments} attachments, ` +
        `${moved.people} people.\n`,
    );
    if (moved.removed === 0) return;
    process.stdout.write(
      `Of attachments that events name, ${moved.removed} are no longer kept, as retention says, and were not moved.\n`,
    );
  } finally {
    for (const storage of storages) await storage.close();
  }
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    const known = [MoveError, ConfigError, StorageError, DatabaseError].some((kind) => error instanceof kind);
    const said = known ? (error as Error).message : ((error as Error).stack ?? String(error));
    process.stderr.write(`${said}\nThe move is not complete; run it again to go on.\n`);
    process.exitCode = 1;
  }
}
