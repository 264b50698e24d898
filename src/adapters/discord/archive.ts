/** Puts rooms away once their incident has been closed for long enough, and takes them out again when it is reopened. */
import type { Incident } from '../../core/incident.ts';
import type { Duration, IncidentId } from '../../core/units.ts';
import type { Desk } from './desk.ts';
import type { Room } from './papers.ts';
import type { Rooms } from './rooms.ts';
import { troubleIn } from './trouble.ts';

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

/** Denied to everybody in a room that is put away: Send Messages, and in its threads. */
const WRITING = (1n << 11n) | (1n << 38n);
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
    // Nobody talks any more, and a voice channel keeps nothing.
    if (voice !== undefined) await unlessGone(() => api.deleteChannel(voice));
    if (how === 'delete') await unlessGone(() => api.deleteChannel(text));
    else await move(guild, text, category, true);
    const { voice: _voice, ...rest } = room;
    await cabinet.room(id, { ...rest, archived: true, ...(how === 'delete' ? { lost: 'deleted' } : {}) });
    log.info({ incident: id }, 'the room was put away');
  }

  async function takeOut(id: IncidentId, room: Room): Promise<void> {
    await move(room.guild, room.text, open, false);
    await cabinet.room(id, { ...room, archived: false, painted: 0 });
  }

  async function move(guild: string, channel: string, to: string, closed: boolean): Promise<void> {
    const parent = await rooms.categoryFor(guild, to, 1);
    const found = (await api.channels(guild)).find(({ id }) => id === channel);
    const others = (found?.permission_overwrites ?? []).filter(({ id }) => id !== guild);
    const everyone = { id: guild, type: 0, allow: '0', deny: closed ? String(WRITING) : '0' };
    try {
      await api.changeChannel(channel, { parent_id: parent, permission_overwrites: [...others, everyone] });
    } catch (error) {
      if (troubleIn(error) !== 'forbidden') return unlessGone(() => Promise.reject(error));
      // Without "Manage Roles" it can still be moved.
      await unlessGone(() => api.changeChannel(channel, { parent_id: parent }));
    }
  }

  async function unlessGone(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (troubleIn(error) !== 'gone') throw error;
    }
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
