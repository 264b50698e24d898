/** What a failing disk or database means for the operator: one error type, and the translation into it. */
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * `in-use`: another process has the data directory. `damaged`: the file does not hold together. `foreign`: a database,
 * but not Baton's. `newer`: written by a newer Baton. `read-only`: this user may not write there. `full`: no space.
 * `misplaced`: a file stands where the directory should be. `stopped`: used after closing. `failed`: anything else the disk or SQLite said.
 */
export type StorageFault =
  | 'in-use'
  | 'damaged'
  | 'foreign'
  | 'newer'
  | 'read-only'
  | 'full'
  | 'misplaced'
  | 'stopped'
  | 'failed';

/** The message says what is wrong with which file and what to do about it; `cause` is what SQLite or Node said. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly fault: StorageFault;
  readonly file: string;

  constructor(fault: StorageFault, file: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.fault = fault;
    this.file = file;
  }
}

/** SQLite's primary result codes; extended ones carry them in their low byte. */
const SQLITE: Readonly<Record<number, StorageFault>> = {
  3: 'read-only',
  5: 'in-use',
  6: 'in-use',
  8: 'read-only',
  11: 'damaged',
  13: 'full',
  26: 'damaged',
};

const FILE_SYSTEM: Readonly<Record<string, StorageFault>> = {
  EACCES: 'read-only',
  EDQUOT: 'full',
  EEXIST: 'misplaced',
  ENOSPC: 'full',
  ENOTDIR: 'misplaced',
  EPERM: 'read-only',
  EROFS: 'read-only',
};

/** Turns what SQLite or Node threw about `file` into a `StorageError`; one that is one already comes back as it is. */
export function explain(error: unknown, file: string): StorageError {
  if (error instanceof StorageError) return error;
  const { code, errcode, errstr, message } = error as {
    code?: string;
    errcode?: number;
    errstr?: string;
    message: string;
  };
  const known = errcode === undefined ? FILE_SYSTEM[code ?? ''] : SQLITE[errcode & 0xff];
  // SQLite says "unable to open" of a file it may not make or read, and of much else.
  const fault = known ?? (writable(file) ? 'failed' : 'read-only');
  const words = [...new Set([errstr ?? message, message])].join('; ');
  const said = errcode === undefined ? words : `SQLite ${errcode}: ${words}`;
  return new StorageError(fault, file, advice(fault, file, said), error);
}

/** What to do about a fault, in words for the operator. `said` is the driver's own wording. */
export function advice(fault: StorageFault, file: string, said: string): string {
  const directory = dirname(file);
  switch (fault) {
    case 'in-use':
      return (
        `The data directory ${directory} is in use by another process. Stop the other Baton that runs on it (or close ` +
        `the program that has ${file} open), or give this one a directory of its own with DATA_DIR. (${said})`
      );
    case 'damaged':
      return (
        `The database ${file} is damaged (${said}). It has been left as it is. Restore a backup in its place; or, to ` +
        'start afresh, move it away together with the files beside it whose names begin with the same word.'
      );
    case 'foreign':
      return (
        `The database ${file} is not one of Baton's (${said}). It has been left as it is. Move it away, or choose ` +
        'another directory with DATA_DIR.'
      );
    case 'newer':
      return (
        `The database ${file} was written by a newer Baton (${said}). It has been left as it is. Start that version ` +
        'again, or restore a backup from before the upgrade.'
      );
    case 'read-only':
      return (
        `Baton may not write to ${file} (${said}). Give the user it runs as write access to ${directory} and ` +
        'everything in it, mount the disk for writing, or choose another directory with DATA_DIR.'
      );
    case 'full':
      return (
        `The disk that holds ${directory} is full${free(directory)}, so nothing was written. Make space; Baton goes on ` +
        `as soon as there is some. (${said})`
      );
    case 'misplaced':
      return (
        `Baton keeps its data in a directory, and ${directory} is a file, or lies in one. Move it away, or choose another ` +
        `directory with DATA_DIR. (${said})`
      );
    case 'stopped':
      return `The database ${file} has been closed. (${said})`;
    case 'failed':
      return (
        `The disk or database refused ${file}${free(directory)}, so nothing was written. Check the space, the quota, the ` +
        `limit on file sizes and the health of the disk that holds ${directory}. (${said})`
      );
  }
}

function writable(file: string): boolean {
  try {
    accessSync(existsSync(file) ? file : dirname(file), constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** SQLite does not say why a write failed; how much space is left usually does. */
function free(directory: string): string {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return ` (${Math.floor((bavail * bsize) / 1024)} KiB free)`;
  } catch {
    return '';
  }
}
