/** Keeps cards as new as their incident: the room's, those in other conversations, and messages whose question is settled. */
import type { Incident } from '../../core/incident.ts';
import type { IncidentId } from '../../core/units.ts';
import { type Desk, drawn } from './desk.ts';
import type { Asked, Room } from './papers.ts';
import { cardMessage, mentionMessage, textMessage } from './render.ts';
import { refreshSheet } from './sheets.ts';
import { troubleIn } from './trouble.ts';

export interface Painter {
  /**
   * Brings everything that shows the incident to its newest state, soon.
   * @param again also where it seems to show that already: after a restart, or where Baton was away
   */
  draw(incident: Incident, again?: boolean): void;
  /** The newest state that was drawn from, if it is newer. */
  newest(incident: Incident): Incident;
}

/** @param lost is told when a room can no longer be written to */
export function createPainter(desk: Desk, lost: (id: IncidentId, error: unknown) => void): Painter {
  const latest = new Map<IncidentId, Incident>();
  const { cabinet, lanes, connector, log } = desk;

  function newest(incident: Incident): Incident {
    const known = latest.get(incident.id);
    return known && known.version > incident.version ? known : incident;
  }

  async function schedule(incident: Incident): Promise<void> {
    const papers = await cabinet.of(incident.id);
    const { room } = papers;
    if (room && room.lost === undefined && room.painted < incident.version) {
      const gaveUp = (error: unknown) => lost(incident.id, error);
      lanes.refresh(room.conversation, `card:${incident.id}`, () => paintRoom(incident), gaveUp);
    }
    for (const sheet of papers.sheets.values()) {
      if (sheet.painted < incident.version) refreshSheet(desk, sheet, () => newest(incident));
    }
    for (const asked of papers.asked.values()) {
      if (!isSettled(asked, incident)) continue;
      const drop = () => cabinet.dropAsked(incident.id, asked.message);
      const settle = async () => {
        await connector.edit(asked, asked.message, settledMessage(asked));
        await drop();
      };
      lanes.refresh(asked.conversation, `asked:${asked.message}`, settle, () => forget(drop()));
    }
  }

  async function paintRoom(asked: Incident): Promise<void> {
    const incident = newest(asked);
    const { room } = await cabinet.of(incident.id);
    if (!room || room.painted >= incident.version) return;
    const message = cardMessage(drawn(desk, incident, await desk.intake.world(), undefined, room.conversation));
    try {
      await connector.edit(room, room.card, message);
      await painted(incident, room);
    } catch (error) {
      if (troubleIn(error) !== 'gone') throw error;
      // Somebody deleted the card: the room gets another one, and never an incident without.
      const card = await connector.post(room, message);
      await painted(incident, room, card);
    }
  }

  /** What else has become of the room while its card was on its way to Teams stays as it is. */
  async function painted({ id, version }: Incident, shown: Room, card = shown.card): Promise<void> {
    await cabinet.room(id, (room) => (room?.card === shown.card ? { ...room, card, painted: version } : room));
    if (latest.get(id)?.phase === 'closed' && (latest.get(id)?.version ?? 0) <= version) latest.delete(id);
  }

  /** A failure to remember is made good at the next start, when everything is drawn again. */
  function forget(work: Promise<void>): void {
    work.catch((error) => log.warn({ error }, 'could not remember what is no longer shown'));
  }

  function settledMessage(asked: Asked) {
    const contact = desk.crew.contact(asked.person);
    return contact && asked.prompt !== undefined
      ? mentionMessage(contact, `${asked.text} ✓`)
      : textMessage([`${asked.text} ✓`]);
  }

  return {
    draw(incident, again = false) {
      if (!again && (latest.get(incident.id)?.version ?? 0) >= incident.version) return;
      latest.set(incident.id, incident);
      schedule(incident).catch((error) => log.error({ incident: incident.id, error }, 'could not draw in Teams'));
    },
    newest,
  };
}

function isSettled({ prompt, person, activity }: Asked, incident: Incident): boolean {
  if (incident.phase === 'closed') return true;
  if (activity !== undefined) {
    return !incident.activities.some(
      ({ id, owner, status }) => id === activity && owner === person && status === 'under-way',
    );
  }
  if (prompt !== undefined) return incident.prompts.get(prompt)?.to !== person;
  const pages = Object.values(incident.seats).flatMap((seat) => seat.pages.filter((page) => page.person === person));
  return pages.every(({ answered, failed }) => answered !== undefined || failed !== undefined);
}
