/** What Teams remembers of each incident: its room, the cards elsewhere, the log message being filled, who was asked. */
import { z } from 'zod';
import type { Listed, Store } from '../../core/ports.ts';
import type { IncidentId } from '../../core/units.ts';
import { createInTurn } from '../../desk/in-turn.ts';
import { isOnlyRedrawn } from '../../desk/redrawn.ts';
import { isThread, TEAMS } from './ids.ts';

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
  /** With several instances as everybody's writes have left it by now. */
  of(id: IncidentId): Promise<Papers>;
  /**
   * Resolves to whether the room became another.
   * @param become is given the room as it is then: whoever looked at it before they waited for Teams may have an old one.
   *   It is left alone where the same is returned.
   */
  room(id: IncidentId, become: (room: Room | undefined) => Room | undefined): Promise<boolean>;
  log(id: IncidentId, log: LogMessage): Promise<void>;
  sheet(id: IncidentId, sheet: Sheet): Promise<void>;
  dropSheet(id: IncidentId, conversation: string): Promise<void>;
  ask(id: IncidentId, asked: Asked): Promise<void>;
  dropAsked(id: IncidentId, message: string): Promise<void>;
  meeting(id: IncidentId, conversation: string): Promise<void>;
  /** Whether a message is the commander's card, in the room or elsewhere. */
  isCard(id: IncidentId, conversation: string, message: string): Promise<boolean>;
  /**
   * Incidents whose room, card or meeting is in a conversation, newest last; of those whose papers were looked at, and
   * with several instances of those that are `listed`.
   */
  in(conversation: string): Promise<readonly IncidentId[]>;
  /** Everything whose papers were looked at, and with several instances what is `listed`. */
  known(): Promise<readonly IncidentId[]>;
}

interface Filed {
  room?: Room;
  log?: LogMessage;
  sheets: Map<string, Sheet>;
  asked: Map<string, Asked>;
}

/**
 * @param listed only where several instances write to the store, which is then read each time, because what one of them
 *   has at hand is soon not all there is: resolves to the incidents that others may have filed papers of, newest first
 */
export function createCabinet(
  store: Pick<Store, 'remember' | 'recall'>,
  listed?: () => Promise<readonly Pick<Listed, 'id' | 'phase'>[]>,
): Cabinet {
  /** What was read or written last. */
  const filed = new Map<IncidentId, Promise<Filed>>();
  const byConversation = new Map<string, Set<IncidentId>>();
  /** What was read since it was closed. */
  const final = new Set<IncidentId>();
  const inTurn = createInTurn();
  let looking: Promise<readonly IncidentId[]> | undefined;

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
    const found = (listed ? undefined : filed.get(id)) ?? read(id);
    filed.set(id, found);
    found.catch(() => filed.delete(id));
    return found;
  }

  /** Reads what others may have filed since; where an incident is at home is final once it is closed. */
  async function readAll(): Promise<readonly IncidentId[]> {
    const found = (await listed?.()) ?? [];
    const due = found.filter(({ id, phase }) => phase !== 'closed' || !final.has(id));
    await Promise.all(due.map(({ id }) => of(id)));
    for (const { id, phase } of due) if (phase === 'closed') final.add(id);
    return found.map(({ id }) => id).reverse();
  }

  /** Those who ask while others wait for an answer have the same: twenty join a meeting at once. */
  function look(): Promise<readonly IncidentId[]> {
    looking ??= readAll().finally(() => {
      looking = undefined;
    });
    return looking;
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

  async function change(id: IncidentId, become: (room: Room | undefined) => Room | undefined): Promise<boolean> {
    const into = await of(id);
    const after = become(into.room);
    if (!after || after === into.room) return false;
    await store.remember(id, TEAMS, 'room', JSON.stringify(after), isOnlyRedrawn(into.room, after));
    file(id, into, 'room', after);
    return true;
  }

  const isIn = (id: IncidentId, conversation: string) => byConversation.get(conversation)?.has(id) === true;

  return {
    of,
    // Each sees what the one before has made of it.
    room: (id, become) => inTurn(id, () => change(id, become)),
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
    async isCard(id, conversation, message) {
      const isHere = ({ room, sheets }: Filed) => room?.card === message || sheets.get(conversation)?.card === message;
      const last = await filed.get(id);
      // A card that was one goes on being one; whoever presses it does not wait for the store.
      return (last !== undefined && isHere(last)) || isHere(await of(id));
    },
    async in(conversation) {
      const here = [...(byConversation.get(conversation) ?? [])];
      // A thread has one incident.
      if (!listed || (here.length > 0 && isThread(conversation))) return here;
      return (await look()).filter((id) => isIn(id, conversation));
    },
    async known() {
      await look();
      return [...filed.keys()];
    },
  };
}
