/** What every store has to keep of the promises in src/core/ports.ts. */
import { afterEach, beforeEach, describe } from '@jest/globals';
import type { Store } from '../../src/core/ports.ts';
import { appendingEvents } from './store-append.ts';
import { survivingCrashes } from './store-crash.ts';
import { deduplicatingKeys } from './store-keys.ts';
import { listingIncidents } from './store-lists.ts';
import { tellingWhatIsOpen } from './store-open.ts';
import { keepingForOutlets } from './store-outlets.ts';
import { countingPeople } from './store-people.ts';
import { racingAppends } from './store-races.ts';
import { removingIncidents } from './store-retention.ts';
import { stoppingStores } from './store-stop.ts';
import type { StoreAtWork, StoreUnderTest } from './store-under-test.ts';

export function storeContract(under: StoreUnderTest): void {
  describe(`the store on ${under.name}`, () => {
    let where: string;
    let store: Store;
    beforeEach(async () => {
      where = await under.fresh();
      store = await under.open(where);
    });
    afterEach(async () => {
      await store.stop();
      await under.remove(where);
    });

    const at: StoreAtWork = {
      current: () => store,
      async reopen() {
        await store.stop();
        store = await under.open(where);
        return store;
      },
    };
    appendingEvents(at);
    racingAppends(at);
    deduplicatingKeys(at);
    listingIncidents(at);
    tellingWhatIsOpen(at);
    keepingForOutlets(at);
    countingPeople(at);
    removingIncidents(at);
    stoppingStores(at);
  });
  survivingCrashes(under);
}
