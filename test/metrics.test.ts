// What a scrape says of open incidents, asked of the store in the way that costs the same however many there are.
import { expect, test } from '@jest/globals';
import type { Open, Store } from '../src/core/ports.ts';
import { createMetrics } from '../src/metrics.ts';

test('open incidents are counted by severity, drills apart, also a severity that is configured no more', async () => {
  let open: Open[] = [
    { id: 'INC-4', severity: 'SEV-2', drill: false },
    { id: 'INC-3', severity: 'SEV-2', drill: true },
    { id: 'INC-2', severity: 'SEV-9', drill: false },
    { id: 'INC-1', severity: 'SEV-2', drill: false },
  ];
  // A store that can be asked for nothing else: a scrape reads no summaries.
  const store = { open: async () => open } as Partial<Store> as Store;
  const metrics = createMetrics(() => 0);
  metrics.store(store, ['SEV-1', 'SEV-2']);
  const scraped = async () => {
    const text = await metrics.registry.getSingleMetricAsString('baton_open_incidents');
    return [...text.matchAll(/^baton_open_incidents\{severity="(.*)",drill="(.*)"\} (\d+)$/gm)]
      .map(([, severity, drill, count]) => `${severity} ${drill} ${count}`)
      .sort();
  };
  expect(await scraped()).toEqual(['SEV-1 false 0', 'SEV-2 false 2', 'SEV-2 true 1', 'SEV-9 false 1']);
  open = [];
  expect(await scraped()).toEqual(['SEV-1 false 0', 'SEV-2 false 0']);
});
