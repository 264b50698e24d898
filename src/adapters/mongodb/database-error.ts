/** What a failing database means for the operator: one error type, and the translation into it. */
import {
  MongoCompatibilityError,
  MongoError,
  MongoInvalidArgumentError,
  MongoNetworkError,
  MongoOperationTimeoutError,
  MongoParseError,
  MongoServerError,
  MongoServerSelectionError,
} from 'mongodb';

/**
 * `address`: MONGODB_URI cannot be read. `unreachable`: nobody answers, or not in time. `denied`: wrong credentials or
 * missing rights. `server`: it is too old, or lacks what Baton cannot do without. `full`: no space, or read-only.
 * `invalid`: the database's own check refused a document. `newer`: written by a newer Baton. `stopped`: used after
 * closing. `failed`: anything else the server said.
 */
export type DatabaseFault =
  | 'address'
  | 'unreachable'
  | 'denied'
  | 'server'
  | 'full'
  | 'invalid'
  | 'newer'
  | 'stopped'
  | 'failed';

/** The message says what is wrong with which database and what to do; `cause` is what the driver said. No secrets. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly fault: DatabaseFault;

  constructor(fault: DatabaseFault, message: string, cause?: unknown) {
    super(message, { cause });
    this.fault = fault;
  }
}

/** MongoDB's error codes, as far as an operator can do something about them. */
const CODES: Readonly<Record<number, DatabaseFault>> = {
  13: 'denied',
  18: 'denied',
  50: 'unreachable',
  64: 'unreachable',
  89: 'unreachable',
  91: 'unreachable',
  121: 'invalid',
  189: 'unreachable',
  8000: 'denied',
  10107: 'unreachable',
  11600: 'unreachable',
  11602: 'unreachable',
  13388: 'unreachable',
  13435: 'unreachable',
  13436: 'unreachable',
  14031: 'full',
};

/** Turns what the driver threw into a `DatabaseError`; one that is one already comes back as it is. */
export function explain(error: unknown, address: string): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const said = error instanceof Error ? error.message : String(error);
  const fault = faultOf(error);
  return new DatabaseError(fault, advice(fault, address, said), error);
}

export function isDuplicate(error: unknown): error is MongoServerError {
  return error instanceof MongoServerError && error.code === 11000;
}

/** The server does not let this user do it. */
export function isDenied(error: unknown): boolean {
  return error instanceof MongoServerError && CODES[Number(error.code)] === 'denied';
}

function faultOf(error: unknown): DatabaseFault {
  if (error instanceof MongoServerSelectionError) {
    // The driver keeps looking for a server that suits it, and the reason why none does is inside.
    const reasons = [error.cause, ...[...(error.reason?.servers.values() ?? [])].map(({ error: reason }) => reason)];
    const deeper = reasons.find((reason) => reason instanceof MongoError && !(reason instanceof MongoNetworkError));
    return deeper && deeper !== error ? faultOf(deeper) : 'unreachable';
  }
  if (error instanceof MongoServerError) return CODES[Number(error.code)] ?? 'failed';
  if (error instanceof MongoNetworkError || error instanceof MongoOperationTimeoutError) return 'unreachable';
  if (error instanceof MongoCompatibilityError) return 'server';
  if (error instanceof MongoParseError || error instanceof MongoInvalidArgumentError) return 'address';
  return 'failed';
}

/** What to do about a fault, in words for the operator. `said` is the driver's own wording. */
export function advice(fault: DatabaseFault, address: string, said: string): string {
  switch (fault) {
    case 'address':
      return `MONGODB_URI is no address of a MongoDB (${said}). Write it like mongodb://user:password@host:27017/baton.`;
    case 'unreachable':
      return (
        `The MongoDB at ${address} does not answer (${said}). Check that it runs, that this machine may reach it, and ` +
        'MONGODB_URI. Nothing that was acknowledged is lost; Baton goes on as soon as it answers.'
      );
    case 'denied':
      return (
        `The MongoDB at ${address} refuses this user (${said}). Check the name and the password in MONGODB_URI, and ` +
        'give the user the role readWrite on the database, and dbAdmin too if it shall make the collections.'
      );
    case 'server':
      return `The MongoDB at ${address} cannot be used (${said}). Baton needs MongoDB 4.4 or newer, or a compatible server.`;
    case 'full':
      return `The MongoDB at ${address} has no space to write, so nothing was written (${said}). Make space there.`;
    case 'invalid':
      return `The MongoDB at ${address} refused a document by its own schema (${said}), so nothing was written.`;
    case 'newer':
      return `The MongoDB at ${address} was written by a newer Baton (${said}). Start that version again.`;
    case 'stopped':
      return `The connection to ${address} has been closed. (${said})`;
    case 'failed':
      return `The MongoDB at ${address} refused, so nothing was written (${said}).`;
  }
}
