// A chat's webhook posts whatever comes as often as it comes: what may have arrived is never sent again.
import { expect, test } from '@jest/globals';
import { chatPublisher } from '../../../src/adapters/publishers/chat.ts';
import { publisherOutlet } from '../../../src/adapters/publishers/publisher.ts';
import { publisherContract } from '../../contracts/publisher.ts';
import { confirmed, incidentAfter, PUBLISH, pagingHouse } from '../../support/paging-house.ts';
import { startProvider } from '../../support/provider.ts';

const SECRET = 'T0/B0/of-the-channel';

async function startChannel() {
  const posted: string[] = [];
  const provider = await startProvider(({ body, method }) => {
    const { text } = JSON.parse(body) as { text?: unknown };
    if (method !== 'POST' || typeof text !== 'string' || text === '') return { status: 400, content: 'no_text' };
    posted.push(text);
    return { status: 200, content: 'ok' };
  });
  return { provider, posted };
}

publisherContract({
  name: 'chat',
  secrets: [SECRET],
  async open() {
    const { provider, posted } = await startChannel();
    return {
      provider,
      publisher: (wire) => chatPublisher({ status: `${provider.url}/services/${SECRET}` }, wire),
      published: () => posted,
    };
  },
});

test.each([
  ['/services/x', 'Fees < 3 & up <!channel>', 'Fees &lt; 3 &amp; up &lt;!channel&gt;'],
  [
    '/services/x',
    'Hello @channel and @Here, not me@allegro.example',
    'Hello @\u200bchannel and @\u200bHere, not me@allegro.example',
  ],
  ['/api/webhooks/1/x/slack', 'Fees < 3 & up, @everyone', 'Fees < 3 & up, @\u200beveryone'],
])('%s: %s rings for nobody, and reads as it was confirmed', async (path, text, shown) => {
  const { provider, posted } = await startChannel();
  const house = pagingHouse();
  const outlet = publisherOutlet(chatPublisher({ status: `${provider.url}${path}` }, house.wire), house.given);
  await outlet.deliver({ ...PUBLISH, text }, incidentAfter(...confirmed(text)));
  await provider.stop();
  expect(posted).toEqual([shown]);
});

test('a channel that broke down over a message is not asked again: it may have posted it', async () => {
  const { provider } = await startChannel();
  provider.stay({ status: 500 });
  const house = pagingHouse();
  const outlet = publisherOutlet(chatPublisher({ status: `${provider.url}/x` }, house.wire), house.given);
  await outlet.deliver(PUBLISH, incidentAfter(...confirmed(PUBLISH.text)));
  await provider.stop();
  expect(provider.asked).toHaveLength(1);
  expect(house.orders[0]?.fields.reason).toBe(
    `${provider.host} answered 500. It may be there all the same: look before it is posted by hand`,
  );
});

test('a place with the name of something else that objects have is not served', () => {
  expect(chatPublisher({}).serves('constructor')).toBe(false);
});
