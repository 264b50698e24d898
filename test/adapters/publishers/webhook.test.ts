// The webhook publishes to a receiver of the operator's, which drops what it has seen and may answer with a link.
import { expect, test } from '@jest/globals';
import { publisherOutlet } from '../../../src/adapters/publishers/publisher.ts';
import { webhookPublisher } from '../../../src/adapters/publishers/webhook.ts';
import { publisherContract } from '../../contracts/publisher.ts';
import { confirmed, incidentAfter, PUBLISH, pagingHouse } from '../../support/paging-house.ts';
import { startProvider } from '../../support/provider.ts';

const SECRET = 'shared-with-the-receiver';

async function startReceiver(content: unknown = {}) {
  const seen = new Map<unknown, string>();
  const provider = await startProvider(({ headers, body }) => {
    seen.set(headers['idempotency-key'], (JSON.parse(body) as { text: string }).text);
    return { status: 200, content };
  });
  return { provider, seen };
}

publisherContract({
  name: 'webhook',
  secrets: [SECRET],
  async open() {
    const { provider, seen } = await startReceiver();
    const target = { url: `${provider.url}/words`, secret: SECRET };
    return {
      provider,
      publisher: (wire) => webhookPublisher(target, (place) => place === 'status', undefined, wire),
      published: () => [...seen.values()],
    };
  },
});

async function publish(answer: unknown) {
  const { provider } = await startReceiver(answer);
  const house = pagingHouse();
  const target = { url: provider.url, secret: SECRET };
  const publisher = webhookPublisher(target, () => true, 'https://baton.example.com', house.wire);
  await publisherOutlet(publisher, house.given).deliver(PUBLISH, incidentAfter(...confirmed(PUBLISH.text)));
  await provider.stop();
  return { fields: house.orders[0]?.fields, body: JSON.parse(provider.asked[0]?.body ?? '') };
}

test('it says what, where and about what, and takes the link that comes back', async () => {
  const { fields, body } = await publish({ link: 'https://status.example.com/7' });
  expect(body).toMatchObject({
    type: 'publication',
    id: 'INC-1/9/0',
    at: '2026-01-02T03:04:05.000Z',
    place: { id: 'status', name: 'Status page', audience: 'customers' },
    message: 1,
    text: PUBLISH.text,
    incident: { id: 'INC-1', url: 'https://baton.example.com/#/INC-1' },
  });
  expect(fields).toEqual({ message: 1, place: 'status', link: 'https://status.example.com/7' });
});

test.each(['not JSON', '{"link":"javascript:alert(1)"}', '{"link":7}', '[]'])('%s is no link', async (answer) => {
  expect((await publish(answer)).fields).toEqual({ message: 1, place: 'status' });
});

test('is nobody’s where no publisher is set up: the core has it posted by hand', async () => {
  const house = pagingHouse();
  const nobody = webhookPublisher(undefined, () => true, undefined, house.wire);
  await publisherOutlet(nobody, house.given).deliver(PUBLISH, incidentAfter(...confirmed(PUBLISH.text)));
  expect(house.orders).toEqual([]);
});
