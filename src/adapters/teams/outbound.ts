/** Carries effects into Teams: the room with the commander's card, its log, mentions, pages and the call. */
import { announcement } from '../../cards/announcement.ts';
import { pageCard, pageText } from '../../cards/page.ts';
import { personalCards } from '../../cards/prompt.ts';
import type { Effect } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import type { Unreached } from '../../core/ports.ts';
import type { PersonId } from '../../core/units.ts';
import { houseWords, wordsOf } from '../../desk/reading.ts';
import { reporter } from '../../desk/report.ts';
import { openCall } from './call.ts';
import { type Desk, dressedFor } from './desk.ts';
import { TEAMS } from './ids.ts';
import { addToLog } from './log-lines.ts';
import type { Painter } from './painter.ts';
import { reachChat } from './private.ts';
import { cardMessage, mentionMessage, textMessage } from './render.ts';
import type { Rooms } from './rooms.ts';
import { showSheet } from './sheets.ts';
import { PlatformError } from './trouble.ts';

export const TAKES = [
  'open-room',
  'open-call',
  'announce',
  'ping',
  'page',
] as const satisfies readonly Effect['type'][];

type EffectOf<T extends Effect['type']> = Extract<Effect, { readonly type: T }>;

export interface Outbound {
  readonly desk: Desk;
  readonly rooms: Rooms;
  readonly painter: Painter;
  /** The standing bridge, which serves when no meeting can be opened; only where meetings are opened at all. */
  readonly bridge: string | undefined;
}

/** Resolves when the effect is safely done or can never be; rejects to be called again later. */
export function createOutbound(outbound: Outbound) {
  return async (effect: Effect, incident: Incident): Promise<Unreached> => {
    switch (effect.type) {
      case 'open-room':
        return outbound.rooms.open(effect.id, incident);
      case 'open-call':
        return openCall(outbound.desk, outbound.bridge, effect.id, incident);
      case 'announce':
        return announce(outbound, effect, incident);
      case 'ping':
        return pingAll(outbound, effect, incident);
      case 'page':
        return page(outbound, effect, incident);
    }
  };
}

async function announce({ desk, rooms }: Outbound, effect: EffectOf<'announce'>, incident: Incident): Promise<void> {
  const { event } = effect;
  // The card itself says that there is an incident.
  if (event.type === 'incident-declared') return;
  const world = await desk.intake.world();
  const room = await rooms.writable(incident.id);
  if (room) {
    const text = announcement(event, houseWords(desk, world, incident));
    return rooms.unlessLost(incident.id, () => addToLog(desk, incident.id, room, effect.id, text));
  }
  if (event.type !== 'room-failed' || event.surface !== TEAMS) return;
  // The room cannot say that it is gone: whoever commands, or declared, is told where they are reached.
  const person = incident.command.commander ?? incident.declared.by;
  const text = announcement(event, wordsOf(desk, world, person, incident));
  const reached = await reachChat(desk, person, textMessage([text]));
  const service = (await desk.crew.find(person))?.service;
  // There the incident goes on.
  if (reached && service) await showSheet(desk, incident.id, { service, ...reached }, person);
}

/** Resolves to whom it cannot reach. */
async function pingAll(outbound: Outbound, effect: EffectOf<'ping'>, incident: Incident): Promise<readonly PersonId[]> {
  const missed: PersonId[] = [];
  for (const person of effect.to) if (!(await ping(outbound, effect, incident, person))) missed.push(person);
  return missed;
}

/** In the room, where everybody sees who is asked; without a room in the personal chat. Resolves to whether it is there. */
async function ping(
  outbound: Outbound,
  effect: EffectOf<'ping'>,
  incident: Incident,
  person: PersonId,
): Promise<boolean> {
  const { desk, rooms } = outbound;
  const contact = await desk.crew.find(person);
  if (!contact) return false;
  const { asked } = await desk.cabinet.of(incident.id);
  if ([...asked.values()].some((one) => one.effect === effect.id && one.person === person)) return true;
  const world = await desk.intake.world();
  const words = wordsOf(desk, world, person, incident);
  const text = words.t(`ping.${effect.line}`, effect.facts);
  const key = promptBehind(effect, incident, person);
  const card = personalCards(incident, world, words, person).find((one) => key && one.key === `prompt:${key}`);
  const json = card && dressedFor(desk, card, incident, person);
  const message = mentionMessage(contact, text, json);
  const room = await rooms.writable(incident.id);
  const remember = (conversation: string, id: string) =>
    json === undefined || key === undefined
      ? undefined
      : desk.cabinet.ask(incident.id, {
          service: contact.service,
          conversation,
          message: id,
          effect: effect.id,
          person,
          prompt: key,
          text,
        });
  if (room) {
    const posted = await rooms.unlessLost(incident.id, () =>
      desk.lanes.write(room.conversation, () => desk.connector.post(room, message)),
    );
    // What happens next is said below the question, not above it.
    desk.spoken.set(room.conversation, desk.time.now());
    if (posted !== undefined) {
      await remember(room.conversation, posted);
      return true;
    }
  }
  const reached = await reachChat(desk, person, message);
  if (reached) await remember(reached.conversation, reached.message);
  return reached !== undefined;
}

/** The prompt that a ping is about: of the same line, or on the same activity, or of the same kind. */
function promptBehind(
  { line, fact, facts }: EffectOf<'ping'>,
  incident: Incident,
  person: PersonId,
): string | undefined {
  const own = [...incident.prompts].filter(([, { to }]) => to === person);
  const [kind = '', about] = fact.split(':');
  const activity = typeof facts.activity === 'object' && 'activity' in facts.activity ? facts.activity.activity : about;
  const fits = [
    ([, prompt]: (typeof own)[number]) => prompt.line === line,
    ([key]: (typeof own)[number]) => activity !== undefined && key.split(':').slice(1).includes(String(activity)),
    ([key]: (typeof own)[number]) => key.split(':')[0] === kind,
  ];
  for (const fit of fits) {
    const found = own.find(fit);
    if (found) return found[0];
  }
  return undefined;
}

/**
 * In the personal chat, which rings wherever they are; else by name in the room; else the commander is told. Strangers
 * are left to the pagers; where none of those has a way to them either, that is told beside this (`pagers/unreached.ts`).
 */
async function page(outbound: Outbound, effect: EffectOf<'page'>, incident: Incident): Promise<void> {
  const { desk, rooms } = outbound;
  const { person, seat } = effect;
  const contact = await desk.crew.find(person);
  if (!contact) return;
  const { asked } = await desk.cabinet.of(incident.id);
  if ([...asked.values()].some((one) => one.effect === effect.id)) return;
  const world = await desk.intake.world();
  const words = wordsOf(desk, world, person, incident);
  const text = pageText(effect, words);
  const card = dressedFor(desk, pageCard(effect, incident, words), incident, person);
  const spot = { service: contact.service, effect: effect.id, person, text };
  const reached = await reachChat(desk, person, cardMessage(card));
  if (reached) return desk.cabinet.ask(incident.id, { ...spot, ...reached });
  const room = await rooms.writable(incident.id);
  const posted =
    room &&
    (await rooms.unlessLost(incident.id, () =>
      desk.lanes.write(room.conversation, () => desk.connector.post(room, mentionMessage(contact, text, card))),
    ));
  if (room && posted)
    return desk.cabinet.ask(incident.id, { ...spot, conversation: room.conversation, message: posted });
  const reason = houseWords(desk, world, incident).t('teams.reason.page');
  await reporter(desk.intake, TEAMS)(`${effect.id}/failed`, 'report-page', incident.id, { seat, person, reason });
}

/** What to do about a failure that will not pass: the caller goes another way, anything else is tried again. */
export function isFinal(error: unknown): error is PlatformError {
  return error instanceof PlatformError && error.trouble !== 'again';
}
