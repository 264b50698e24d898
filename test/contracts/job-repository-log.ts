/** The part of the suite of Agenda's backends about the log of what became of jobs. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { AgendaBackend, JobLogEntry, JobLogger } from 'agenda';
import { Agenda } from 'agenda';
import { until } from './job-repository-database.ts';

export function loggingJobs(connected: () => Promise<AgendaBackend>): void {
  let backend: AgendaBackend;
  let log: JobLogger;
  beforeEach(async () => {
    backend = await connected();
    log = backend.logger as JobLogger;
  });
  const entry = (given: Partial<JobLogEntry> = {}): Omit<JobLogEntry, '_id'> => ({
    timestamp: new Date(1000),
    level: 'info',
    event: 'start',
    jobId: '1',
    jobName: 'remind',
    message: 'job started',
    ...given,
  });
  const messages = async (query: Parameters<JobLogger['getLogs']>[0]) =>
    (await log.getLogs(query)).entries.map((one) => one.message).join('');

  describe('the log', () => {
    test('gives back what was written, newest first', async () => {
      const failed = entry({
        timestamp: new Date(2000),
        level: 'error',
        event: 'fail',
        error: 'no line',
        failCount: 2,
      });
      const meta = { attempt: 1, at: new Date(3) };
      await log.log(entry({ duration: 15, agendaName: 'node-1', meta }));
      await log.log(failed);
      const { entries, total } = await log.getLogs();
      expect(total).toBe(2);
      expect(entries[0]).toMatchObject(failed);
      expect(entries[1]).toMatchObject(entry({ duration: 15, agendaName: 'node-1', meta }));
      expect(entries[0]?._id).not.toBe(entries[1]?._id);
    });

    test('is filtered, sorted and given in pages', async () => {
      const at = (n: number) => new Date(n * 1000);
      await log.log(entry({ message: 'a', timestamp: at(1), jobId: 'x' }));
      await log.log(entry({ message: 'b', timestamp: at(2), level: 'warn', event: 'expired' }));
      await log.log(entry({ message: 'c', timestamp: at(3), jobName: 'other', level: 'error', event: 'fail' }));
      await log.log(entry({ message: 'd', timestamp: at(4), event: 'success' }));
      expect(await messages({ jobId: 'x' })).toBe('a');
      expect(await messages({ jobName: 'remind' })).toBe('dba');
      expect(await messages({ level: 'warn' })).toBe('b');
      expect(await messages({ level: ['warn', 'error'], sort: 'asc' })).toBe('bc');
      expect(await messages({ event: 'success' })).toBe('d');
      expect(await messages({ event: ['start', 'fail'] })).toBe('ca');
      expect(await messages({ from: at(2), to: at(3) })).toBe('cb');
      expect(await messages({ limit: 2, offset: 1 })).toBe('cb');
      expect((await log.getLogs({ limit: 1, jobName: 'remind' })).total).toBe(3);
    });

    test('gives fifty entries when not told how many', async () => {
      for (let n = 0; n < 55; n += 1) await log.log(entry({ timestamp: new Date(n) }));
      const { entries, total } = await log.getLogs();
      expect([entries.length, total]).toEqual([50, 55]);
    });

    test('is cleared in part or as a whole', async () => {
      await log.log(entry({ message: 'a' }));
      await log.log(entry({ message: 'b', jobName: 'other' }));
      await log.log(entry({ message: 'c', level: 'error' }));
      expect(await log.clearLogs({ jobName: 'other' })).toBe(1);
      expect(await messages({ sort: 'asc' })).toBe('ac');
      expect(await log.clearLogs()).toBe(2);
      expect(await log.getLogs()).toEqual({ entries: [], total: 0 });
    });

    test('tells the story of a job when Agenda is told to log', async () => {
      const agenda = new Agenda({ backend, processEvery: 50, defaultLockLifetime: 400, logging: true });
      agenda.define('remind', async () => {});
      await agenda.start();
      await agenda.now('remind', {});
      const events = async () => (await agenda.getLogs({ sort: 'asc' })).entries.map((one) => one.event);
      await until('the job is complete', async () => (await events()).includes('complete'));
      await agenda.stop();
      expect((await events()).sort()).toEqual(['complete', 'locked', 'start', 'success']);
    });
  });
}
