// Killed between the request to a publisher and the record of it: the words stand there once, or people are asked to look.
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type Provider, startProvider } from '../support/provider.ts';
import { type StatuspageDouble, startStatuspage } from '../support/statuspage-double.ts';
import { until } from './baton-process.ts';
import { type OneBaton, oneBaton } from './one-baton.ts';

jest.setTimeout(120_000);

let baton: OneBaton;
let page: StatuspageDouble;
let channel: Provider;
let posted: string[];

beforeEach(async () => {
  page = await startStatuspage('k');
  page.clock = () => performance.now();
  posted = [];
  channel = await startProvider(({ body }) => {
    posted.push((JSON.parse(body) as { text: string }).text);
    return { status: 200, content: 'ok' };
  });
});
afterEach(async () => {
  await baton.end();
  await Promise.all([page.stop(), channel.stop()]);
});

test('a message on the status page and in the channel, and the end of both', async () => {
  baton = oneBaton(`
people: {anna: {name: Anna Example}, ben: {name: Ben Example}}
commsLeads: [ben]
places: {page: {name: Page, audience: customers}, news: {name: News, audience: customers}}
publishers:
  statuspage: {url: "${page.url}", page: p4g3, key: k, place: page}
  chat: {news: "${channel.url}/services/x"}
`);
  await baton.start();
  await baton.order('1', 'anna', 'declare', { title: 'Nobody can pay' });
  await baton.order('2', 'anna', 'join-call', {}, 'INC-1');
  await baton.order('3', 'anna', 'take-command', {}, 'INC-1');
  // The page is looked at first; then both have the words, and neither says so.
  page.fail('works', 'silent');
  channel.fail('silent');
  await baton.order('4', 'ben', 'draft-message', { text: 'Payments are slow.' }, 'INC-1');
  await baton.order('5', 'anna', 'confirm-message', { message: 1 }, 'INC-1');
  await until('both to have the words', () => page.incidents.length === 1 && posted.length === 1);
  await baton.kill();

  await baton.start();
  expect(await baton.event('INC-1', 'message-published')).toMatchObject({ place: 'page', link: 'https://stspg.io/1' });
  expect(await baton.event('INC-1', 'message-failed')).toMatchObject({
    place: 'news',
    reason: expect.stringContaining('look before it is posted by hand'),
  });
  await baton.order('6', 'anna', 'close', { reason: 'It was nothing' }, 'INC-1');
  await until('the page to say that it is over', () => page.incidents[0]?.status === 'resolved');
  expect(page.incidents).toHaveLength(1);
  expect(page.incidents[0]?.updates.map(({ body }) => body)).toEqual(['Payments are slow.', '']);
  expect(posted).toEqual(['Payments are slow.']);
});
