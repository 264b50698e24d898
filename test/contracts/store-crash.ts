/** The part of the suite of stores about processes that are killed: what was acknowledged is there, and nothing is half there. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/core/ports.ts';
import type { IncidentId } from '../../src/core/units.ts';
import { linesUntilKilled } from './kill.ts';
import { idOf, planned, plannedEvent } from './store-plan.ts';
import type { StoreUnderTest } from './store-under-test.ts';

const program = fileURLToPath(new URL('./store-writer.ts', import.meta.url));
const KILLS = 40;
/** Opening every time would hide what two crashes in a row do. */
const LOOKED_AT = 3;

export function survivingCrashes(under: StoreUnderTest): void {
  describe(`the store on ${under.name}, its process killed`, () => {
    test(`every acknowledged append is there after each of ${KILLS} kills, whole and without gaps`, async () => {
      const where = await under.fresh();
      const acknowledged = new Map<IncidentId, number>();
      for (let kill = 1; kill <= KILLS; kill++) {
        // The first and every fifth after it while it opens, makes tables or recovers, the others while it writes.
        const early = kill % 5 === 1;
        const lines = await linesUntilKilled(program, [under.module, where], { within: early ? 400 : 100, early });
        for (const [id = '', version] of lines.map((line) => line.split(' '))) acknowledged.set(id, Number(version));
        if (kill % LOOKED_AT !== 0 && kill !== KILLS) continue;
        const store = await under.open(where);
        await expectAll(store, acknowledged);
        await store.stop();
      }
      expect(acknowledged.size).toBeGreaterThan(0);
      await under.remove(where);
    }, 300_000);
  });
}

async function expectAll(store: Store, acknowledged: ReadonlyMap<IncidentId, number>): Promise<void> {
  const listed = new Map((await store.list({})).map((row) => [row.id, row]));
  for (let number = 1; number <= (await store.newest()); number++) {
    const id = idOf(number);
    const stored = await store.load(id);
    if (!stored && !acknowledged.has(id)) continue;
    const least = acknowledged.get(id) ?? 0;
    // Beyond what was acknowledged there may be, of each kill since the last look, the one append whose acknowledgement
    // was cut off; all of it.
    const possible = [least];
    for (let kill = 0; kill < LOOKED_AT; kill++) possible.push(planned(number, possible.at(-1) ?? 0).next);
    const version = stored?.version ?? 0;
    expect({ id, version, possible }).toEqual({ id, version, possible: expect.arrayContaining([version]) });
    const events = Array.from({ length: version }, (_, index) => plannedEvent(number, index + 1));
    expect(stored?.events).toEqual(events);
    expect(listed.get(id)).toMatchObject({ version, title: `At version ${version}` });
  }
}
