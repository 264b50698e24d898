/** Finds out at start what kind of server answers, and names what it lacks. */
import type { Db } from 'mongodb';
import type { Log } from '../../core/ports.ts';
import { advice, DatabaseError } from './database-error.ts';

/** MongoDB 4.4: everything that the queries of the store use. */
const OLDEST_WIRE_VERSION = 9;

/** A difference that the clocks of machines that are kept in time do not have. Milliseconds. */
const CLOCK_APART = 2_000;

export interface Server {
  readonly version: string;
  readonly topology: string;
  /** Each with what it means for Baton. */
  readonly lacks: readonly string[];
  /** Milliseconds that its clock is ahead of this machine's; 0 where they agree as well as clocks do. */
  readonly apart: number;
  /** What time it has. */
  readonly now: Date;
}

/** @throws DatabaseError when the server is too old or takes no writes */
export async function serverOf(db: Db, address: string): Promise<Server> {
  const asked = Date.now();
  const hello = await db.admin().command({ hello: 1 });
  const answered = Date.now();
  const { version = 'unknown' } = await db
    .admin()
    .command({ buildInfo: 1 })
    .catch(() => ({ version: 'unknown' }));
  const sharded = hello.msg === 'isdbgrid';
  const topology = sharded ? 'sharded cluster' : hello.setName ? `replica set ${hello.setName}` : 'standalone';

  if (hello.maxWireVersion < OLDEST_WIRE_VERSION) {
    throw new DatabaseError('server', advice('server', address, `it is version ${version}`));
  }
  const lacks = [];
  if (topology === 'standalone') {
    lacks.push('a replica set: while this one server is down, Baton keeps nothing (rs.initiate() makes it one)');
  }
  if (!sharded && (topology === 'standalone' || typeof hello.logicalSessionTimeoutMinutes !== 'number')) {
    lacks.push('retryable writes: an order that a connection is lost under is reported as failed, and to be repeated');
  }
  const told = hello.localTime instanceof Date ? hello.localTime : undefined;
  const apart = told ? clockApart(told.getTime(), asked, answered) : 0;
  return {
    version,
    topology,
    lacks,
    apart: Math.abs(apart) > CLOCK_APART ? apart : 0,
    now: told ?? new Date(answered),
  };
}

/** Says in the log what server it is and what it lacks. */
export async function lookAt(db: Db, address: string, log: Log): Promise<void> {
  const { version, topology, lacks, apart } = await serverOf(db, address);
  log.info({ address, version, topology }, 'connected to MongoDB');
  for (const lack of lacks) log.warn({ address }, `this MongoDB lacks ${lack}`);
  if (apart !== 0) {
    log.warn(
      { address, milliseconds: apart },
      "this machine's clock and the database's are apart; Baton goes by the database's. Set both by NTP",
    );
  }
}

/** How far the server is ahead, beyond what the way there and back can explain. */
function clockApart(theirs: number, asked: number, answered: number): number {
  if (theirs < asked) return theirs - asked;
  return theirs > answered ? theirs - answered : 0;
}
