/** Records event logs that together hold every type of event: `node test/support/record-logs.ts 2` writes logs of version 2. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { EVENT_TYPES } from '../../src/core/evolve.ts';
import { play, story } from './random-story.ts';
import { Room, SETTINGS } from './room.ts';

const FOLDER = fileURLToPath(new URL('../fixtures/logs/', import.meta.url));
/** Enough random stories to meet every type of event. */
const STORIES = 2_000;

/** What hardly ever happens by lot. */
function rareStories(): Room[] {
  const work = new Room('Search is slow', { settings: SETTINGS });
  work.does('ann', 'name-service', { service: 'payments' });
  work.does('ann', 'report-page', { seat: 'payments', person: 'cat', reason: '503 Service Unavailable' });
  work.joins('ann', 'bob', 'cat', 'dan');
  work.does('bob', 'take-command');
  work.does('bob', 'delegate', { owner: 'cat', what: 'Read the logs' });
  work.does('bob', 'delegate', { owner: 'dan', what: 'Tell the customers', kind: 'customers' });
  work.does('cat', 'acknowledge');
  work.does('dan', 'acknowledge');
  work.does('cat', 'wait-for', { other: 2 });
  work.does('dan', 'wait-for', { other: 1 });
  work.does('dan', 'draft-message', { text: 'We know of slow searches and are at work.' });
  work.does('bob', 'confirm-message', { message: 1 });
  work.does('ann', 'report-publication', { message: 1, place: 'status', link: 'https://status.example.com/1' });
  work.does('dan', 'draft-message', { text: 'Searches are quick again.' });
  work.does('bob', 'confirm-message', { message: 2 });
  work.does('ann', 'report-publication', { message: 2, place: 'status', reason: '503 Service Unavailable' });
  work.does('dan', 'draft-message', { text: 'Too early to say.' });
  work.does('bob', 'withdraw-message', { message: 3, reason: 'Too early' });
  work.does('bob', 'send-update', { text: 'Searches are slow.' });
  work.does('ann', 'report-publication', { place: 'board', reason: '503 Service Unavailable' });
  const routed = { ...SETTINGS, rooms: { surfaces: ['teams'], always: ['teams'], severities: {}, services: {} } };
  return [work, new Room('Checkout is down', { settings: routed })];
}

const version = process.argv[2] ?? '1';
const missing = new Set<string>(EVENT_TYPES);
let kept = 0;
const stories = fc.sample(story, { numRuns: STORIES, seed: 1 });
for (const tell of [
  ...rareStories().map((room) => () => room),
  ...stories.map((told) => () => play(told, () => undefined)),
]) {
  if (missing.size === 0) break;
  const { events, incident } = tell();
  const fresh = events.filter(({ type }) => missing.has(type));
  if (fresh.length === 0) continue;
  for (const { type } of fresh) missing.delete(type);
  kept += 1;
  const means = {
    title: incident.title,
    phase: incident.phase,
    version: incident.version,
    severity: incident.severity.severity,
  };
  writeFileSync(
    `${FOLDER}v${version}-${String(kept).padStart(2, '0')}.json`,
    `${JSON.stringify({ id: incident.id, means, events })}\n`,
  );
}
console.log(`${kept} logs written; types not met: ${[...missing].join(', ') || 'none'}`);
