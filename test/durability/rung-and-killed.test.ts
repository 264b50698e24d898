// Killed between the request to a provider and the record of it: the page is the same one after the restart, and ends.
import { afterEach, expect, jest, test } from '@jest/globals';
import { type PagerDutyDouble, startPagerDuty } from '../support/pagerduty-double.ts';
import { until } from './baton-process.ts';
import { type OneBaton, oneBaton } from './one-baton.ts';

jest.setTimeout(120_000);

const KEY = 'a'.repeat(32);

let baton: OneBaton;
let double: PagerDutyDouble;
afterEach(async () => {
  await baton.end();
  await double.stop();
});

test('PagerDuty wakes once for a page, is quiet when it is answered, and knows when it is over', async () => {
  double = await startPagerDuty([KEY]);
  baton = oneBaton(`
people: {anna: {name: Anna Example}, ben: {name: Ben Example}}
seats: {commander: {name: Incident commander, chain: [anna]}}
pagers: {pagerduty: {url: "${double.url}", key: ${KEY}}}
`);
  await baton.start();
  double.fail('silent');
  await baton.order('1', 'ben', 'declare', { title: 'Nobody can pay' });
  await until('the page', () => double.asked.length > 0);
  await baton.kill();
  await baton.start();
  await until('the page again', () => double.asked.length > 1);
  expect(double.woken).toHaveLength(1);

  await baton.order('2', 'anna', 'answer-page', {}, 'INC-1');
  await until('quiet', () => double.alerts[0]?.status === 'acknowledged');
  double.fail('silent');
  await baton.order('3', 'anna', 'join-call', {}, 'INC-1');
  await until('the end', () => double.alerts[0]?.status === 'resolved');
  await baton.kill();
  await baton.start();
  await until('the end again', () => double.asked.length > 4);
  expect(double.alerts).toHaveLength(1);
  expect(double.woken).toHaveLength(1);
});
