/** Draws incidents for the console's pages: cards as Adaptive Cards, seats and people, all in one reader's words. */
import { toAdaptive } from '../../cards/adaptive.ts';
import type { Card } from '../../cards/card.ts';
import { commanderCard, nextLine } from '../../cards/commander.ts';
import { personalCards } from '../../cards/prompt.ts';
import { seatName, seatStandings } from '../../cards/seats.ts';
import { present } from '../../cards/state.ts';
import type { Reader } from '../../cards/words/reader.ts';
import { type Words, wordsFor } from '../../cards/words/words.ts';
import { workCards } from '../../cards/work.ts';
import type { World } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import type { Listed } from '../../core/ports.ts';
import { rank } from '../../core/severity.ts';
import type { IncidentId, Instant, PersonId } from '../../core/units.ts';
import { CONSOLE } from './ids.ts';
import type { BoardRow, CardJson, Named, PageForMe, PersonView, SeatView, View } from './wire.ts';

/** Who looks at what. */
export interface Eyes {
  readonly reader: Reader;
  readonly person: PersonId;
  readonly world: World;
  readonly now: Instant;
}

export function wordsOf({ reader, world }: Eyes, incident?: Incident): Words {
  return wordsFor(reader, world.people, incident, world.settings.places);
}

export function cardJson(card: Card, incident: IncidentId | undefined): CardJson {
  return toAdaptive(card, incident === undefined ? {} : { incident });
}

export function viewOf(incident: Incident, eyes: Eyes): View {
  const words = wordsOf(eyes, incident);
  const { world, person } = eyes;
  const there = present(incident);
  const { command, severity } = incident;
  return {
    id: incident.id,
    version: incident.version,
    title: incident.title,
    severity: severity.severity,
    rank: rank(world.settings.severities, severity.severity),
    phase: incident.phase,
    drill: incident.drill,
    declaredAt: incident.declared.at,
    acting: command.acting,
    card: cardJson(
      asSeenBy(commanderCard(incident, world, words, undefined, CONSOLE), there.includes(person)),
      incident.id,
    ),
    mine: mineOf(incident, eyes, words).map((card) => cardJson(card, incident.id)),
    nextLine: nextLine(incident, world, words),
    seats: seatsOf(incident, words),
    people: peopleOn(incident, there, eyes),
    me: { onCall: there.includes(person), paged: pagesOf(incident, world).some((page) => page.person === person) },
    files: incident.evidence.flatMap(({ attachment, text }) => (attachment ? [{ id: attachment, text }] : [])),
    ...(incident.closedAt === undefined ? {} : { closedAt: incident.closedAt }),
    ...(incident.service === undefined ? {} : { service: serviceName(incident.service, world) }),
    ...(command.commander === undefined ? {} : { commander: named(command.commander, words) }),
    ...(incident.call === undefined ? {} : { call: incident.call.link }),
  };
}

/** What asks for the reader's answer, then what they have taken on. */
function mineOf(incident: Incident, { world, person }: Eyes, words: Words): readonly Card[] {
  if (incident.phase === 'closed') return [];
  return [...personalCards(incident, world, words, person), ...workCards(incident, words, person)];
}

/** Whoever is on the call is not asked to come. */
function asSeenBy(card: Card, onCall: boolean): Card {
  if (!onCall) return card;
  const blocks = card.blocks.map((block) =>
    block.type === 'buttons'
      ? { ...block, buttons: block.buttons.filter(({ command }) => command !== 'join-call') }
      : block,
  );
  return { ...card, blocks };
}

function serviceName(id: string, { settings }: World): string {
  return settings.services[id]?.name ?? id;
}

function named(person: PersonId, words: Words): Named {
  return { id: person, name: words.name(person) };
}

function seatsOf(incident: Incident, words: Words): SeatView[] {
  return seatStandings(incident).map(({ seat, status, person }) => {
    const page = seat.pages.findLast((one) => one.person === person);
    const since = status === 'answered' ? page?.answered : status === 'paged' ? page?.last : undefined;
    return {
      id: seat.id,
      wanted: seatName(seat, words),
      status,
      label: words.t(`seat.${status}`),
      ...(person === undefined ? {} : { person: named(person, words) }),
      ...(since === undefined ? {} : { since }),
    };
  });
}

/** The commander first, then whoever is on the call, then everybody else who has to do with it. */
function peopleOn(incident: Incident, there: readonly PersonId[], { person: me, now }: Eyes): PersonView[] {
  const order = ({ commander, onCall: on }: PersonView) => (commander ? 0 : on ? 1 : 2);
  return Object.values(incident.people)
    .map(({ id, name, restsUntil, released }) => ({
      id,
      name,
      me: id === me,
      commander: id === incident.command.commander,
      onCall: there.includes(id),
      resting: (restsUntil ?? 0) > now,
      released: released !== undefined && !there.includes(id),
    }))
    .sort((a, b) => order(a) - order(b) || (a.name < b.name ? -1 : 1));
}

export function boardRow(listed: Listed, world: World): BoardRow {
  const { id, title, severity, phase, drill, declaredAt, closedAt, commander, service } = listed;
  const name = commander === undefined ? undefined : (world.people[commander]?.name ?? commander);
  return {
    id,
    title,
    severity,
    rank: rank(world.settings.severities, severity),
    phase,
    drill,
    declaredAt,
    ...(closedAt === undefined ? {} : { closedAt }),
    ...(service === undefined ? {} : { service: serviceName(service, world) }),
    ...(commander === undefined || name === undefined ? {} : { commander: { id: commander, name } }),
  };
}

/** Pages that nobody has answered, with whom they are for. */
export function pagesOf(incident: Incident, world: World): (PageForMe & { readonly person: PersonId })[] {
  if (incident.phase === 'closed') return [];
  const { severity } = incident.severity;
  return Object.values(incident.seats).flatMap(({ id: seat, wanted, pages }) =>
    pages
      .filter(({ person, answered }) => answered === undefined && (incident.people[person]?.on.length ?? 0) === 0)
      .map(({ person, last, attempts }) => ({
        key: `${incident.id}/${seat}/${person}/${last}`,
        person,
        incident: incident.id,
        title: incident.title,
        severity,
        rank: rank(world.settings.severities, severity),
        wanted,
        at: last,
        attempt: attempts,
        drill: incident.drill,
      })),
  );
}
