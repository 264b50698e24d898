/** What the parts of the surface share: the intake behind them, the connector before them, and how people read. */

import type { Json } from '../../cards/adaptive-json.ts';
import type { Card } from '../../cards/card.ts';
import { commanderCard } from '../../cards/commander.ts';
import type { Words } from '../../cards/words/words.ts';
import { workCards } from '../../cards/work.ts';
import { commandNamed } from '../../core/commands/index.ts';
import type { World } from '../../core/contract.ts';
import { fieldsOf } from '../../core/fields.ts';
import type { Incident } from '../../core/incident.ts';
import type { Attachments, Intake, Log } from '../../core/ports.ts';
import type { Instant, PersonId } from '../../core/units.ts';
import type { Linking } from '../../desk/linking.ts';
import { houseWords, wordsOf } from '../../desk/reading.ts';
import type { Connector } from './connector.ts';
import type { Crew } from './crew.ts';
import type { Graph } from './graph.ts';
import { TEAMS } from './ids.ts';
import type { Lanes } from './lanes.ts';
import { MOST_OWN_WORK } from './limits.ts';
import type { Time } from './pace.ts';
import type { Cabinet } from './papers.ts';
import { cardJson, type Look } from './render.ts';

export interface Desk {
  readonly intake: Intake;
  readonly connector: Connector;
  readonly lanes: Lanes;
  readonly cabinet: Cabinet;
  readonly crew: Crew;
  readonly time: Time;
  readonly log: Log;
  /** Where files go that people send. */
  readonly attachments: Attachments;
  readonly linking: Linking;
  /** Absent where no credentials for it are set. */
  readonly graph?: Graph | undefined;
  /** The house's language, for cards that many read. */
  readonly language: string;
  /** When somebody last wrote in a conversation: what Baton says next stands below that. */
  readonly spoken: Map<string, Instant>;
  /** Long forms open as dialogs; elsewhere they come in the card's place. */
  readonly dialogs: boolean;
}

/**
 * The commander's card as everybody sees it, or with what is one person's own on top.
 * @param conversation where it stands
 */
export function drawn(desk: Desk, incident: Incident, world: World, viewer?: PersonId, conversation?: string): Json {
  const words = viewer === undefined ? houseWords(desk, world, incident) : wordsOf(desk, world, viewer, incident);
  const inRoom = conversation !== undefined && incident.rooms[TEAMS]?.room === conversation;
  const card = commanderCard(incident, world, words, viewer, inRoom ? TEAMS : undefined);
  return dressedFor(desk, viewer === undefined ? card : withWork(card, incident, words, viewer), incident, viewer);
}

/** What somebody has taken on, with what they can say about it, stands below the lines and above the state. */
export function withWork(card: Card, incident: Incident, words: Words, viewer: PersonId): Card {
  const work = workCards(incident, words, viewer).slice(0, MOST_OWN_WORK);
  const state = card.blocks.findIndex(({ type }) => type === 'rows');
  const blocks = card.blocks.toSpliced(Math.max(0, state), 0, ...work.flatMap((own) => own.blocks));
  return { ...card, blocks };
}

/** Any card of an incident, drawn for whoever presses it. */
export function dressedFor(
  desk: Desk,
  card: Card,
  incident: Incident | undefined,
  viewer?: PersonId,
  dialog = false,
): Json {
  const look: Look = {
    dialog,
    incident: incident?.id,
    live: card.key === 'commander',
    ...(desk.dialogs ? { inputsOf: (command) => inputsOf(command, incident, viewer) } : {}),
    ...(incident && card.key === 'commander' ? { viewers: viewersOf(desk, incident) } : {}),
  };
  return cardJson(card, look);
}

function inputsOf(name: string, incident: Incident | undefined, by = ''): number {
  const command = commandNamed(name);
  return command ? Object.keys(fieldsOf(command, incident, by)).length : 0;
}

/** Whoever may see something of their own on the card, those who are asked something first. */
function viewersOf({ crew }: Desk, incident: Incident): readonly string[] {
  const people = [
    ...[...incident.prompts.values()].map(({ to }) => to),
    ...incident.activities.flatMap(({ owner, status }) => (owner && status !== 'finished' ? [owner] : [])),
    ...(incident.command.commander ? [incident.command.commander] : []),
    ...Object.values(incident.people).flatMap(({ id, on }) => (on.length > 0 ? [id] : [])),
  ];
  return [...new Set(people)].flatMap((person) => crew.contact(person)?.id ?? []);
}
