/** The record of an incident, to take away: `/incidents/{id}/record.md`, `.json` and `timeline.svg` (REC-1). */
import express, { type Request, type Router } from 'express';
import { recordJson, recordMarkdown } from './cards/record.ts';
import { timelineSvg } from './cards/timeline.ts';
import { CATALOGUES } from './cards/words/catalogues.ts';
import { type Reader, readerOf } from './cards/words/reader.ts';
import { wordsFor } from './cards/words/words.ts';
import type { Intake } from './core/ports.ts';
import type { Settings } from './core/settings.ts';

const LANGUAGES = Object.keys(CATALOGUES);

export function recordRoutes(intake: Intake, settings: Settings): Router {
  const router = express.Router();

  router.get('/incidents/:id/record.md', async (request, response, next) => {
    const found = await find(request.params.id);
    if (!found) return next();
    const { people } = await intake.world();
    const words = wordsFor(readerFor(request, settings), people, found.incident);
    const markdown = recordMarkdown(found.incident, found.events, settings, words);
    response.type('text/markdown; charset=utf-8').send(markdown);
  });

  router.get('/incidents/:id/record.json', async (request, response, next) => {
    const found = await find(request.params.id);
    if (!found) return next();
    response.json(recordJson(found.incident, found.events, settings));
  });

  router.get('/incidents/:id/timeline.svg', async (request, response, next) => {
    const found = await find(request.params.id);
    if (!found) return next();
    const { people } = await intake.world();
    const words = wordsFor(readerFor(request, settings), people, found.incident);
    response.type('image/svg+xml').send(timelineSvg(found.incident, found.events, words));
  });

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
function readerFor(request: Request, settings: Settings): Reader {
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
