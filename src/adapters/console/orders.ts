/** What pages send: a name, presses, typed lines, the line being typed, and files. */
import express, { type Router } from 'express';
import { z } from 'zod';
import { readPress } from '../../cards/adaptive-actions.ts';
import { CompleteShape, LineShape, PressShape } from './inbound.ts';
import { LONGEST_NAME } from './limits.ts';
import type { Routing } from './routing.ts';

const Session = z.object({ name: z.string().trim().min(1).max(LONGEST_NAME), zone: z.string().max(64).optional() });
/** `data` is what a button carries, with what was put into the inputs beside it, as in Teams. */
const Pressed = z.object({ id: z.string().min(1).max(200).optional(), data: z.unknown() });
const Evidence = z.object({
  id: z.string().min(1).max(200),
  name: z.string().max(1_000).default(''),
  text: z.string().max(4_000).default(''),
});

export function orders({ open, asker, json, attachments }: Routing): Router {
  const router = express.Router();

  router.post('/session', json, async (request, response) => {
    const { name, zone } = Session.parse(request.body);
    const { person } = await open().intake.introduce(name, zone === undefined ? {} : { zone });
    response.json({ id: person.id, name: person.name });
  });

  router.post('/orders', json, async (request, response) => {
    const { id, data } = Pressed.parse(request.body);
    const press = PressShape.parse(readPress(data));
    response.json(await open().inbound.press({ ...press, id }, await asker(request)));
  });

  router.post('/lines', json, async (request, response) => {
    response.json(await open().inbound.line(LineShape.parse(request.body), await asker(request)));
  });

  router.post('/complete', json, async (request, response) => {
    response.json(await open().inbound.completion(CompleteShape.parse(request.body), await asker(request)));
  });

  const bytes = express.raw({ type: () => true, limit: attachments.limit });
  router.post('/incidents/:id/evidence', bytes, async (request, response) => {
    const { id, name, text } = Evidence.parse(request.query);
    const file = {
      name: fileName(name),
      type: request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() || 'application/octet-stream',
      bytes: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
    };
    const who = await asker(request);
    response.json(await open().inbound.evidence(file, { id, incident: request.params.id, text }, who));
  });

  return router;
}

/** A file's own name, without the folders of whoever's machine it comes from. */
function fileName(given: string): string {
  return given.split(/[/\\]/).at(-1)?.slice(0, 200) || 'file';
}
