// An incident that is merged is not over: what stands about it on the page stands for the one that it goes on in.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { PublishingHouse } from '../../support/publishing-house.ts';
import { type StatuspageDouble, startStatuspage } from '../../support/statuspage-double.ts';

let page: StatuspageDouble;
let house: PublishingHouse;
beforeEach(async () => {
  page = await startStatuspage('k');
  house = new PublishingHouse(page.url, 'k');
});
afterEach(async () => {
  await house.end();
  await page.stop();
});

const statuses = () => page.incidents.map(({ status }) => status);
const words = () => page.incidents.map(({ updates }) => updates.map(({ body }) => body).filter(Boolean));

/** INC-1 is over, and has come back as INC-2, about which customers have been told. */
async function cameBack(): Promise<void> {
  await house.declares('payments');
  await house.closes('INC-1');
  await house.declares('payments');
  await house.publishes('INC-2', 'Payments fail.');
}

const merged = () => house.does('anna', 'merge-into', { into: 'INC-1' }, 'INC-2');

test('merged, it still stands there as going on; the next words follow it, and the end of the other ends it', async () => {
  await cameBack();
  await merged();
  expect((await house.handler.incident('INC-1'))?.phase).toBe('open');
  expect(statuses()).toEqual(['investigating']);
  expect(page.components).toEqual({ 'cmp-pay': 'major_outage' });

  await house.leads('INC-1');
  await house.publishes('INC-1', 'We have found it.');
  expect(words()).toEqual([['Payments fail.', 'We have found it.']]);
  expect(JSON.stringify(page.incidents[0]?.metadata)).toContain('INC-1@');
  expect(statuses()).toEqual(['investigating']);

  await house.closes('INC-1');
  expect(statuses()).toEqual(['resolved']);
  expect(page.components).toEqual({ 'cmp-pay': 'operational' });
});

test('the end of the other ends it, too, where nothing more was said', async () => {
  await cameBack();
  await merged();
  await house.leads('INC-1');
  await house.closes('INC-1');
  expect(statuses()).toEqual(['resolved']);
  expect(page.components).toEqual({ 'cmp-pay': 'operational' });
});

test('an answer that is lost as the next words follow publishes nothing twice', async () => {
  await cameBack();
  await merged();
  await house.leads('INC-1');
  page.fail('works', 'works', 'lost');
  await house.publishes('INC-1', 'We have found it.');
  expect(words()).toEqual([['Payments fail.', 'We have found it.']]);
});

test('components of both work again at the end', async () => {
  await house.declares('payments');
  await house.closes('INC-1');
  await house.declares('checkout');
  await house.publishes('INC-2', 'Nobody can buy.');
  await merged();
  await house.leads('INC-1');
  await house.publishes('INC-1', 'It is the payments.');
  await house.closes('INC-1');
  expect(page.components).toEqual({ 'cmp-shop': 'operational', 'cmp-pay': 'operational' });
});

test('merged again, it goes on in the last of them', async () => {
  await cameBack();
  await merged();
  await house.declares('checkout');
  await house.closes('INC-3');
  await house.leads('INC-1');
  await house.does('anna', 'merge-into', { into: 'INC-3' }, 'INC-1');
  expect(statuses()).toEqual(['investigating']);
  await house.leads('INC-3');
  await house.publishes('INC-3', 'We have found it.');
  expect(words()).toEqual([['Payments fail.', 'We have found it.']]);
  await house.closes('INC-3');
  expect(statuses()).toEqual(['resolved']);
});

test('merged by mistake and reopened, it speaks for itself again, and the end of the other does not end it', async () => {
  await cameBack();
  await merged();
  await house.does('anna', 'reopen', { reason: 'It was another one' }, 'INC-2');
  await house.leads('INC-1');
  await house.closes('INC-1');
  expect(statuses()).toEqual(['investigating']);
  expect(page.components).toEqual({ 'cmp-pay': 'major_outage' });
  await house.leads('INC-2');
  await house.publishes('INC-2', 'We have found it.');
  expect(words()).toEqual([['Payments fail.', 'We have found it.']]);
});

test('reopened after the other has said more there, it begins anew', async () => {
  await cameBack();
  await merged();
  await house.leads('INC-1');
  await house.publishes('INC-1', 'We have found it.');
  await house.does('anna', 'reopen', { reason: 'It was another one' }, 'INC-2');
  await house.leads('INC-2');
  await house.publishes('INC-2', 'Refunds fail.');
  expect(words()).toEqual([['Payments fail.', 'We have found it.'], ['Refunds fail.']]);
  await house.closes('INC-1');
  expect(statuses()).toEqual(['resolved', 'investigating']);
});

describe('while the page hears nothing', () => {
  test('words of before the merge, and the merge, arrive when the other has ended already: it is ended', async () => {
    await house.declares('payments');
    await house.closes('INC-1');
    await house.declares('payments');
    await house.publishes('INC-2', 'Payments fail.');
    house.away = true;
    await house.publishes('INC-2', 'Nobody can pay.');
    await merged();
    await house.leads('INC-1');
    await house.closes('INC-1');
    expect(statuses()).toEqual(['investigating']);
    await house.comesBack();
    expect(words()).toEqual([['Payments fail.', 'Nobody can pay.']]);
    expect(statuses()).toEqual(['resolved']);
    expect(page.components).toEqual({ 'cmp-pay': 'operational' });
  });

  test('words of before the merge go where the other one stands', async () => {
    await house.declares('payments');
    await house.publishes('INC-1', 'Payments are slow.');
    house.away = true;
    await house.closes('INC-1');
    await house.declares('payments');
    await house.publishes('INC-2', 'Payments fail.');
    await merged();
    await house.comesBack();
    expect(words()).toEqual([['Payments are slow.', 'Payments fail.']]);
    expect(statuses()).toEqual(['investigating']);
  });

  test('what was to end when the incident was reopened does not: it goes on', async () => {
    await house.declares('payments');
    await house.publishes('INC-1', 'Payments fail.');
    house.away = true;
    await house.closes('INC-1');
    await house.does('anna', 'reopen', { reason: 'It is back' }, 'INC-1');
    await house.comesBack();
    expect(statuses()).toEqual(['investigating']);
    expect(page.components).toEqual({ 'cmp-pay': 'major_outage' });
  });
});

test('where each has an entry that stands, none is said to be over before the incident is', async () => {
  await house.declares('payments');
  await house.publishes('INC-1', 'Payments are slow.');
  page.stay({ status: 403 });
  await house.closes('INC-1');
  page.stay('works');
  await house.declares('payments');
  await house.publishes('INC-2', 'Payments fail.');
  await merged();
  expect(statuses()).toEqual(['investigating', 'investigating']);
  await house.leads('INC-1');
  await house.publishes('INC-1', 'We have found it.');
  expect(page.incidents).toHaveLength(2);
  await house.closes('INC-1');
  expect(statuses()).toEqual(['resolved', 'resolved']);
  expect(page.components).toEqual({ 'cmp-pay': 'operational' });
});

describe('a component that two incidents share', () => {
  test('stays as it is while the other one stands on the page', async () => {
    await house.declares('payments');
    await house.publishes('INC-1', 'Payments fail.');
    await house.declares('checkout');
    await house.publishes('INC-2', 'Nobody can buy.');
    await house.closes('INC-2');
    expect(statuses()).toEqual(['investigating', 'resolved']);
    expect(page.components).toEqual({ 'cmp-pay': 'major_outage', 'cmp-shop': 'operational' });
    await house.closes('INC-1');
    expect(page.components['cmp-pay']).toBe('operational');
  });

  test('is not said to be better by words about the milder one', async () => {
    await house.declares('payments');
    await house.publishes('INC-1', 'Payments fail.');
    await house.declares('checkout', 'SEV-3');
    await house.publishes('INC-2', 'Pictures are missing.');
    expect(page.components).toEqual({ 'cmp-pay': 'major_outage', 'cmp-shop': 'degraded_performance' });
    await house.closes('INC-1');
    expect(page.components['cmp-pay']).toBe('major_outage');
    await house.publishes('INC-2', 'Some are back.');
    expect(page.components['cmp-pay']).toBe('degraded_performance');
  });

  test('works again when customers were told nothing of the other one', async () => {
    await house.declares('payments');
    await house.declares('checkout');
    await house.publishes('INC-2', 'Nobody can buy.');
    await house.closes('INC-2');
    expect(page.components).toEqual({ 'cmp-pay': 'operational', 'cmp-shop': 'operational' });
  });

  test('stays as it is for one that was merged into the other', async () => {
    await house.declares('mail');
    await house.closes('INC-1');
    await house.declares('payments');
    await house.publishes('INC-2', 'Payments fail.');
    await merged();
    await house.declares('checkout');
    await house.publishes('INC-3', 'Nobody can buy.');
    await house.closes('INC-3');
    expect(page.components).toEqual({ 'cmp-pay': 'major_outage', 'cmp-shop': 'operational' });
  });
});
