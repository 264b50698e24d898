// Killed at each kind of moment and started again: nothing acknowledged is lost, nothing is said twice. At length: `npm run kills`.
import { expect, test } from '@jest/globals';
import { killTest } from './kill-test.ts';
import { tableOf } from './report.ts';

const KILLS = 15;

test(`after ${KILLS} kills nothing is lost and nothing doubled`, async () => {
  const report = await killTest({ kills: KILLS, seed: Date.now() % 100_000 });
  const { lost, doubled } = report;
  expect({ lost, doubled, table: tableOf(report) }).toMatchObject({ lost: [], doubled: [] });
  // A test that saw nothing happen would pass as well.
  const counted = new Map(report.counts);
  expect(report.kills).toBe(KILLS);
  for (const what of ['orders acknowledged', 'events', 'reminders', 'pages']) {
    expect(Number(counted.get(what))).toBeGreaterThan(KILLS);
  }
}, 600_000);
