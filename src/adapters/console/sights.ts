/** Answers what a page shows of incidents from their newest state; what is the same for every reader is made once. */
import type { Reader } from '../../cards/words/reader.ts';
import type { Intake } from '../../core/ports.ts';
import type { IncidentId, PersonId } from '../../core/units.ts';
import { CLOSED_SHOWN, MOST_LISTED } from '../../desk/limits.ts';
import { entryOf } from './entries.ts';
import { ENTRIES_AT_ONCE, FIRST_ENTRIES, MOST_CLOSED } from './limits.ts';
import type { Sights } from './live.ts';
import { boardRow, type Eyes, pagesOf, viewOf, wordsOf } from './render.ts';
import type { Board, Entries, Entry, Mine, PageForMe } from './wire.ts';

interface Overview {
  readonly board: Board;
  readonly json: string;
  readonly pages: readonly (PageForMe & { readonly person: PersonId })[];
}

export interface House {
  /** What a reader sees. */
  sightsFor(reader: Reader, person: PersonId): Sights;
  overview(): Promise<Overview>;
  /** The stretch of entries before `before`, for reading back. */
  earlier(incident: IncidentId, before: number, reader: Reader, person: PersonId): Promise<Entries | undefined>;
  /** Something has changed: what was made before is made again. */
  changed(): void;
}

export function createSights(intake: Intake): House {
  let known: Promise<Overview> | undefined;

  function overview(): Promise<Overview> {
    const asked = known ?? look();
    known = asked;
    // A store that failed once is asked again by the next who looks.
    asked.catch(() => {
      if (known === asked) known = undefined;
    });
    return asked;
  }

  async function look(): Promise<Overview> {
    const closedAfter = intake.now() - CLOSED_SHOWN;
    const [world, listed] = await Promise.all([intake.world(), intake.list({ closedAfter, limit: MOST_LISTED })]);
    const rows = listed.map((one) => boardRow(one, world));
    const open = rows
      .filter(({ phase }) => phase !== 'closed')
      .sort((a, b) => a.rank - b.rank || b.declaredAt - a.declaredAt);
    const closed = rows.filter(({ phase }) => phase === 'closed').slice(0, MOST_CLOSED);
    // One that cannot be read hides none of the others.
    const incidents = await Promise.all(open.map(({ id }) => intake.incident(id).catch(() => undefined)));
    const pages = incidents.flatMap((incident) => (incident ? pagesOf(incident, world) : []));
    const board = { open, closed };
    return { board, json: JSON.stringify(board), pages };
  }

  async function eyes(reader: Reader, person: PersonId): Promise<Eyes> {
    return { reader, person, world: await intake.world(), now: intake.now() };
  }

  async function entriesOf(id: IncidentId, reader: Reader, person: PersonId, after: number) {
    const [incident, events] = await Promise.all([intake.incident(id), intake.events(id, after)]);
    if (!incident) return undefined;
    const words = wordsOf(await eyes(reader, person), incident);
    return {
      reached: events.at(-1)?.seq ?? after,
      entries: events.flatMap((event) => entryOf(event, incident, person, words) ?? []),
    };
  }

  function sightsFor(reader: Reader, person: PersonId): Sights {
    return {
      async board() {
        const { json, pages } = await overview();
        const words = wordsOf(await eyes(reader, person));
        const mine = (whose: PersonId): Mine => ({
          pages: pages
            .filter((page) => page.person === whose)
            .map(({ person: _, wanted, ...page }) => ({ ...page, wanted: words.seat(wanted) })),
        });
        return { json, mine };
      },
      async entries(id, after) {
        const found = await entriesOf(id, reader, person, after ?? 0);
        const entries = found?.entries ?? [];
        if (after === undefined) {
          return { incident: id, entries: entries.slice(-FIRST_ENTRIES), upTo: found?.reached ?? 0 };
        }
        // A stretch ends at an entry, so that the next begins behind it.
        const stretch = entries.slice(0, ENTRIES_AT_ONCE);
        const upTo = stretch.length < entries.length ? stretch.at(-1)?.seq : found?.reached;
        return { incident: id, entries: stretch, upTo: upTo ?? after };
      },
      async version(id) {
        return (await intake.incident(id))?.version;
      },
      async view(id) {
        const incident = await intake.incident(id);
        return incident && viewOf(incident, await eyes(reader, person));
      },
    };
  }

  return {
    sightsFor,
    overview,
    async earlier(id, before, reader, person) {
      const found = await entriesOf(id, reader, person, 0);
      const entries: readonly Entry[] = found?.entries.filter(({ seq }) => seq < before) ?? [];
      return found && { incident: id, entries: entries.slice(-FIRST_ENTRIES), upTo: found.reached };
    },
    changed() {
      known = undefined;
    },
  };
}
