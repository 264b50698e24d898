/** What pages ask: who there is, the board, an incident, help, a file, and the stream that keeps them current. */
import { Readable } from 'node:stream';
import express, { type Router } from 'express';
import { z } from 'zod';
import { Absent } from './failed.ts';
import { helpFor } from './help.ts';
import { asking } from './reader.ts';
import { viewOf } from './render.ts';
import type { Routing } from './routing.ts';
import type { Start } from './wire.ts';

const Version = z.coerce.number().int().nonnegative();
const Stream = z.object({
  incident: z.string().min(1).max(64).optional(),
  after: Version.optional(),
  since: z.coerce.number().nonnegative().optional(),
});

/** Pictures that a browser may show in the page; anything else, SVG above all, is only ever downloaded. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export function questions({ open, asker, attachments, live }: Routing): Router {
  const router = express.Router();

  router.get('/start', async (request, response) => {
    const world = await open().intake.world();
    const { reader } = asking(request, world);
    const people = Object.values(world.people)
      .map(({ id, name }) => ({ id, name }))
      .sort((a, b) => new Intl.Collator(reader.language).compare(a.name, b.name));
    const start: Start = { people, largestFile: attachments.limit };
    response.json(start);
  });

  router.get('/board', async (_request, response) => {
    response.json((await open().sights.overview()).board);
  });

  router.get('/me', async (request, response) => {
    const { by: id, world } = await asker(request);
    response.json({ id, name: world.people[id]?.name ?? id });
  });

  router.get('/help', async (request, response) => {
    response.json(helpFor(await asker(request)));
  });

  router.get('/incidents/:id', async (request, response) => {
    const incident = await open().intake.incident(request.params.id);
    if (!incident) throw new Absent();
    response.json(viewOf(incident, await asker(request)));
  });

  router.get('/incidents/:id/entries', async (request, response) => {
    const { person, reader } = await asker(request);
    const before = Version.default(Number.MAX_SAFE_INTEGER).parse(request.query.before);
    const entries = await open().sights.earlier(request.params.id, before, reader, person);
    if (!entries) throw new Absent();
    response.json(entries);
  });

  router.get('/attachments/:id', async (request, response) => {
    const file = await attachments.fetch(request.params.id);
    if (!file) throw new Absent();
    const shown = SHOWN.has(file.type);
    response.set({
      'content-type': shown ? file.type : 'application/octet-stream',
      'content-length': String(file.bytes.byteLength),
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, max-age=31536000, immutable',
    });
    response.attachment(file.name);
    if (shown)
      response.set('content-disposition', response.get('content-disposition')?.replace(/^attachment/, 'inline'));
    response.type(shown ? file.type : 'application/octet-stream');
    Readable.from([file.bytes]).pipe(response);
  });

  router.get('/stream', async (request, response) => {
    const { incident, after: had, since } = request.query;
    const asked = Stream.parse({ incident, after: had, since });
    const who = await asker(request);
    const last = Version.safeParse(request.headers['last-event-id'] || undefined).data;
    const after = last === undefined ? asked.after : Math.max(last, asked.after ?? 0);
    const sights = open().sights.sightsFor(who.reader, who.person);
    const opened = live.open(response, {
      person: who.person,
      reader: who.reader,
      incident: asked.incident,
      after,
      since: asked.since,
      sights,
    });
    if (!opened) response.status(503).json({ problem: 'too-many' });
  });

  return router;
}
