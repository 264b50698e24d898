/** The record is to be had in four forms, and a picture that cannot be painted is answered, not dropped. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { loadImage } from '@napi-rs/canvas';
import { createAccess } from '../src/access.ts';
import { createPictures, type Pictures, type Png } from '../src/adapters/canvas/pictures.ts';
import type { Intake, Log } from '../src/core/ports.ts';
import { createHttp } from '../src/http.ts';
import { createMetrics } from '../src/metrics.ts';
import { recordRoutes } from '../src/record-routes.ts';
import { Room, SETTINGS } from './support/room.ts';

const TOKEN = 'a-token-of-some-length';
const log: Log = { info() {}, warn() {}, error() {} };

let server: Server | undefined;
let pictures: Pictures | undefined;
afterEach(async () => {
  pictures?.stop();
  server?.closeAllConnections();
  await new Promise((done) => server?.close(done) ?? done(undefined));
});

async function serve(room: Room, painting: Pictures = createPictures(log)) {
  pictures = painting;
  const intake = {
    incident: async (id: string) => (id === room.incident.id ? room.incident : undefined),
    events: async () => room.events,
    world: async () => room.world,
  } as unknown as Intake;
  const app = createHttp({
    access: createAccess({ token: TOKEN }),
    open: [],
    guarded: [recordRoutes(intake, SETTINGS, painting)],
    metrics: createMetrics(Date.now).registry,
    unready: async () => undefined,
    log,
  });
  server = createServer(app).listen(0, '127.0.0.1');
  const listening = server;
  await new Promise((ready) => listening.once('listening', ready));
  const { port } = server.address() as AddressInfo;
  return (path: string, token = TOKEN) =>
    fetch(`http://127.0.0.1:${port}/incidents/${path}`, { headers: { authorization: `Bearer ${token}` } });
}

test('[REC-1] the timeline as PNG is the SVG at twice its size, behind the same door', async () => {
  const get = await serve(new Room('Zahlung schlägt fehl 🔥 決済 خلل'));
  const [svg, png] = [await get('INC-1/timeline.svg'), await get('INC-1/timeline.png')];
  expect([png.status, png.headers.get('content-type')]).toEqual([200, 'image/png']);
  const kept = (answer: Response) =>
    ['cache-control', 'content-security-policy'].map((name) => answer.headers.get(name));
  expect(kept(png)).toEqual(kept(svg));
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(await svg.text()) ?? [];
  const image = await loadImage(Buffer.from(await png.arrayBuffer()));
  expect([image.width, image.height]).toEqual([Number(width) * 2, Number(height) * 2]);
  expect((await get('INC-1/timeline.png', 'wrong')).status).toBe((await get('INC-1/timeline.svg', 'wrong')).status);
  expect((await get('INC-1/timeline.png', 'wrong')).status).toBe(401);
  expect((await get('INC-9/timeline.png')).status).toBe(404);
});

test.each<[Extract<Png, { unpainted: unknown }>['unpainted'], number]>([
  ['failed', 503],
  ['too-many', 503],
  ['stopping', 503],
  ['too-tall', 422],
])('a picture that is %s is answered with %d and what to do', async (unpainted, status) => {
  const get = await serve(new Room(), { png: async () => ({ unpainted }), stop() {} });
  const answer = await get('INC-1/timeline.png');
  expect(answer.status).toBe(status);
  expect(answer.headers.has('retry-after')).toBe(status === 503);
  expect(await answer.json()).toEqual({ error: expect.stringMatching(/timeline\.svg|Try again/) });
});
