/** The record of an incident, to take away: `/incidents/{id}/record.md`, `.json`, `timeline.svg` and `.png` (REC-1). */
import express, { type Request, type Router } from 'express';
import type { Pictures, Png } from './adapters/canvas/pictures.ts';
import { recordJson, recordMarkdown } from './cards/record.ts';
import { svg } from './cards/svg.ts';
import { timelinePicture } from './cards/timeline.ts';
import { CATALOGUES } from './cards/words/catalogues.ts';
import { type Reader, readerOf } from './cards/words/reader.ts';
import { wordsFor } from './cards/words/words.ts';
import type { Intake } from './core/ports.ts';
import type { Settings } from './core/settings.ts';

const LANGUAGES = Object.keys(CATALOGUES);

/** Said of a picture that is not there. The SVG is drawn by whoever shows it, so it always is. */
const UNPAINTED: Readonly<
  Record<Extract<Png, { unpainted: unknown }>['unpainted'], { status: number; error: string }>
> = {
  'too-tall': { status: 422, error: 'This timeline is too long for a PNG. Take timeline.svg, which has no limit.' },
  'too-many': { status: 503, error: 'Many pictures are being painted. Try again in a moment, or take timeline.svg.' },
  failed: { status: 503, error: 'The picture could not be painted; the log says why. Take timeline.svg instead.' },
  stopping: { status: 503, error: 'Baton is being stopped. Try again once it is back.' },
};

export function recordRoutes(intake: Intake, settings: Settings, pictures: Pictures): Router {
  const router = express.Router();

  router.get('/incidents/:id/record.md', async (request, response, next) => {
    const found = await find(request.params.id);
    if (!found) return next();
    const { people } = await intake.world();
    const words = wordsFor(readerFor(request, settings), people, found.incident, settings.places);
    const markdown = recordMarkdown(found.incident, found.events, settings, words);
    response.type('text/markdown; charset=utf-8').send(markdown);
  });

  router.get('/incidents/:id/record.json', async (request, response, next) => {
    const found = await find(request.params.id);
    if (!found) return next();
    response.json(recordJson(found.incident, found.events, settings));
  });

  router.get('/incidents/:id/timeline.svg', async (request, response, next) => {
    const picture = await timeline(request);
    if (!picture) return next();
    response.type('image/svg+xml').send(svg(picture));
  });

  router.get('/incidents/:id/timeline.png', async (request, response, next) => {
    const picture = await timeline(request);
    if (!picture) return next();
    const painted = await pictures.png(picture);
    if ('png' in painted) return void response.type('image/png').send(painted.png);
    const { status, error } = UNPAINTED[painted.unpainted];
    if (status === 503) response.set('retry-after', '5');
    response.status(status).json({ error });
  });

  async function timeline(request: Request<{ id: string }>) {
    const found = await find(request.params.id);
    if (!found) return undefined;
    const { people } = await intake.world();
    const words = wordsFor(readerFor(request, settings), people, found.incident, settings.places);
    return timelinePicture(found.incident, found.events, settings, words);
  }

  async function find(id: string) {
    const incident = await intake.incident(id);
    if (!incident) return undefined;
    const events = await intake.events(id);
    // Something may have been appended between the two; the record is of one moment.
    return { incident, events: events.slice(0, incident.version) };
  }

  return router;
}

/** `?lang=de&zone=Europe/Berlin&hour12=1`, or the browser's language and the house's zone. */
function readerFor(request: Pick<Request, 'query' | 'acceptsLanguages'>, settings: Settings): Reader {
  const asked = (name: string) => {
    const value = request.query[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [lang, zone, hour12] = [asked('lang'), asked('zone'), asked('hour12')];
  const house: Reader = { language: request.acceptsLanguages(LANGUAGES) || 'en', zone: settings.zone };
  return readerOf(
    { ...(lang && { language: lang }), ...(zone && { zone }), ...(hour12 && { hour12: hour12 === '1' }) },
    house,
  );
}
