/** What Teams remembers of each incident: its room, the cards elsewhere, the log message being filled, who was asked. */
import { z } from 'zod';
import type { Store } from '../../core/ports.ts';
import type { IncidentId } from '../../core/units.ts';
import { isOnlyRedrawn } from '../../desk/redrawn.ts';
import { TEAMS } from './ids.ts';

const Spot = { service: z.string(), conversation: z.string() };

const Room = z.object({
  ...Spot,
  kind: z.enum(['personal', 'groupChat', 'channel']),
  tenant: z.string().optional(),
  team: z.string().optional(),
  /** Id of the message that is the commander's card. */
  card: z.string(),
  link: z.string().optional(),
  /** Why it is no channel of its own, where there was to be one. */
  otherwise: z.string().optional(),
  /** The version of the incident that the card shows. */
  painted: z.number().default(0),
  /** Why nothing can be written there any more. */
  lost: z.string().optional(),
});
export type Room = z.infer<typeof Room>;

/** The commander's card in a conversation that is not the room; drawn for the person whose chat it is. */
const Sheet = z.object({ ...Spot, card: z.string(), person: z.string().optional(), painted: z.number().default(0) });
export type Sheet = z.infer<typeof Sheet>;

/** The latest message of the room's log, which further lines are added to. */
const LogMessage = z.object({
  message: z.string(),
  since: z.number(),
  lines: z.array(z.object({ effect: z.string(), text: z.string() })),
});
export type LogMessage = z.infer<typeof LogMessage>;

/** A message that asked somebody to act; its buttons go when that is settled. */
const Asked = z.object({
  ...Spot,
  message: z.string(),
  effect: z.string(),
  person: z.string(),
  /** The prompt that it stands for; a page has none. */
  prompt: z.string().optional(),
  /** The work that its buttons are about, taken on by the person. */
  activity: z.number().optional(),
  text: z.string(),
});
export type Asked = z.infer<typeof Asked>;

/** The chat of the online meeting that was opened for the incident. */
const Meeting = z.object({ conversation: z.string() });

const SHAPES = { room: Room, log: LogMessage, sheet: Sheet, asked: Asked, meeting: Meeting } as const;

export interface Papers {
  readonly room?: Room;
  readonly log?: LogMessage;
  /** By conversation. */
  readonly sheets: ReadonlyMap<string, Sheet>;
  /** By message. */
  readonly asked: ReadonlyMap<string, Asked>;
}

export interface Cabinet {
  of(id: IncidentId): Promise<Papers>;
  room(id: IncidentId, room: Room): Promise<void>;
  log(id: IncidentId, log: LogMessage): Promise<void>;
  sheet(id: IncidentId, sheet: Sheet): Promise<void>;
  dropSheet(id: IncidentId, conversation: string): Promise<void>;
  ask(id: IncidentId, asked: Asked): Promise<void>;
  dropAsked(id: IncidentId, message: string): Promise<void>;
  meeting(id: IncidentId, conversation: string): Promise<void>;
  /** Incidents whose room, card or meeting is in a conversation, newest last; only those whose papers were looked at. */
  in(conversation: string): readonly IncidentId[];
  /** Everything whose papers were looked at. */
  known(): readonly IncidentId[];
}

interface Filed {
  room?: Room;
  log?: LogMessage;
  sheets: Map<string, Sheet>;
  asked: Map<string, Asked>;
}

export function createCabinet(store: Pick<Store, 'remember' | 'recall'>): Cabinet {
  const filed = new Map<IncidentId, Promise<Filed>>();
  const byConversation = new Map<string, Set<IncidentId>>();

  async function read(id: IncidentId): Promise<Filed> {
    const found: Filed = { sheets: new Map(), asked: new Map() };
    for (const [key, value] of Object.entries(await store.recall(id, TEAMS))) {
      const [kind = ''] = key.split(':');
      if (!(kind in SHAPES)) continue;
      const paper = SHAPES[kind as keyof typeof SHAPES].safeParse(JSON.parse(value)).data;
      if (paper) file(id, found, kind as keyof typeof SHAPES, paper);
    }
    return found;
  }

  function file(id: IncidentId, into: Filed, kind: keyof typeof SHAPES, paper: unknown): void {
    if (kind === 'room') into.room = paper as Room;
    if (kind === 'log') into.log = paper as LogMessage;
    if (kind === 'sheet') into.sheets.set((paper as Sheet).conversation, paper as Sheet);
    if (kind === 'asked') into.asked.set((paper as Asked).message, paper as Asked);
    if (kind === 'room' || kind === 'sheet' || kind === 'meeting') index((paper as Room | Sheet).conversation, id);
  }

  function index(conversation: string, id: IncidentId): void {
    const ids = byConversation.get(conversation) ?? new Set();
    byConversation.set(conversation, ids.add(id));
  }

  function of(id: IncidentId): Promise<Filed> {
    const found = filed.get(id) ?? read(id);
    filed.set(id, found);
    found.catch(() => filed.delete(id));
    return found;
  }

  async function put<Kind extends keyof typeof SHAPES>(
    id: IncidentId,
    key: string,
    kind: Kind,
    paper: z.infer<(typeof SHAPES)[Kind]>,
    isLight: (into: Filed) => boolean = () => false,
  ): Promise<void> {
    const into = await of(id);
    await store.remember(id, TEAMS, key, JSON.stringify(paper), isLight(into));
    file(id, into, kind, paper);
  }

  return {
    of,
    room: (id, room) => put(id, 'room', 'room', room, (into) => isOnlyRedrawn(into.room, room)),
    // A line that is forgotten is said again into the same message, which then says what it said before.
    log: (id, log) => put(id, 'log', 'log', log, (into) => into.log?.message === log.message),
    sheet: (id, sheet) =>
      put(id, `sheet:${sheet.conversation}`, 'sheet', sheet, ({ sheets }) =>
        isOnlyRedrawn(sheets.get(sheet.conversation), sheet),
      ),
    async dropSheet(id, conversation) {
      const from = await of(id);
      await store.remember(id, TEAMS, `sheet:${conversation}`, undefined);
      from.sheets.delete(conversation);
      if (from.room?.conversation !== conversation) byConversation.get(conversation)?.delete(id);
    },
    ask: (id, asked) => put(id, `asked:${asked.message}`, 'asked', asked),
    async dropAsked(id, message) {
      const from = await of(id);
      await store.remember(id, TEAMS, `asked:${message}`, undefined);
      from.asked.delete(message);
    },
    meeting: (id, conversation) => put(id, 'meeting', 'meeting', { conversation }),
    in: (conversation) => [...(byConversation.get(conversation) ?? [])],
    known: () => [...filed.keys()],
  };
}
