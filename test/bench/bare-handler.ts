/** A handler with nothing around it but its store, and who shares it: what orders cost, without jobs and surfaces. */
import { createHandler, type Handler } from '../../src/core/handle.ts';
import type { Directory, Sharing, Store } from '../../src/core/ports.ts';
import { DEFAULTS } from '../../src/core/settings.ts';
import { PEOPLE } from '../support/room.ts';

export function bareHandler(store: Store, directory: Directory, sharing?: Sharing): Handler {
  return createHandler({
    store,
    directory,
    jobs: { keep: async () => false, start: async () => {}, stop: async () => {} },
    ...(sharing && { sharing }),
    outlets: [],
    settings: DEFAULTS,
    people: PEOPLE,
    now: Date.now,
    later: () => {},
    log: { info() {}, warn() {}, error() {} },
  });
}
