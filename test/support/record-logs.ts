/** Records event logs that together hold every type of event: `node test/support/record-logs.ts 2` writes logs of version 2. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { EVENT_TYPES } from '../../src/core/evolve.ts';
import { play, story } from './random-story.ts';

const FOLDER = fileURLToPath(new URL('../fixtures/logs/', import.meta.url));
/** Enough random stories to meet every type of event. */
const STORIES = 6_000;

const version = process.argv[2] ?? '1';
const missing = new Set<string>(EVENT_TYPES);
let kept = 0;
for (const told of fc.sample(story, { numRuns: STORIES, seed: 1 })) {
  const { events, incident } = play(told, () => undefined);
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
