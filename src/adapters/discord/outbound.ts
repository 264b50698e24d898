/** Carries effects into Discord: the room, the call, its log, mentions of those who must act, and pages. */
import { announcement } from '../../cards/announcement.ts';
import { pageCard, pageText } from '../../cards/page.ts';
import { personalCards } from '../../cards/prompt.ts';
import type { Effect, World } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import type { Unreached } from '../../core/ports.ts';
import type { PersonId } from '../../core/units.ts';
import { houseWords, wordsOf } from '../../desk/reading.ts';
import { reporter } from '../../desk/report.ts';
import type { Message } from './api.ts';
import { type Desk, dressed, userOf } from './desk.ts';
import { DISCORD, nonceOf } from './ids.ts';
import type { LogLines } from './log-lines.ts';
import { mention, plain } from './markdown.ts';
import { isAfter } from './papers.ts';
import { textMessage } from './render.ts';
import type { Rooms } from './rooms.ts';
import { troubleIn } from './trouble.ts';

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
  readonly lines: LogLines;
}

/** Resolves when the effect is safely done or can never be; rejects to be called again later. */
export function createOutbound(outbound: Outbound) {
  const { desk, rooms } = outbound;
  return async (effect: Effect, incident: Incident): Promise<Unreached> => {
    switch (effect.type) {
      case 'open-room':
        await rooms.open(effect.id, incident);
        return outbound.lines.catchUp(incident.id);
      case 'open-call':
        return rooms.openCall(effect.id, incident);
      case 'announce':
        return announce(outbound, effect, incident);
      case 'ping':
      case 'page': {
        // What another platform could not deliver comes when it comes.
        if (effect.type === 'ping' && effect.instead) return ping(outbound, effect, incident);
        const { done } = await desk.cabinet.of(incident.id);
        if (!isAfter(effect.id, done)) return;
        const missed = await (effect.type === 'ping'
          ? ping(outbound, effect, incident)
          : page(outbound, effect, incident));
        await desk.cabinet.done(incident.id, effect.id);
        return missed;
      }
    }
  };
}

async function announce(
  { desk, rooms, lines }: Outbound,
  effect: EffectOf<'announce'>,
  incident: Incident,
): Promise<void> {
  const { event } = effect;
  // The card itself says that there is an incident.
  if (event.type === 'incident-declared') return;
  const world = await desk.intake.world();
  if (await rooms.writable(incident.id)) {
    return lines.add(incident.id, effect.id, announcement(event, houseWords(desk, world, incident)));
  }
  if (event.type !== 'room-failed' || event.surface !== DISCORD) return;
  // The room cannot say that it is gone: whoever commands, or declared, is told in person.
  const person = incident.command.commander ?? incident.declared.by;
  const words = wordsOf(desk, world, person, incident);
  await direct(desk, world, person, textMessage(plain(announcement(event, words))), nonceOf(effect.id, person));
}

/**
 * In the room, where everybody sees who is asked; those with something to press get a message of their own. Resolves to
 * whom it cannot reach.
 */
async function ping(
  { desk, rooms }: Outbound,
  effect: EffectOf<'ping'>,
  incident: Incident,
): Promise<readonly PersonId[]> {
  const world = await desk.intake.world();
  const reached = effect.to.flatMap((person) => {
    const user = userOf(desk, world, person);
    return user === undefined ? [] : [{ person, user }];
  });
  const missed = effect.to.filter((person) => !reached.some((one) => one.person === person));
  const room = await rooms.writable(incident.id);
  const together: { readonly person: PersonId; readonly user: string }[] = [];
  for (const { person, user } of reached) {
    const words = wordsOf(desk, world, person, incident);
    const text = words.t(`ping.${effect.line}`, effect.facts);
    const key = [...incident.prompts].find(([, one]) => one.to === person && one.line === effect.line)?.[0];
    const card = personalCards(incident, world, words, person).find(
      (one) => key !== undefined && one.key === `prompt:${key}`,
    );
    if (!card && room) {
      together.push({ person, user });
      continue;
    }
    const lead = `${mention(user)} ${plain(text)}`;
    const message = card
      ? await dressed(desk, card, incident, words, { calls: [user], lead })
      : textMessage(lead, { calls: [user] });
    const nonce = nonceOf(effect.id, person);
    const sent = room ? await rooms.unlessLost(incident.id, () => desk.api.post(room.text, message, nonce)) : undefined;
    const spot =
      sent && room ? { channel: room.text, message: sent.id } : await direct(desk, world, person, message, nonce);
    if (!spot) missed.push(person);
    if (spot && card && key !== undefined) {
      await desk.cabinet.ask(incident.id, { ...spot, effect: effect.id, person, prompt: key, text });
    }
  }
  if (together.length === 0 || !room) return missed;
  const text = houseWords(desk, world, incident).t(`ping.${effect.line}`, effect.facts);
  const users = together.map(({ user }) => user);
  const message = textMessage(`${users.map(mention).join(' ')} ${plain(text)}`, { calls: users });
  const sent = await rooms.unlessLost(incident.id, () => desk.api.post(room.text, message, nonceOf(effect.id)));
  return sent ? missed : [...missed, ...together.map(({ person }) => person)];
}

/**
 * In the direct channel, which rings wherever they are; else by name in the room; else the commander is told. Strangers
 * are left to the pagers; where none of those has a way to them either, that is told beside this (`pagers/unreached.ts`).
 */
async function page({ desk, rooms }: Outbound, effect: EffectOf<'page'>, incident: Incident): Promise<void> {
  const { person, seat } = effect;
  const world = await desk.intake.world();
  const user = userOf(desk, world, person);
  if (user === undefined) return;
  const words = wordsOf(desk, world, person, incident);
  const text = pageText(effect, words);
  const card = pageCard(effect, incident, words);
  const nonce = nonceOf(effect.id, person);
  const asked = { effect: effect.id, person, text };
  const spot = await direct(desk, world, person, await dressed(desk, card, incident, words), nonce);
  if (spot) return desk.cabinet.ask(incident.id, { ...spot, ...asked });
  const room = await rooms.writable(incident.id);
  const lead = `${mention(user)} ${plain(text)}`;
  const message = await dressed(desk, card, incident, words, { calls: [user], lead });
  const sent =
    room && (await rooms.unlessLost(incident.id, () => desk.api.post(room.text, message, nonceOf(effect.id, 'room'))));
  if (room && sent) return desk.cabinet.ask(incident.id, { channel: room.text, message: sent.id, ...asked });
  const reason = houseWords(desk, world, incident).t('discord.reason.page');
  await reporter(desk.intake, DISCORD)(`${effect.id}/failed`, 'report-page', incident.id, { seat, person, reason });
}

/** Undefined when somebody takes no messages of bots, or is no account here. */
async function direct(desk: Desk, world: World, person: PersonId, message: Message, nonce: string) {
  const user = userOf(desk, world, person);
  if (user === undefined) return undefined;
  try {
    const channel = await desk.api.openDirect(user);
    const { id } = await desk.api.post(channel, message, nonce);
    return { channel, message: id };
  } catch (error) {
    if (troubleIn(error) === 'again') throw error;
    desk.log.info({ person, error: String(error) }, 'could not be reached in a direct message');
    return undefined;
  }
}
