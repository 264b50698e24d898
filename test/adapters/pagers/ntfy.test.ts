// ntfy pushes a page to the phone of whoever is wanted, with the ways to the call and to the incident.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ntfy } from '../../../src/adapters/pagers/ntfy.ts';
import { pagerOutlets } from '../../../src/adapters/pagers/pager.ts';
import type { Incident } from '../../../src/core/incident.ts';
import { pagerContract } from '../../contracts/pager.ts';
import { type NtfyDouble, startNtfy } from '../../support/ntfy-double.ts';
import { CALL, type House, incidentAfter, PAGE, paged, pagingHouse, SEAT } from '../../support/paging-house.ts';

const TOKEN = 'tk_of_the_house';
const TOPIC = 'anna-7f3a9c';

pagerContract({
  name: 'ntfy',
  secrets: [TOKEN, TOPIC],
  knowsAgain: false,
  refusal: 403,
  async open() {
    const provider = await startNtfy(TOKEN);
    return {
      provider,
      pager: (wire, publicUrl) => ntfy({ url: provider.url, token: TOKEN, topics: { anna: TOPIC } }, publicUrl, wire),
      woken: () => provider.pushed.map(({ title, message }) => `${title}\n${message}`),
    };
  },
});

let double: NtfyDouble;
let house: House;
beforeEach(async () => {
  double = await startNtfy(TOKEN);
  house = pagingHouse();
});
afterEach(() => double.stop());

async function push(incident: Incident, { person = 'anna', token = TOKEN as string | null, publicUrl = '' } = {}) {
  const options = { url: double.url, topics: { anna: TOPIC, ben: 'ben-1' }, ...(token !== null && { token }) };
  const [outlet] = pagerOutlets([ntfy(options, publicUrl || undefined, house.wire)], house.given);
  await outlet?.deliver({ ...PAGE, person }, incident);
}

test('one press opens the incident, another the call', async () => {
  await push(incidentAfter(CALL, SEAT, paged(1)), { publicUrl: 'https://baton.example.com' });
  expect(double.pushed).toEqual([
    {
      topic: TOPIC,
      title: 'SEV-1 · INC-1: Checkout fails',
      message: 'Anna Example, you are needed: Payments on-call. Please join the call.',
      priority: 5,
      click: 'https://baton.example.com/#/INC-1',
      actions: [
        { action: 'view', label: 'Join the call', url: 'https://meet.example.com/1' },
        { action: 'view', label: 'INC-1', url: 'https://baton.example.com/#/INC-1' },
      ],
    },
  ]);
});

test('where nobody reaches Baton from outside, a press opens the call; without a call nothing', async () => {
  await push(incidentAfter(CALL, SEAT, paged(1)));
  await push(incidentAfter(SEAT, paged(1)));
  expect(double.pushed.map(({ click, actions }) => [click, actions.length])).toEqual([
    ['https://meet.example.com/1', 1],
    [undefined, 0],
  ]);
});

test('it speaks the language of whoever is paged', async () => {
  await push(incidentAfter(SEAT, paged(1, 'quorum', 'ben')), { person: 'ben' });
  expect(double.pushed[0]?.message).toBe('Ben Example, du wirst gebraucht: Payments on-call. Bitte komm in den Call.');
});

test('the worst severity is the loudest, any other page still loud', async () => {
  await push(incidentAfter({ type: 'severity-set', severity: 'SEV-3', reason: 'x', assumed: false }, SEAT, paged(1)));
  expect(double.pushed[0]?.priority).toBe(4);
});

describe('a server that does not let Baton in', () => {
  test.each([
    ['without a token', null, 403],
    ['with a wrong one', 'tk_other', 401],
  ])('%s is said to be so at once', async (_what, token, status) => {
    await push(incidentAfter(SEAT, paged(1)), { token });
    expect(double.asked).toHaveLength(1);
    expect(house.orders).toMatchObject([{ fields: { reason: `${double.host} answered ${status}` } }]);
  });
});
