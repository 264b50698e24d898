/** The world around an incident as the store tells it, asked anew when it may have changed. */
import type { World } from '../contract.ts';
import type { Recorded } from '../events.ts';
import { byPersonNow, housePeople } from '../one-person.ts';
import type { Directory, Sharing, Store } from '../ports.ts';
import type { Settings } from '../settings.ts';
import type { Duration, Instant, People } from '../units.ts';

/** How long what the store says about people and closed incidents is taken as fresh. */
const FRESH = 60_000;
/** The same where other instances change it too. */
const SHARED_FRESH = 5_000;
/** A refusal that rests on an older world than this is decided again with a fresh one, where others may have changed it. */
const REFUSING_FRESH = 1_000;

/** Events after which people's seasoning, rest, or what is closed must be asked of the store again. */
const CHANGES: ReadonlySet<string> = new Set([
  'command-taken',
  'person-relieved',
  'rest-overridden',
  'incident-closed',
  'incident-reopened',
]);

export interface Sources {
  readonly store: Store;
  readonly directory: Directory;
  readonly sharing?: Sharing;
  readonly settings: Settings;
  /** People of baton.yaml. */
  readonly people: People;
  readonly now: () => Instant;
}

export interface Surroundings {
  world(): Promise<World>;
  /** What was asked of the store no longer holds. */
  forget(): void;
  /** Forgets the world where these events have changed it. */
  heed(events: readonly Recorded[]): void;
  /** A refusal may rest on what other instances have changed since: then the next look asks the store. */
  mayBeOutdated(): boolean;
}

export function createSurroundings({ store, directory, sharing, settings, people, now }: Sources): Surroundings {
  let known: { readonly world: World; readonly at: Instant } | undefined;
  /** Counts what changed the world, so that a reading begun before a change is not kept after it. */
  let changes = 0;

  function isFresh(age: Duration): boolean {
    return known !== undefined && now() - known.at < age && now() >= known.at;
  }

  function forget(): void {
    changes += 1;
    known = undefined;
  }

  return {
    forget,
    heed(events) {
      if (events.some(({ type }) => CHANGES.has(type))) forget();
    },
    mayBeOutdated() {
      if (!sharing || isFresh(REFUSING_FRESH)) return false;
      known = undefined;
      return true;
    },
    async world() {
      if (known && isFresh(sharing ? SHARED_FRESH : FRESH)) return known.world;
      const began = changes;
      const [signedIn, counts, closed] = await Promise.all([
        directory.people(),
        store.people(),
        store.closedSince(now() - settings.recurrence),
      ]);
      const everybody = housePeople(signedIn, people);
      const world: World = {
        settings,
        people: everybody,
        commanded: byPersonNow(counts.commanded, everybody, (one, other) => one + other),
        resting: byPersonNow(counts.resting, everybody, Math.max),
        closed: closed.flatMap(({ id, closedAt: at, service, key }) =>
          at === undefined
            ? []
            : [{ id, at, ...(service === undefined ? {} : { service }), ...(key === undefined ? {} : { key }) }],
        ),
      };
      if (began === changes) known = { world, at: now() };
      return world;
    },
  };
}
