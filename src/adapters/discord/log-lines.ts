/** The room's log: lines wait together until a message may be sent, so that pings are never behind them. */
import type { IncidentId } from '../../core/units.ts';
import type { Desk } from './desk.ts';
import { nonceOf } from './ids.ts';
import { LOG_GAP, LONGEST_CONTENT, LONGEST_RETRY } from './limits.ts';
import { plain } from './markdown.ts';
import { isAfter, placeOf } from './papers.ts';
import { quietMessage } from './render.ts';
import type { Rooms } from './rooms.ts';
import { troubleIn } from './trouble.ts';

export interface LogLines {
  /** Durable when it resolves; said soon. A line that is there already changes nothing. */
  add(id: IncidentId, effect: string, text: string): Promise<void>;
  /** Says what still waits, after a restart or once there is a room. */
  catchUp(id: IncidentId): void;
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export function createLogLines({ api, cabinet, time, log }: Desk, rooms: Rooms): LogLines {
  const running = new Map<IncidentId, Promise<void>>();
  /** Something came for them while the last line was being finished. */
  const again = new Set<IncidentId>();
  let stopped = false;

  async function run(id: IncidentId): Promise<void> {
    while (!stopped) {
      const { lines } = await cabinet.of(id);
      const room = await rooms.writable(id);
      if (lines.size === 0 || !room) return;
      const batch = batchOf(lines);
      const effects = batch.map(([effect]) => effect);
      const content = batch.map(([, text]) => text).join('\n');
      try {
        await rooms.unlessLost(id, () => say(room.text, content, effects[0] ?? ''));
      } catch (error) {
        if (troubleIn(error) === 'again') {
          await time.wait(LOG_GAP);
          continue;
        }
        log.warn({ incident: id, error }, 'Discord refused a line of the log; it is in the record');
      }
      // Posted again for want of a note, it would in time be said twice.
      await patiently(id, async () => {
        await cabinet.logged(id, effects.at(-1) ?? '');
        await cabinet.dropLines(id, effects);
      });
      await time.wait(LOG_GAP);
    }
  }

  /** After a crash the same first line may meanwhile stand with others: then the message that was sent is completed. */
  async function say(channel: string, content: string, first: string): Promise<void> {
    const posted = await api.post(channel, quietMessage(content), nonceOf('log', channel, first));
    if (posted.content !== undefined && posted.content !== content) {
      const { content: whole, allowed_mentions } = quietMessage(content);
      await api.edit(channel, posted.id, { content: whole, allowed_mentions });
    }
  }

  /** Until it is done, each time after a longer wait. */
  async function patiently(id: IncidentId, work: () => Promise<void>): Promise<void> {
    for (let failed = 0; !stopped; failed += 1) {
      try {
        return await work();
      } catch (error) {
        log.error({ incident: id, error }, 'could not write the log in Discord; trying again');
        await time.wait(Math.min(LONGEST_RETRY, LOG_GAP * 2 ** failed));
      }
    }
  }

  function go(id: IncidentId): void {
    if (stopped) return;
    if (running.has(id)) {
      again.add(id);
      return;
    }
    const work = patiently(id, () => run(id)).finally(() => {
      running.delete(id);
      if (again.delete(id)) go(id);
    });
    running.set(id, work);
  }

  return {
    async add(id, effect, text) {
      const { logged } = await cabinet.of(id);
      if (!isAfter(effect, logged)) return;
      await cabinet.addLine(id, effect, lineOf(text));
      go(id);
    },
    catchUp: go,
    async settled() {
      while (running.size > 0) await Promise.all([...running.values()]);
    },
    async stop() {
      stopped = true;
      await Promise.all([...running.values()]);
    },
  };
}

function lineOf(text: string): string {
  const line = plain(text);
  return line.length <= LONGEST_CONTENT ? line : `${line.slice(0, LONGEST_CONTENT - 1).toWellFormed()}…`;
}

/** As many lines as one message holds, in the order of their events. */
function batchOf(lines: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  const sorted = [...lines].sort(([a], [b]) => {
    const [seqA, nA] = placeOf(a);
    const [seqB, nB] = placeOf(b);
    return seqA - seqB || nA - nB;
  });
  let letters = -1;
  const fitting = sorted.findIndex(([, text]) => {
    letters += text.length + 1;
    return letters > LONGEST_CONTENT;
  });
  return fitting < 0 ? sorted : sorted.slice(0, Math.max(fitting, 1));
}
