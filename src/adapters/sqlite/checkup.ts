/** Looks at the data directory without touching it: whether it can be written, what space it has, who has it, and what a copy of the file says. */
import { accessSync, constants, copyFileSync, mkdtempSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Check, type Finding, type Found, inTwo, note, ok, wrong } from '../../doctor/finding.ts';
import { CHECKED_WHOLE, FILE, openDatabase } from './database.ts';
import { explain, StorageError } from './storage-error.ts';

const MB = 1024 * 1024;
/** Space left that is worth a word, and that is next to nothing: an incident with its evidence takes some MB. */
const LITTLE = 1024 * MB;
const NEXT_TO_NOTHING = 64 * MB;

const MEND = 'Choose another directory with DATA_DIR.';

export function sqliteCheckup(dataDir: string): readonly Check[] {
  const directory = resolve(dataDir);
  return [
    { of: `The data directory ${directory}`, look: () => directoryFindings(directory) },
    { of: `The disk of ${directory}`, look: () => spaceLeft(directory) },
    { of: `The database in ${directory}`, look: () => databaseFindings(join(directory, FILE)) },
  ];
}

function directoryFindings(directory: string): Finding {
  const there = statSync(directory, { throwIfNoEntry: false });
  const asked = there ? directory : nearestAbove(directory);
  try {
    if (!statSync(asked).isDirectory()) throw Object.assign(new Error('not a directory'), { code: 'ENOTDIR' });
    accessSync(asked, constants.R_OK | constants.W_OK | constants.X_OK);
    for (const file of [FILE, `${FILE}-wal`].map((name) => join(directory, name))) {
      if (statSync(file, { throwIfNoEntry: false })) accessSync(file, constants.R_OK | constants.W_OK);
    }
  } catch (error) {
    return failing(error, join(directory, FILE));
  }
  if (there) return ok(`The data directory ${directory} can be written.`);
  return ok(`The data directory ${directory} is not there yet; Baton makes it at its first start.`);
}

function spaceLeft(directory: string): Finding {
  const { bavail, bsize } = statfsSync(nearestAbove(directory));
  return spaceFinding(directory, bavail * bsize);
}

/** @param free bytes */
export function spaceFinding(directory: string, free: number): Finding {
  const said = `${sizeOf(free)} are free on the disk of ${directory}.`;
  if (free < NEXT_TO_NOTHING) return wrong(said, 'Make space: when it is full, Baton keeps nothing more.');
  return free < LITTLE ? note(said, 'Make space soon: when it is full, Baton keeps nothing more.') : ok(said);
}

function databaseFindings(file: string): Found {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  if (size + log === 0) return ok('There is no database yet; Baton makes it at its first start.');
  const holder = holderOf(file);
  const who = holder === undefined ? [] : [ok(`The database is in use by process ${holder}.`)];
  if (size + log > CHECKED_WHOLE) {
    return [
      ok(`The database ${file} has ${sizeOf(size)}, too much to check as a whole; it is checked as it is read.`),
      ...who,
    ];
  }
  return [readCopy(file), ...who];
}

/**
 * Opens a copy just as the start would open the file. The file itself is not opened: SQLite would lay files beside it,
 * and a Baton that starts meanwhile would find it locked.
 */
function readCopy(file: string): Finding {
  const aside = mkdtempSync(join(tmpdir(), 'baton-doctor-'));
  try {
    if (!copied(file, aside)) return ok(`The database ${file} is being written to, so it was not read.`);
    const { connection } = openDatabase(aside);
    const incidents = connection.prepare('SELECT count(*) AS count FROM incidents').get()?.count;
    connection.close();
    const size = sizeOf(statSync(file).size);
    return ok(`The database ${file} can be read and is whole: ${size}, ${incidents} incidents.`);
  } catch (error) {
    if (!(error instanceof StorageError) || error.fault === 'full') {
      return note(`The database ${file} could not be copied to be read: ${(error as Error).message}`, COPYING);
    }
    return wrong(...inTwo(error.message.replaceAll(aside, dirname(file)), MEND));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

const COPYING = `Let this user read it, and make space in ${tmpdir()}.`;

/** False when it was written to meanwhile: then the copy need not hold together, whatever the file does. */
function copied(file: string, aside: string): boolean {
  const state = () =>
    [file, `${file}-wal`].map((one) => {
      const { size = 0, mtimeMs = 0 } = statSync(one, { throwIfNoEntry: false }) ?? {};
      return { one, size, mtimeMs };
    });
  const before = state();
  for (const { one, size } of before) {
    if (size > 0) copyFileSync(one, join(aside, one === file ? FILE : `${FILE}-wal`));
  }
  return JSON.stringify(before) === JSON.stringify(state());
}

/** The process that has the file locked, with the program it runs; where the system does not tell, nobody. */
function holderOf(file: string): string | undefined {
  try {
    const { ino } = statSync(file);
    const [, pid] =
      new RegExp(String.raw`^\d+: .* (\d+) [0-9a-f]+:[0-9a-f]+:${ino} `, 'm').exec(
        readFileSync('/proc/locks', 'utf8'),
      ) ?? [];
    if (!pid) return undefined;
    const program = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      .split('\0')
      .filter((part) => part.endsWith('.ts'))[0];
    return program ? `${pid} (${program})` : pid;
  } catch {
    return undefined;
  }
}

function failing(error: unknown, file: string): Finding {
  return wrong(...inTwo(explain(error, file).message, MEND));
}

function nearestAbove(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) || path === dirname(path) ? path : nearestAbove(dirname(path));
}

function sizeOf(bytes: number): string {
  if (bytes >= 1024 * MB) return `${Math.floor(bytes / (1024 * MB))} GB`;
  return bytes >= MB ? `${Math.floor(bytes / MB)} MB` : `${Math.ceil(bytes / 1024)} KB`;
}
