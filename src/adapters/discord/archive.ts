/** Puts rooms away once their incident has been closed for long enough, and takes them out again when it is reopened. */
import type { Incident } from '../../core/incident.ts';
import type { Duration, IncidentId } from '../../core/units.ts';
import { close, reopen, unlessGone } from './closing.ts';
import type { Desk } from './desk.ts';
import type { Room } from './papers.ts';
import type { Rooms } from './rooms.ts';

export interface ArchiveOptions {
  /** `keep`: rooms stay where they are. `move`: into another category, closed to writing. `delete`: they are removed. */
  readonly how: 'keep' | 'move' | 'delete';
  /** How long after closing. */
  readonly after: Duration;
  /** Names the category of closed rooms. */
  readonly category: string;
  /** Names the category of open rooms. */
  readonly open: string;
}

export interface Archive {
  /** A new state: a room whose time has come is put away, and one whose incident is open again is taken out. */
  seen(incident: Incident): void;
  stop(): void;
}

const TIDY_EVERY: Duration = 60_000;

export function createArchive(desk: Desk, rooms: Rooms, { how, after, category, open }: ArchiveOptions): Archive {
  const { api, cabinet, intake, log } = desk;

  async function look(id: IncidentId): Promise<void> {
    const { room } = await cabinet.of(id);
    if (!room?.own || room.lost !== undefined) return;
    const incident = await intake.incident(id);
    if (!incident) return;
    if (room.archived && incident.phase !== 'closed') return takeOut(id, room);
    if (!room.archived && isDue(incident)) return putAway(id, room);
  }

  function isDue({ phase, closedAt }: Incident): boolean {
    return how !== 'keep' && phase === 'closed' && closedAt !== undefined && intake.now() - closedAt >= after;
  }

  async function putAway(id: IncidentId, room: Room): Promise<void> {
    const { guild, text, voice } = room;
    if (how === 'delete') rooms.leave(id);
    // Nobody talks any more, and a voice channel keeps nothing.
    if (voice !== undefined) await unlessGone(() => api.deleteChannel(voice));
    if (how === 'delete') await unlessGone(() => api.deleteChannel(text));
    else await close(desk, id, room, await rooms.categoryFor(guild, category, 1));
    const { voice: _voice, ...rest } = (await cabinet.of(id)).room ?? room;
    await cabinet.room(id, { ...rest, archived: true, ...(how === 'delete' ? { lost: 'deleted' } : {}) });
    log.info({ incident: id }, 'the room was put away');
  }

  async function takeOut(id: IncidentId, room: Room): Promise<void> {
    await reopen(desk, room, await rooms.categoryFor(room.guild, open, 1));
    const { before: _before, ...rest } = (await cabinet.of(id)).room ?? room;
    await cabinet.room(id, { ...rest, archived: false, painted: 0 });
  }

  /** One after the other: channels are moved seldom, and never in a hurry. */
  let turn: Promise<void> = Promise.resolve();
  function visit(id: IncidentId): void {
    turn = turn
      .then(() => look(id))
      .catch((error) => log.warn({ incident: id, error }, 'a room could not be put away; trying again'));
  }

  const timer = setInterval(() => cabinet.known().forEach(visit), TIDY_EVERY).unref();
  return {
    seen({ id, phase }) {
      // Whether it is put away is known from its papers, which only rooms that are known have.
      if (phase === 'closed' || cabinet.known().includes(id)) visit(id);
    },
    stop: () => clearInterval(timer),
  };
}
