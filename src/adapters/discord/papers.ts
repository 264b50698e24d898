/** What Discord remembers of each incident: its channels and card, lines still to be logged, who was asked, long presses. */
import { z } from 'zod';
import type { Store } from '../../core/ports.ts';
import type { IncidentId } from '../../core/units.ts';
import { isOnlyRedrawn } from '../../desk/redrawn.ts';
import { DISCORD } from './ids.ts';

const Room = z.object({
  guild: z.string(),
  /** The text channel. */
  text: z.string(),
  /** The voice channel, which is the call. */
  voice: z.string().optional(),
  /** Made for this incident alone, so that it may be archived with it. */
  own: z.boolean(),
  /** Id of the message that is the commander's card, and when it was sent. */
  card: z.string().optional(),
  cardAt: z.number().default(0),
  pinned: z.boolean().default(false),
  /** The version of the incident that the card shows. */
  painted: z.number().default(0),
  archived: z.boolean().default(false),
  /** What the channel let everybody and Baton do before it was closed; undefined while it is open, or was closed long ago. */
  before: z.array(z.object({ id: z.string(), type: z.number(), allow: z.string(), deny: z.string() })).optional(),
  /** Why nothing can be written there any more. */
  lost: z.string().optional(),
});
export type Room = z.infer<typeof Room>;

/** A message that asked somebody to act; its buttons go when that is settled. */
const Asked = z.object({
  channel: z.string(),
  message: z.string(),
  effect: z.string(),
  person: z.string(),
  /** The prompt that it stands for; a page has none. */
  prompt: z.string().optional(),
  text: z.string(),
});
export type Asked = z.infer<typeof Asked>;

export interface Papers {
  readonly room?: Room;
  /** By message. */
  readonly asked: ReadonlyMap<string, Asked>;
  /** Lines that are still to be logged, by effect. */
  readonly lines: ReadonlyMap<string, string>;
  /** Fields of presses that were too long for a button, by hash. */
  readonly presses: ReadonlyMap<string, string>;
  /** The latest ping or page that was delivered. */
  readonly done?: string;
  /** The latest line that was said. */
  readonly logged?: string;
}

export interface Cabinet {
  of(id: IncidentId): Promise<Papers>;
  room(id: IncidentId, room: Room): Promise<void>;
  ask(id: IncidentId, asked: Asked): Promise<void>;
  dropAsked(id: IncidentId, message: string): Promise<void>;
  addLine(id: IncidentId, effect: string, text: string): Promise<void>;
  dropLines(id: IncidentId, effects: readonly string[]): Promise<void>;
  press(id: IncidentId, hash: string, fields: string): Promise<void>;
  done(id: IncidentId, effect: string): Promise<void>;
  logged(id: IncidentId, effect: string): Promise<void>;
  /** Incidents at home in a channel, newest last; only those whose papers were looked at. */
  in(channel: string): readonly IncidentId[];
  /** The incident whose call a voice channel is. */
  callIn(channel: string): IncidentId | undefined;
  /** Everything whose papers were looked at. */
  known(): readonly IncidentId[];
}

interface Filed {
  room?: Room;
  done?: string;
  logged?: string;
  asked: Map<string, Asked>;
  lines: Map<string, string>;
  presses: Map<string, string>;
}

export function createCabinet(store: Pick<Store, 'remember' | 'recall'>): Cabinet {
  const filed = new Map<IncidentId, Promise<Filed>>();
  const byChannel = new Map<string, Set<IncidentId>>();
  const byCall = new Map<string, IncidentId>();

  async function read(id: IncidentId): Promise<Filed> {
    const found: Filed = { asked: new Map(), lines: new Map(), presses: new Map() };
    for (const [key, value] of Object.entries(await store.recall(id, DISCORD))) {
      const [kind = ''] = key.split(':');
      file(id, found, kind, key.slice(kind.length + 1), value);
    }
    return found;
  }

  function file(id: IncidentId, into: Filed, kind: string, name: string, value: string): void {
    if (kind === 'room') {
      const room = Room.parse(JSON.parse(value));
      into.room = room;
      for (const channel of [room.text, room.voice]) if (channel) index(channel, id);
      if (room.voice) byCall.set(room.voice, id);
    }
    if (kind === 'asked') into.asked.set(name, Asked.parse(JSON.parse(value)));
    if (kind === 'line') into.lines.set(name, value);
    if (kind === 'press') into.presses.set(name, value);
    if (kind === 'done') into.done = value;
    if (kind === 'logged') into.logged = value;
  }

  function index(channel: string, id: IncidentId): void {
    byChannel.set(channel, (byChannel.get(channel) ?? new Set()).add(id));
  }

  function of(id: IncidentId): Promise<Filed> {
    const found = filed.get(id) ?? read(id);
    filed.set(id, found);
    found.catch(() => filed.delete(id));
    return found;
  }

  async function put(id: IncidentId, kind: string, name: string, value: string, lightly = false): Promise<void> {
    const into = await of(id);
    await store.remember(id, DISCORD, name === '' ? kind : `${kind}:${name}`, value, lightly);
    file(id, into, kind, name, value);
  }

  return {
    of,
    async room(id, room) {
      const before = (await of(id)).room;
      await put(id, 'room', '', JSON.stringify(room), isOnlyRedrawn(before, room));
    },
    ask: (id, asked) => put(id, 'asked', asked.message, JSON.stringify(asked)),
    async dropAsked(id, message) {
      const from = await of(id);
      await store.remember(id, DISCORD, `asked:${message}`, undefined);
      from.asked.delete(message);
    },
    addLine: (id, effect, text) => put(id, 'line', effect, text),
    async dropLines(id, effects) {
      const from = await of(id);
      for (const effect of effects) {
        await store.remember(id, DISCORD, `line:${effect}`, undefined);
        from.lines.delete(effect);
      }
    },
    async press(id, hash, fields) {
      const { presses } = await of(id);
      if (!presses.has(hash)) await put(id, 'press', hash, fields);
    },
    done: (id, effect) => put(id, 'done', '', effect),
    logged: (id, effect) => put(id, 'logged', '', effect),
    in: (channel) => [...(byChannel.get(channel) ?? [])],
    callIn: (channel) => byCall.get(channel),
    known: () => [...filed.keys()],
  };
}

/** Whether an effect comes after another of its incident: effects are delivered in order. */
export function isAfter(effect: string, before: string | undefined): boolean {
  if (before === undefined) return true;
  const [seq, n] = placeOf(effect);
  const [seqBefore, nBefore] = placeOf(before);
  if (seq !== seqBefore) return seq > seqBefore;
  // Pings are named by their facts and come after the numbered effects of their event.
  return Number.isNaN(n) ? effect !== before : n > nBefore;
}

/** `INC-3/17/0` is the first effect of event 17. */
export function placeOf(effect: string): readonly [number, number] {
  const [seq = 0, n = 0] = effect.split('/').slice(-2).map(Number);
  return [seq, n];
}
