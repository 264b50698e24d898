/** What the parts of the surface share: the intake behind them, the API before them, and how people read. */
import type { Card } from '../../cards/card.ts';
import { commanderCard } from '../../cards/commander.ts';
import { type Words, wordsFor } from '../../cards/words/words.ts';
import type { World } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import type { Attachments, Intake, Log } from '../../core/ports.ts';
import type { IncidentId, PersonId } from '../../core/units.ts';
import type { Linking } from '../../desk/linking.ts';
import { houseWords } from '../../desk/reading.ts';
import type { Api, Message } from './api.ts';
import type { Crew } from './crew.ts';
import { KEPT_AT_HAND, ROW_BUTTONS } from './limits.ts';
import { channelMention } from './markdown.ts';
import type { Cabinet, Room } from './papers.ts';
import { type Press, readFields, unpack } from './press.ts';
import { cardMessage, type Drawn, type Look } from './render.ts';
import type { Time } from './time.ts';

export interface Desk {
  readonly intake: Intake;
  readonly api: Api;
  readonly cabinet: Cabinet;
  readonly crew: Crew;
  readonly attachments: Attachments;
  readonly linking: Linking;
  readonly time: Time;
  readonly log: Log;
  /** The house's language, for cards that many read. */
  readonly language: string;
  /** Fields of long presses that belong to no incident, by hash; lost with the process. */
  readonly atHand: Map<string, string>;
}

/** The house's language where nothing can be asked of the store, or need be: for sentences that name nobody and no time. */
export function bareWords({ language }: Pick<Desk, 'language'>): Words {
  return wordsFor({ language, zone: 'UTC' }, {});
}

/** The account that a mention of a person goes to. */
export function userOf(desk: Desk, world: World, person: PersonId): string | undefined {
  return desk.crew.userOf(world.people[person], person);
}

/** The commander's card of the room. */
export function commanderMessage(desk: Desk, incident: Incident, world: World, room: Room): Promise<Message> {
  const words = houseWords(desk, world, incident);
  // The voice channel is where people meet here, whichever call is the incident's.
  const lead = room.voice === undefined || room.archived ? {} : { lead: `🔊 ${channelMention(room.voice)}` };
  return dressed(desk, withYours(commanderCard(incident, world, words), words), incident, words, lead);
}

/** The press that shows somebody what is theirs: a card that many see cannot. */
export const YOURS = 'yours';

/** Stands in the first row of what is always at hand, which is the last group of buttons. */
function withYours(card: Card, words: Words): Card {
  const last = card.blocks.findLastIndex(({ type }) => type === 'buttons');
  const yours = { label: words.t('discord.yours'), command: YOURS, fields: {}, form: false };
  const blocks = card.blocks.map((block, n) =>
    block.type === 'buttons' && n === last
      ? {
          ...block,
          buttons: [...block.buttons.slice(0, ROW_BUTTONS - 1), yours, ...block.buttons.slice(ROW_BUTTONS - 1)],
        }
      : block,
  );
  return { ...card, blocks };
}

/** Any card as a message; presses that do not fit into their buttons are kept first. */
export async function dressed(
  desk: Desk,
  card: Card,
  incident: Incident | undefined,
  words: Words,
  look: Omit<Look, 'incident' | 'more'> = {},
): Promise<Message> {
  const drawn = cardMessage(card, { ...look, incident: incident?.id, more: words.t('discord.more') });
  await keepLong(desk, incident?.id, drawn);
  return drawn.message;
}

export async function keepLong(
  { cabinet, atHand }: Desk,
  incident: IncidentId | undefined,
  { long }: Pick<Drawn, 'long'>,
): Promise<void> {
  for (const { hash, fields } of long) {
    if (incident !== undefined) await cabinet.press(incident, hash, fields);
    else keepAtHand(atHand, hash, fields);
  }
}

/** Keeps the newest only. */
export function keepAtHand<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > KEPT_AT_HAND) map.delete(map.keys().next().value ?? '');
}

/** What a press carries, fetched where it did not fit; undefined for one that was not made here, or is no longer known. */
export async function pressOf(desk: Desk, customId: string, mark?: string): Promise<Press | undefined> {
  const found = unpack(customId, mark);
  if (!found) return undefined;
  const { hash, fields, ...press } = found;
  if (hash === undefined) return fields && { ...press, fields };
  const papers = press.incident === undefined ? undefined : await desk.cabinet.of(press.incident);
  const json = papers?.presses.get(hash) ?? desk.atHand.get(hash);
  const kept = json === undefined ? undefined : readFields(json);
  return kept && { ...press, fields: kept };
}
