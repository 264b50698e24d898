// Files that somebody points at in Discord: copied while their addresses still lead somewhere, or said why not.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type DiscordHouse, openHouse } from '../../support/discord-house.ts';

let house: DiscordHouse;
const cdn = createServer((request, response) => {
  if (request.url !== '/graph.png') return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': 'image/png' }).end('pixels');
});
beforeEach(async () => {
  cdn.listen(0, '127.0.0.1');
  await once(cdn, 'listening');
  house = await openHouse();
});
afterEach(async () => {
  await house.stop();
  cdn.closeAllConnections();
  await new Promise((resolve) => cdn.close(resolve));
});

function file(filename: string, size = 6) {
  const url = `http://127.0.0.1:${(cdn.address() as AddressInfo).port}/${filename}`;
  return { id: '77', filename, url, size, content_type: 'image/png' };
}

test('what could not be copied is kept as a link and says why, in the record and to whoever kept it', async () => {
  const [ann, ben] = [house.who('Ann'), house.who('Ben')];
  await ann.slash('declare', { title: 'Checkout fails' });
  await house.until(() => house.card() !== undefined, 'a card');
  const attachments = [file('graph.png'), file('gone.png'), file('huge.png', 1_000_000_000)];
  const pointed = { id: '900', content: 'Look', author: ben.user, attachments, channel_id: house.text() };
  const answered = await ann.menu('Keep as evidence', pointed, house.text());
  await house.until(async () => (await house.incident()).evidence.length === 4, 'all of it is kept');
  const { evidence } = await house.incident();
  expect(evidence.map(({ text }) => text)).toEqual([
    'Ben: Look',
    'Ben: graph.png',
    'Ben: gone.png (not copied: it could not be fetched where it is)',
    expect.stringMatching(/^Ben: huge\.png \(not copied: it has more than \d+ MB\)$/),
  ]);
  expect(evidence.map(({ attachment, link }) => [attachment !== undefined, link])).toEqual([
    [false, expect.stringContaining('/900')],
    [true, undefined],
    [false, attachments[1]?.url],
    [false, attachments[2]?.url],
  ]);
  expect(JSON.stringify(answered.data)).toContain('not copied');
});
