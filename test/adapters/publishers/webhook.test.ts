// Publications leave the house as JSON, and what comes of them goes back in as an order.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { webhookPublisher } from '../../../src/adapters/publishers/webhook.ts';
import { commandNamed } from '../../../src/core/commands/index.ts';
import type { Effect, Order, World } from '../../../src/core/contract.ts';
import type { Event } from '../../../src/core/events.ts';
import { replay } from '../../../src/core/evolve.ts';
import type { Incident } from '../../../src/core/incident.ts';
import type { Answer, Log } from '../../../src/core/ports.ts';
import { DEFAULTS } from '../../../src/core/settings.ts';
import { WIRE } from '../../../src/posting/send.ts';
import { type Receiver, startReceiver } from '../../support/receiver.ts';

const AT = Date.parse('2026-01-02T03:04:05Z');

const WORLD: World = {
  settings: { ...DEFAULTS, places: { status: { name: 'Status page', audience: 'customers' } } },
  people: { anna: { id: 'anna', name: 'Anna Example', phone: '+49 30 5550 100', zone: 'Europe/Berlin' } },
  commanded: {},
  resting: {},
  closed: [],
};

const LOG: Log = { info: () => {}, warn: () => {}, error: () => {} };

let receiver: Receiver;
let orders: Order[];

beforeEach(async () => {
  receiver = await startReceiver();
  orders = [];
});
afterEach(() => receiver.stop());

/** An incident to which these things have happened. */
function incidentAfter(...events: Event[]): Incident {
  const declared: Event = {
    type: 'incident-declared',
    title: 'Checkout fails',
    severity: 'SEV-1',
    source: { kind: 'chat', via: 'console' },
    drill: false,
    service: 'payments',
  };
  const recorded = [declared, ...events].map((event, index) => ({ ...event, seq: index + 1, at: AT, by: 'baton' }));
  return replay('INC-1', recorded) as Incident;
}

const PUBLISH: Effect = {
  id: 'INC-1/9/0',
  seq: 9,
  at: AT,
  type: 'publish',
  place: 'status',
  text: 'Payments are slow.',
  message: 3,
};

/** What both outlets are given; orders are kept, and answered as if they had been carried out. */
const surroundings = () => ({
  publicUrl: 'https://baton.example.com',
  world: async () => WORLD,
  log: LOG,
  wire: { ...WIRE, sleep: async () => {} },
  handle: async (order: Order): Promise<Answer> => {
    orders.push(order);
    return { incident: incidentAfter(), events: [] };
  },
});

const publisher = () => webhookPublisher({ target: { url: receiver.url, secret: 's' }, ...surroundings() });

/** Every field that is handed in is one that the command has. */
function expectLawful(order: Order | undefined) {
  const fields = commandNamed(order?.command ?? '')?.fields ?? {};
  expect(Object.keys(fields)).toEqual(expect.arrayContaining(Object.keys(order?.fields ?? {})));
}

describe('a publication', () => {
  test('is sent to its place and reported with the link that came back', async () => {
    receiver.answer({ status: 200, body: '{"link":"https://status.example.com/7"}' });
    await publisher().deliver(PUBLISH, incidentAfter());
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
      type: 'publication',
      id: 'INC-1/9/0',
      place: { id: 'status', name: 'Status page', audience: 'customers' },
      message: 3,
      text: 'Payments are slow.',
      incident: { id: 'INC-1' },
    });
    expect(orders).toMatchObject([
      {
        id: 'INC-1/9/0/published',
        command: 'report-publication',
        fields: { message: 3, place: 'status', link: 'https://status.example.com/7' },
      },
    ]);
    expectLawful(orders[0]);
  });

  test.each(['not JSON', '{"link":"javascript:alert(1)"}', '{"link":7}', '[]'])(
    'answered %s has no link',
    async (body) => {
      receiver.answer({ status: 200, body });
      await publisher().deliver(PUBLISH, incidentAfter());
      expect(orders[0]?.fields).toEqual({ message: 3, place: 'status' });
    },
  );

  test('that cannot be sent says why', async () => {
    receiver.answer({ status: 403 });
    await publisher().deliver(PUBLISH, incidentAfter());
    expect(orders[0]?.fields).toEqual({ message: 3, place: 'status', reason: `${receiver.host} answered 403` });
  });

  test('is nobody’s where no publisher is set up: the core has it posted by hand', async () => {
    await webhookPublisher(surroundings()).deliver(PUBLISH, incidentAfter());
    expect(orders).toEqual([]);
  });

  test('that is an update rather than a message is sent, and nothing is reported', async () => {
    const { message: _, ...update } = PUBLISH as Extract<Effect, { type: 'publish' }>;
    await publisher().deliver(update, incidentAfter());
    expect(receiver.received).toHaveLength(1);
    expect(orders).toEqual([]);
  });

  test('that is an update and could not be sent is reported, because its commander believes it sent', async () => {
    receiver.answer({ status: 503 });
    const { message: _, ...update } = PUBLISH as Extract<Effect, { type: 'publish' }>;
    await publisher().deliver(update, incidentAfter());
    expect(orders[0]).toMatchObject({ id: 'INC-1/9/0/failed', command: 'report-publication' });
    expect(orders[0]?.fields).toEqual({ place: 'status', reason: `${receiver.host} answered 503` });
    expectLawful(orders[0]);
  });
});
