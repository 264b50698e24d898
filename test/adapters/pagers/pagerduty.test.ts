// PagerDuty rings for a page from the first try until it is answered, over, or asked anew.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pagerOutlets, type Ringing } from '../../../src/adapters/pagers/pager.ts';
import { type PagerDutyOptions, pagerDuty } from '../../../src/adapters/pagers/pagerduty.ts';
import type { Effect } from '../../../src/core/contract.ts';
import type { Event } from '../../../src/core/events.ts';
import type { Incident } from '../../../src/core/incident.ts';
import type { Outlet } from '../../../src/core/ports.ts';
import { pagerContract } from '../../contracts/pager.ts';
import { type PagerDutyDouble, startPagerDuty } from '../../support/pagerduty-double.ts';
import { type House, incidentAfter, PAGE, paged, pagingHouse, SEAT } from '../../support/paging-house.ts';

const KEY = 'a'.repeat(32);
const [ANNAS, PAYMENTS, SEATS] = ['b', 'c', 'd'].map((one) => one.repeat(32)) as [string, string, string];
const NOBODYS = { people: {}, seats: {}, services: {} };

pagerContract({
  name: 'pagerduty',
  secrets: [KEY],
  knowsAgain: true,
  refusal: 400,
  async open() {
    const provider = await startPagerDuty([KEY]);
    return {
      provider,
      pager: (wire, publicUrl) => pagerDuty({ ...NOBODYS, url: provider.url, key: KEY }, publicUrl, wire),
      woken: () => provider.woken,
    };
  },
});

let double: PagerDutyDouble;
let house: House;
let outlet: Outlet;

beforeEach(async () => {
  double = await startPagerDuty([KEY, ANNAS, PAYMENTS, SEATS]);
  house = pagingHouse();
  outlet = opened({ key: KEY });
});
afterEach(() => double.stop());

function opened(keys: Partial<PagerDutyOptions>): Outlet {
  const pager = pagerDuty({ ...NOBODYS, url: double.url, ...keys }, undefined, house.wire);
  const [only] = pagerOutlets([pager], house.given);
  if (!only) throw new Error('no outlet');
  return only;
}

const first = () => incidentAfter(SEAT, paged(1));
const statuses = () => double.alerts.map(({ status }) => status);
const ends = (how: 'answered' | 'over', whom: { people?: string[]; seats?: string[] } = {}): Effect => ({
  id: 'INC-1/9/end-page',
  seq: 9,
  at: PAGE.at + 60_000,
  type: 'end-page',
  how,
  ...whom,
});
const closed = (): Incident => incidentAfter(SEAT, paged(1), { type: 'incident-closed', early: true, reason: 'x' });

describe('what rings', () => {
  test('a repeat is the same page: PagerDuty repeats by its own rules', async () => {
    await outlet.deliver(PAGE, first());
    await outlet.deliver({ ...PAGE, id: 'INC-1/5/0', attempt: 2 }, incidentAfter(SEAT, paged(1), paged(2, 'repeat')));
    expect(double.asked).toHaveLength(2);
    expect(double.woken).toHaveLength(1);
  });

  test('an answer in Baton quiets it, and is told once', async () => {
    await outlet.deliver(PAGE, first());
    await outlet.deliver(ends('answered', { people: ['ben'] }), first());
    expect(statuses()).toEqual(['triggered']);
    await outlet.deliver(ends('answered', { people: ['anna'] }), first());
    await outlet.deliver(ends('answered', { people: ['anna'] }), first());
    expect(statuses()).toEqual(['acknowledged']);
    expect(double.asked).toHaveLength(2);
  });

  test.each([
    ['whoever was paged', { people: ['anna'] }],
    ['the seat', { seats: ['payments'] }],
    ['everything', {}],
  ])('it is resolved when %s needs nobody any more, also after a restart', async (_what, whom) => {
    await outlet.deliver(PAGE, first());
    outlet = opened({ key: KEY });
    await outlet.deliver(ends('over', whom), first());
    expect(statuses()).toEqual(['resolved']);
    await outlet.deliver(ends('over', whom), first());
    expect(double.asked).toHaveLength(2);
  });

  test('somebody who answered and is asked for anew is woken anew', async () => {
    await outlet.deliver(PAGE, first());
    await outlet.deliver(ends('answered', { people: ['anna'] }), first());
    const anew = incidentAfter(SEAT, paged(1), { type: 'page-answered', person: 'anna' }, paged(2, 'asked'));
    await outlet.deliver({ ...PAGE, id: 'INC-1/6/0', seq: 6, at: PAGE.at + 9_000, attempt: 2 }, anew);
    expect(double.woken).toHaveLength(2);
    expect(statuses()).toEqual(['resolved', 'triggered']);
  });

  test('what could not be quieted goes on, and is resolved with the next end', async () => {
    await outlet.deliver(PAGE, first());
    double.fail({ status: 500 }, { status: 500 }, { status: 500 });
    await outlet.deliver(ends('answered', { people: ['anna'] }), first());
    expect(statuses()).toEqual(['triggered']);
    expect(house.logged.at(-1)).toContain('could not be ended');
    await outlet.deliver(ends('over'), closed());
    expect(statuses()).toEqual(['resolved']);
  });

  const ANSWERED: Event = { type: 'page-answered', person: 'anna' };
  const both = (...after: Event[]) => incidentAfter(SEAT, paged(1), paged(1, 'quorum', 'ben'), ...after);
  const rings = async () => {
    await outlet.deliver(PAGE, both());
    await outlet.deliver({ ...PAGE, id: 'INC-1/5/0', seq: 5, at: PAGE.at + 1_000, person: 'ben' }, both());
  };

  test('what could not be quieted is quieted with what is quieted next, whoever that is of', async () => {
    await rings();
    double.fail({ status: 503 }, { status: 503 }, { status: 503 });
    await outlet.deliver(ends('answered', { people: ['anna'] }), both(ANSWERED));
    expect(statuses()).toEqual(['triggered', 'triggered']);
    outlet = opened({ key: KEY });
    await outlet.deliver(ends('answered', { people: ['ben'] }), both(ANSWERED));
    expect(statuses()).toEqual(['acknowledged', 'acknowledged']);
    const { length } = double.asked;
    await outlet.deliver(ends('answered', { people: ['ben'] }), both(ANSWERED));
    expect(double.asked).toHaveLength(length);
  });

  test('what could not be resolved is resolved even where less would do next', async () => {
    await rings();
    double.fail({ status: 503 }, { status: 503 }, { status: 503 });
    await outlet.deliver(ends('over', { people: ['anna'] }), both());
    await outlet.deliver(ends('answered', { people: ['anna', 'ben'] }), both());
    expect(statuses()).toEqual(['resolved', 'acknowledged']);
  });

  test('whoever is paged again after that is wanted: what ends others leaves them ringing', async () => {
    await rings();
    double.fail({ status: 503 }, { status: 503 }, { status: 503 });
    await outlet.deliver(ends('over', { people: ['anna'] }), both());
    await outlet.deliver(
      { ...PAGE, id: 'INC-1/6/0', seq: 6, at: PAGE.at + 2_000, attempt: 2 },
      both(paged(2, 'repeat')),
    );
    await outlet.deliver(ends('answered', { people: ['ben'] }), both());
    expect(statuses()).toEqual(['triggered', 'acknowledged']);
  });

  test('what cannot be resolved when the incident closes is tried until it can', async () => {
    await outlet.deliver(PAGE, first());
    double.stay('reset');
    await expect(outlet.deliver(ends('over'), closed())).rejects.toThrow(/pagerduty: .* could not be reached/);
    double.stay('works');
    await outlet.deliver(ends('over'), closed());
    expect(statuses()).toEqual(['resolved']);
  });

  test('a refusal when the incident closes is final: nothing would change', async () => {
    await outlet.deliver(PAGE, first());
    double.stay({ status: 400 });
    await outlet.deliver(ends('over'), closed());
    expect(house.logged.at(-1)).toContain('answered 400');
  });

  test('a page that could not be sent for sure is ended all the same', async () => {
    double.fail('lost', { status: 400 });
    await outlet.deliver(PAGE, first());
    expect(house.orders).toHaveLength(1);
    expect(statuses()).toEqual(['triggered']);
    await outlet.deliver(ends('over'), closed());
    expect(statuses()).toEqual(['resolved']);
  });
});

describe('whose key is taken', () => {
  const all = { key: KEY, people: { anna: ANNAS }, seats: { payments: SEATS }, services: { payments: PAYMENTS } };
  test.each<[string, Partial<PagerDutyOptions>, string]>([
    ['the person’s first', all, ANNAS],
    ['then the seat’s', { ...all, people: { ben: ANNAS } }, SEATS],
    ['then the service’s', { ...all, people: {}, seats: {} }, PAYMENTS],
    ['then everybody’s', { key: KEY, services: { mail: PAYMENTS } }, KEY],
  ])('%s', async (_what, keys, routing) => {
    outlet = opened(keys);
    await outlet.deliver(PAGE, first());
    await outlet.deliver(ends('over'), first());
    expect(double.alerts).toMatchObject([{ routing, status: 'resolved' }]);
  });

  test('whom it has no way to is left to the others', async () => {
    outlet = opened({ people: { ben: KEY } });
    await outlet.deliver(PAGE, first());
    expect(double.asked).toEqual([]);
    expect(house.orders).toEqual([]);
  });

  test('names that every object has lead nowhere', () => {
    const pager = pagerDuty({ ...NOBODYS, url: double.url }, undefined);
    const whom: Ringing = { person: 'constructor', seat: '__proto__', service: 'toString' };
    expect(pager.reaches(whom)).toBe(false);
  });
});

test.each([
  ['SEV-1', 'critical'],
  ['SEV-2', 'error'],
  ['SEV-3', 'warning'],
])('%s is %s there', async (severity, theirs) => {
  const set: Event = { type: 'severity-set', severity, reason: 'x', assumed: false };
  await outlet.deliver(PAGE, incidentAfter(set, SEAT, paged(1)));
  expect(JSON.parse(double.asked[0]?.body ?? '').payload).toMatchObject({ severity: theirs, component: 'payments' });
});
