/** What only the backend on SQLite has: its indexes, its errors, its notices, and a file that outlives its process. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AgendaBackend, JobParameters } from 'agenda';
import { Agenda } from 'agenda';
import { sqliteBackend } from '../../../src/adapters/agenda/sqlite-backend.ts';
import { aJob, fromNow, MINUTE, until } from '../../contracts/job-repository-database.ts';
import { openDatabase, openSqliteFile } from './sqlite-file.ts';

let file: ReturnType<typeof openSqliteFile>;
beforeEach(() => {
  file = openSqliteFile();
});
afterEach(() => file.remove());

/** Longer than a busy machine stands still, so that no job runs twice. */
const LOCK = 2_000;
// Agenda leaves a timer of half a lock's life behind with each job that it runs.
afterAll(() => sleep(LOCK / 2));

async function open(database = file.database): Promise<AgendaBackend> {
  const backend = sqliteBackend({ database, indexed: ['incident'] });
  await backend.connect();
  return backend;
}

const save = (backend: AgendaBackend, given: Partial<JobParameters> = {}) =>
  backend.repository.saveJob(aJob(given), undefined);

/** Errors of SQLite carry its own numbers. */
const FULL = { errcode: 13 };
const READ_ONLY = { errcode: 8 };
const BUSY = { errcode: 5 };

describe('the backend', () => {
  test('says what it is, and leaves the database to whoever opened it', async () => {
    const backend = await open();
    expect([backend.name, backend.ownsConnection]).toEqual(['SQLite', false]);
    await backend.disconnect();
    expect(file.database.isOpen).toBe(true);
    expect((await backend.repository.queryJobs()).total).toBe(0);
  });

  test('connects again, and to tables that are there already', async () => {
    const backend = await open();
    const job = await save(backend);
    await backend.connect();
    expect((await (await open()).repository.queryJobs()).jobs[0]?._id).toBe(job._id);
  });

  test('reads whole numbers as numbers, however the database was opened', async () => {
    const database = new DatabaseSync(':memory:', { readBigInts: true });
    const backend = await open(database);
    const nextRunAt = new Date(1_900_000_000_001);
    await save(backend, { nextRunAt, priority: 10 });
    expect((await backend.repository.queryJobs()).jobs[0]).toMatchObject({ nextRunAt, priority: 10 });
    expect(await backend.repository.removeJobs({ name: 'remind' })).toBe(1);
    database.close();
  });

  test('writes only by the transactions that it is given', async () => {
    const { database } = file;
    await open();
    database.exec('PRAGMA query_only = ON');
    let transactions = 0;
    const transaction = <T>(work: () => T): T => {
      transactions += 1;
      database.exec('PRAGMA query_only = OFF');
      try {
        return work();
      } finally {
        database.exec('PRAGMA query_only = ON');
      }
    };
    const backend = sqliteBackend({ database, transaction });
    await backend.connect();
    const job = await save(backend, { nextRunAt: new Date(1), data: { a: 1 } });
    const { repository } = backend;
    await repository.getNextJobToRun('remind', new Date(), new Date(0), undefined, undefined);
    await repository.unlockJob(job);
    await repository.lockJob(job, undefined);
    await repository.unlockJobs([String(job._id)]);
    await repository.saveJobState(job, undefined);
    await repository.disableJobs({ data: { a: 1 } });
    await repository.enableJobs({ name: 'remind' });
    await backend.logger?.log({
      timestamp: new Date(),
      level: 'info',
      event: 'start',
      jobName: 'remind',
      message: 'x',
    });
    expect(await backend.logger?.clearLogs()).toBe(1);
    expect(await repository.removeJobs({ data: { a: 1 } })).toBe(1);
    await repository.purgeAllJobs();
    expect(transactions).toBe(14);
  });

  test('refuses an index that could say something else to SQL', () => {
    expect(() => sqliteBackend({ database: file.database, indexed: ["x'); DROP TABLE"] })).toThrow('plain name');
  });

  test('keeps dates as whole milliseconds', async () => {
    await save(await open(), { nextRunAt: new Date(1234), startDate: new Date(5678) });
    const rows = file.database.prepare('SELECT nextRunAt, startDate, typeof(nextRunAt) AS type FROM agenda_jobs').all();
    expect(rows.map((row) => ({ ...row }))).toEqual([{ nextRunAt: 1234, startDate: 5678, type: 'integer' }]);
  });
});

describe('with very many jobs', () => {
  /** The same database, noting the SQL of every statement that is prepared. */
  function noting(database: DatabaseSync, noted: Set<string>): DatabaseSync {
    return new Proxy(database, {
      get(target, key) {
        if (key === 'prepare') {
          return (sql: string) => {
            noted.add(sql);
            return target.prepare(sql);
          };
        }
        const value = Reflect.get(target, key) as unknown;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }

  test('no statement that Agenda uses while it runs looks at all of them', async () => {
    const noted = new Set<string>();
    const backend = await open(noting(file.database, noted));
    const { repository } = backend;
    const data = { incident: 'INC-1', key: '1' };
    const unique = { 'data.incident': 'INC-1', 'data.key': '1' };
    const job = await save(backend, { unique, uniqueOpts: { insertOnly: true }, data });
    await save(backend, { _id: job._id, data });
    await save(backend, { type: 'single' });
    await repository.getNextJobToRun('remind', new Date(), new Date(), undefined, undefined);
    await repository.lockJob(job, undefined);
    await repository.unlockJob(job);
    await repository.unlockJobs([String(job._id)]);
    await repository.saveJobState(job, undefined);
    await repository.getJobById(String(job._id));
    await repository.getQueueSize();
    await repository.queryJobs({ data: { incident: 'INC-1' } });
    await repository.queryJobs({ data: { incident: 'INC-1', key: '1' }, name: 'remind' });
    await repository.queryJobs({ ids: [String(job._id)] });
    await repository.queryJobs({ name: 'remind', limit: 10 });
    await repository.disableJobs({ name: 'remind' });
    await repository.enableJobs({ id: String(job._id) });
    await repository.removeJobs({ data: { incident: 'INC-1' } });
    await repository.removeJobs({ ids: [String(job._id)], name: 'remind' });
    expect(noted.size).toBeGreaterThan(15);
    for (const sql of noted) {
      const plan = file.database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
      const steps = plan.map((step) => String(step.detail)).filter((step) => step.includes('agenda_jobs'));
      // SEARCH goes through an index; SCAN goes through everything.
      expect({ sql, slow: steps.filter((step) => !step.startsWith('SEARCH')) }).toEqual({ sql, slow: [] });
    }
  });

  test('the right ones are found, moved and removed among ten thousand incidents', async () => {
    const backend = await open();
    file.database.exec('BEGIN');
    const insert = file.database.prepare(
      `INSERT INTO agenda_jobs (id, name, type, priority, nextRunAt, data) VALUES (?, ?, 'normal', 0, ?, ?)`,
    );
    for (let n = 0; n < 60_000; n += 1) {
      const data = JSON.stringify({ incident: `INC-${n % 10_000}`, key: '' });
      insert.run(n.toString(16).padStart(24, '0'), `policy-${Math.floor(n / 10_000)}`, Date.now() + MINUTE + n, data);
    }
    file.database.exec('COMMIT');
    const { repository } = backend;
    const found = await repository.queryJobs({ data: { incident: 'INC-77' }, sort: { name: 'asc' } });
    expect(found.jobs.map((job) => job.name)).toEqual([0, 1, 2, 3, 4, 5].map((n) => `policy-${n}`));
    const unique = { 'data.incident': 'INC-77', 'data.key': '' };
    const again = await save(backend, { name: 'policy-3', unique, uniqueOpts: { insertOnly: true } });
    expect(again._id).toBe(found.jobs[3]?._id);
    await save(backend, { ...again, nextRunAt: new Date(1) });
    const due = await repository.getNextJobToRun('policy-3', new Date(), new Date(0), undefined, undefined);
    expect(due?._id).toBe(again._id);
    expect(await repository.removeJobs({ data: { incident: 'INC-77' } })).toBe(6);
    expect((await repository.queryJobs({ limit: 1 })).total).toBe(59_994);
  });

  test('many that are due together leave the others their turn', async () => {
    const backend = await open();
    for (let n = 0; n < 50; n += 1) await save(backend, { nextRunAt: new Date(n) });
    let turns = 0;
    let locking = true;
    const others = () => {
      turns += 1;
      if (locking) setImmediate(others);
    };
    setImmediate(others);
    while (await backend.repository.getNextJobToRun('remind', new Date(), new Date(0), undefined, undefined));
    locking = false;
    expect(turns).toBeGreaterThanOrEqual(49);
  });
});

describe('an error of the database', () => {
  const pages = () => Number(Object.values(file.database.prepare('PRAGMA page_count').get() ?? {})[0]);
  const integrity = () => file.database.prepare('PRAGMA integrity_check').get();

  test('a full disk is an error of the save, which then did not happen', async () => {
    const backend = await open();
    file.database.exec(`PRAGMA max_page_count = ${pages() + 8}`);
    const kept: unknown[] = [];
    const text = 'x'.repeat(2000);
    await expect(async () => {
      for (let n = 0; n < 100; n += 1) kept.push((await save(backend, { data: { incident: `INC-${n}`, text } }))._id);
    }).rejects.toMatchObject(FULL);
    expect(kept.length).toBeGreaterThan(0);
    expect(file.database.isTransaction).toBe(false);
    expect({ ...integrity() }).toEqual({ integrity_check: 'ok' });
    const stored = await backend.repository.queryJobs();
    expect(stored.jobs.map((job) => job._id).sort()).toEqual([...kept].sort());
    file.database.exec('PRAGMA max_page_count = 1073741823');
    await save(backend, { data: { text } });
    expect((await backend.repository.queryJobs()).total).toBe(kept.length + 1);
  });

  test('a database that may only be read still tells its jobs, and rejects what would change them', async () => {
    const backend = await open();
    const job = await save(backend, { nextRunAt: new Date(1), data: { a: 1 } });
    file.database.exec('PRAGMA query_only = ON');
    const { repository } = backend;
    await expect(save(backend)).rejects.toMatchObject(READ_ONLY);
    await expect(save(backend, { type: 'single' })).rejects.toMatchObject(READ_ONLY);
    await expect(repository.saveJobState(job, undefined)).rejects.toMatchObject(READ_ONLY);
    await expect(repository.removeJobs({ data: { a: 1 } })).rejects.toMatchObject(READ_ONLY);
    await expect(repository.purgeAllJobs()).rejects.toMatchObject(READ_ONLY);
    const locked = repository.getNextJobToRun('remind', new Date(), new Date(0), undefined, undefined);
    await expect(locked).rejects.toMatchObject(READ_ONLY);
    expect(file.database.isTransaction).toBe(false);
    expect(await repository.getJobById(String(job._id))).toEqual(job);
    file.database.exec('PRAGMA query_only = OFF');
    expect(await repository.removeJobs({ data: { a: 1 } })).toBe(1);
  });

  test('a database that somebody else writes to is an error, and nothing else', async () => {
    file.database.close();
    const [ours, theirs] = [new DatabaseSync(file.path), new DatabaseSync(file.path)];
    const backend = await open(ours);
    const job = await save(backend, { nextRunAt: new Date(1) });
    theirs.exec('BEGIN IMMEDIATE');
    await expect(save(backend)).rejects.toMatchObject(BUSY);
    await expect(backend.repository.lockJob(job, undefined)).rejects.toMatchObject(BUSY);
    await expect(backend.repository.removeJobs({ data: { a: 1 } })).rejects.toMatchObject(BUSY);
    expect(ours.isTransaction).toBe(false);
    theirs.exec('ROLLBACK');
    expect((await backend.repository.lockJob(job, undefined))?._id).toBe(job._id);
    expect((await backend.repository.queryJobs()).total).toBe(1);
    theirs.close();
    ours.close();
  });

  test('a transaction that somebody left open is not joined', async () => {
    const backend = await open();
    file.database.exec('BEGIN');
    await expect(save(backend)).rejects.toThrow('transaction');
    file.database.exec('ROLLBACK');
    expect((await backend.repository.queryJobs()).total).toBe(0);
  });

  test('Agenda tells it, and goes on once it is gone', async () => {
    const backend = await open();
    const agenda = new Agenda({ backend, processEvery: 30, defaultLockLifetime: LOCK });
    let ran = 0;
    agenda.define('remind', async () => {
      ran += 1;
    });
    await save(backend, { nextRunAt: new Date(1) });
    file.database.exec('PRAGMA query_only = ON');
    const told = once(agenda, 'error').catch((error) => [error]);
    await agenda.start();
    expect((await told)[0]).toMatchObject(READ_ONLY);
    expect(ran).toBe(0);
    file.database.exec('PRAGMA query_only = OFF');
    await until('the job ran', () => ran === 1);
    await until('its end is kept', async () => (await backend.repository.queryJobs()).jobs[0]?.state === 'completed');
    await agenda.stop();
  });
});

describe('notices within the process', () => {
  /** Agenda's own looks find nothing when `blind`: what runs then was brought by a notice. */
  async function looking(ran: number[], blind = false): Promise<Agenda> {
    const backend = await open();
    const { repository } = backend;
    const { getNextJobToRun } = repository;
    let inLook = false;
    repository.getNextJobToRun = async (name, ...more) => {
      // A look asks for the jobs of all names in the same turn, a notice only for those of its own.
      if (name === 'other') {
        inLook = true;
        setImmediate(() => {
          inLook = false;
        });
      }
      return blind && inLook ? undefined : getNextJobToRun(name, ...more);
    };
    const agenda = new Agenda({ backend, processEvery: 1800, defaultLockLifetime: LOCK });
    agenda.define('other', async () => {});
    agenda.define('remind', async () => {
      ran.push(Date.now());
    });
    await agenda.start();
    await sleep(10);
    return agenda;
  }

  test('a job that is saved is run without Agenda looking again, at once or at its time', async () => {
    const ran: number[] = [];
    const agenda = await looking(ran, true);
    await agenda.now('remind', {});
    const time = fromNow(100);
    await agenda.schedule(time, 'remind', {});
    await until('both ran', () => ran.length === 2);
    expect(ran[1]).toBeGreaterThanOrEqual(time.getTime());
    await agenda.stop();
  });

  test('none are given any more when Agenda has stopped, and saving works all the same', async () => {
    const ran: number[] = [];
    const agenda = await looking(ran);
    await agenda.stop();
    await agenda.now('remind', {});
    await sleep(50);
    expect(ran).toEqual([]);
    const again = await looking(ran);
    await until('it ran', () => ran.length === 1);
    await again.stop();
  });
});

describe('a process that is killed', () => {
  test('leaves its jobs to the next one, which runs the interrupted one once its lock has lapsed', async () => {
    file.database.close();
    const child = spawn(process.execPath, [new URL('killed-process.ts', import.meta.url).pathname, file.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = await once(child.stdout, 'data');
    expect(String(said)).toBe('running interrupted\n');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const database = openDatabase(file.path);
    const agenda = new Agenda({ backend: await open(database), processEvery: 30, defaultLockLifetime: 300 });
    const ran: unknown[] = [];
    agenda.define('remind', async (job) => {
      ran.push(job.attrs.data);
    });
    await agenda.start();
    await until('both ran', () => ran.length === 2);
    await sleep(500);
    await agenda.stop();
    database.close();
    expect(ran.sort()).toEqual(['interrupted', 'waiting']);
  });
});
