/** Keeps cards as new as their incident: one edit at a time, always of the newest state, and settles what was asked. */
import type { Incident } from '../../core/incident.ts';
import type { IncidentId } from '../../core/units.ts';
import { commanderMessage, type Desk } from './desk.ts';
import { nonceOf } from './ids.ts';
import { CARD_GAP, FIRST_RETRY, LONGEST_RETRY, OLD_CARD_GAP, OLD_MESSAGE } from './limits.ts';
import { plain } from './markdown.ts';
import type { Asked, Room } from './papers.ts';
import { textMessage } from './render.ts';
import type { Rooms } from './rooms.ts';
import { retryAfter, troubleIn } from './trouble.ts';

export interface Painter {
  /** Brings everything that shows the incident to its newest state, soon. */
  draw(incident: Incident): void;
  /** Resolves when nothing waits to be drawn. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export function createPainter(desk: Desk, rooms: Rooms): Painter {
  const { api, cabinet, intake, log, time } = desk;
  const latest = new Map<IncidentId, Incident>();
  const running = new Map<IncidentId, Promise<void>>();
  let stopped = false;

  /** Runs until the newest state is shown: states that came and went meanwhile are never drawn. */
  async function run(id: IncidentId): Promise<void> {
    let shut = false;
    for (let failed = 0; !stopped; ) {
      const incident = latest.get(id);
      const { room, asked } = await cabinet.of(id);
      const stale =
        !shut && room?.card !== undefined && room.lost === undefined && incident && room.painted < incident.version;
      const settled = incident ? [...asked.values()].filter((one) => isSettled(one, incident)) : [];
      if (!incident || (!stale && settled.length === 0)) {
        // A room that is still being opened shows the state of then: it is looked at again once it is open.
        if (incident && room?.card !== undefined && latest.get(id) === incident) latest.delete(id);
        return;
      }
      try {
        if (stale) shut = !(await rooms.unlessLost(id, () => paint(incident, room)));
        for (const one of settled) await settle(id, one);
        failed = 0;
        await time.wait(room && time.now() - room.cardAt > OLD_MESSAGE ? OLD_CARD_GAP : CARD_GAP);
      } catch (error) {
        if (troubleIn(error) !== 'again') log.warn({ incident: id, error }, 'a card could not be drawn');
        if (stopped) return;
        failed += 1;
        const grown = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** Math.min(failed, 10));
        await time.wait((retryAfter(error) ?? grown / 2) + (grown / 2) * time.random());
      }
    }
  }

  async function paint(incident: Incident, room: Room): Promise<true> {
    const message = await commanderMessage(desk, incident, await intake.world(), room);
    let { card = '', cardAt } = room;
    try {
      await api.editOnce(room.text, card, message);
    } catch (error) {
      if (troubleIn(error) !== 'gone') throw error;
      // Somebody deleted the card, unless the channel is gone: the room gets another one. Without a nonce of its own it
      // could be the deleted one again.
      card = (await api.post(room.text, message, nonceOf(incident.id, 'card', room.card, incident.version))).id;
      cardAt = time.now();
      await api.pin(room.text, card).catch(() => undefined);
    }
    const { room: now = room } = await cabinet.of(incident.id);
    await cabinet.room(incident.id, { ...now, card, cardAt, painted: incident.version });
    return true;
  }

  async function settle(id: IncidentId, { channel, message, text }: Asked): Promise<void> {
    try {
      await api.edit(channel, message, textMessage(`${plain(text)} ✓`));
    } catch (error) {
      if (troubleIn(error) === 'again') throw error;
    }
    await cabinet.dropAsked(id, message);
  }

  function go(id: IncidentId): void {
    if (running.has(id) || stopped) return;
    const work = run(id)
      .catch((error) => log.error({ incident: id, error }, 'could not draw in Discord'))
      .finally(() => {
        running.delete(id);
        const waiting = latest.get(id);
        if (waiting && !stopped) {
          cabinet.of(id).then(
            ({ room }) => {
              if (room?.card !== undefined && room.lost === undefined && room.painted < waiting.version) go(id);
            },
            () => undefined,
          );
        }
      });
    running.set(id, work);
  }

  return {
    draw(incident) {
      if ((latest.get(incident.id)?.version ?? 0) > incident.version) return;
      latest.set(incident.id, incident);
      go(incident.id);
    },
    async settled() {
      while (running.size > 0) await Promise.all([...running.values()]);
    },
    async stop() {
      stopped = true;
      await Promise.all([...running.values()]);
    },
  };
}

function isSettled({ prompt, person }: Asked, incident: Incident): boolean {
  if (incident.phase === 'closed') return true;
  if (prompt !== undefined) return incident.prompts.get(prompt)?.to !== person;
  const pages = Object.values(incident.seats).flatMap((seat) => seat.pages.filter((page) => page.person === person));
  return pages.every(({ answered, failed }) => answered !== undefined || failed !== undefined);
}
