/** A process that appends as fast as it can and says what was acknowledged, until somebody kills it. */
import { writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Store } from '../../src/core/ports.ts';
import { idOf, planned } from './store-plan.ts';

const [module = '', where = ''] = process.argv.slice(2);
const { open } = (await import(pathToFileURL(module).href)) as { open(where: string): Promise<Store> };
const store = await open(where);

// Three at a time, so that an append of one incident stands between those of another.
const first = Math.max(1, (await store.newest()) - 2);
const versions = new Map<number, number>();
for (const number of [first, first + 1, first + 2])
  versions.set(number, (await store.load(idOf(number)))?.version ?? 0);

for (;;) {
  for (const [number, version] of [...versions]) {
    const { events, summary } = planned(number, version);
    if (events.length === 0) {
      versions.delete(number);
      versions.set(Math.max(number, ...versions.keys()) + 1, 0);
      continue;
    }
    const answer = await store.append(idOf(number), version, events, summary);
    if (answer !== 'appended') throw new Error(`${idOf(number)} at ${version}: ${JSON.stringify(answer)}`);
    versions.set(number, version + events.length);
    writeSync(1, `${idOf(number)} ${version + events.length}\n`);
  }
}
