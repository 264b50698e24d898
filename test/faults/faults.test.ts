// Two instances on one MongoDB, their clocks half a minute apart: whatever fails, nothing that was acknowledged is lost.
import { expect, test } from '@jest/globals';
import { tableOf } from '../durability/report.ts';
import { faultTest } from './fault-test.ts';
import { KINDS } from './faults.ts';

const uri = process.env.MONGODB_TEST_URI;

if (uri) {
  test.each(Object.keys(KINDS))(
    'nothing is lost and nothing doubled through %s',
    async (kind) => {
      const report = await faultTest({ uri, faults: KINDS[kind] ?? [], clocks: [0, 30_000], seed: 7 });
      process.stdout.write(`${tableOf(report)}\n`);
      expect({ lost: report.lost, doubled: report.doubled }).toEqual({ lost: [], doubled: [] });
    },
    600_000,
  );
} else {
  test('no MongoDB, no test of faults', () => {
    console.warn('Faults of MongoDB: NOT TESTED. Set MONGODB_TEST_URI to the address of one.');
  });
}
