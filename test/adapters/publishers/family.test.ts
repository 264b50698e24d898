// Which incidents are one to customers: those that were merged, however they were.
import { expect, test } from '@jest/globals';
import { type Around, familyOf, heirOf } from '../../../src/adapters/publishers/family.ts';
import type { Incident } from '../../../src/core/incident.ts';

function merges(into: Record<string, { readonly into: string; readonly closedAt: number }>) {
  const incidents = Object.entries(into).map(
    ([id, { into: mergedInto, closedAt }]) => ({ id, mergedInto, closedAt, phase: 'closed' }) as Incident,
  );
  const kept: Record<string, Record<string, string>> = {};
  const around: Around = {
    store: {
      async remember(id, _outlet, key, value = '') {
        kept[id] = { ...kept[id], [key]: value };
      },
      recall: async (id) => kept[id] ?? {},
      list: async () => [],
    },
    incident: async (id) => incidents.find((one) => one.id === id),
  };
  return { incidents, around };
}

test('two that were merged into each other, because neither could be reopened, are one family', async () => {
  const { incidents, around } = merges({
    'INC-1': { into: 'INC-2', closedAt: 9 },
    'INC-2': { into: 'INC-1', closedAt: 5 },
  });
  for (const one of incidents) await heirOf(one, 'publisher', around);
  for (const one of incidents) {
    const ids = (await familyOf(one, 'publisher', around)).map(({ id }) => id);
    expect(ids.toSorted()).toEqual(['INC-1', 'INC-2']);
  }
});
