/** Microsoft Teams as a surface: one endpoint in, one connector out, and the room, its card and its people between. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Request, Router } from 'express';
import type { Effect } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import type { Abilities, Attachments, Intake, Listed, Log, Memory, Outlet, Store, Surface } from '../../core/ports.ts';
import type { PersonId } from '../../core/units.ts';
import { CLOSED_SHOWN, MOST_LISTED } from '../../desk/limits.ts';
import { createLinking } from '../../desk/linking.ts';
import { createGate } from './botbuilder.ts';
import { createConnector } from './connector.ts';
import { type Crew, createCrew } from './crew.ts';
import type { Desk } from './desk.ts';
import { createDialogs, createExtension } from './dialogs.ts';
import type { Addresses, Identity } from './gate.ts';
import { createGraph } from './graph.ts';
import { TEAMS } from './ids.ts';
import { createInbound } from './inbound.ts';
import { believingGate } from './known-tokens.ts';
import { createLanes } from './lanes.ts';
import { createMeetings } from './meetings.ts';
import { createMessages } from './messages.ts';
import { createOrders } from './orders.ts';
import { createOutbound, TAKES } from './outbound.ts';
import type { Time } from './pace.ts';
import { createPainter } from './painter.ts';
import { createCabinet } from './papers.ts';
import { createPresses } from './presses.ts';
import { createSend } from './request.ts';
import { createRooms } from './rooms.ts';
import { createRoster } from './roster.ts';
import { routes } from './routes.ts';
import { steady } from './steady.ts';
import { createTokens } from './tokens.ts';

/** What is configured. */
export interface TeamsSettings {
  /** Absent: no registration, only this machine may come in (the Agents Playground, tests). */
  readonly identity?: Identity | undefined;
  readonly addresses?: Addresses | undefined;
  /** Tenants that may come in; by default the bot's own. */
  readonly tenants?: readonly string[] | undefined;
  /** Conversation id of the channel that rooms are threads of. */
  readonly channel?: string | undefined;
  /** Language of cards that many read. Default `en`. */
  readonly language?: string | undefined;
  /** Object id of the user in whose name meetings are held; absent: no meetings are opened. */
  readonly organizer?: string | undefined;
  /** Group id of the team in which every incident gets a channel of its own; absent: threads of one channel. */
  readonly team?: string | undefined;
  /** Whether clients know dialogs. Default: with a registration; the Agents Playground has none. */
  readonly dialogs?: boolean | undefined;
}

export interface TeamsOptions extends TeamsSettings {
  readonly store: Pick<Store, 'remember' | 'recall'>;
  readonly memory: Memory;
  /** Whether several instances share the store. */
  readonly shared?: boolean;
  readonly attachments: Attachments;
  readonly isLocal: (request: Request) => boolean;
  /** The standing bridge, for when a meeting cannot be opened. */
  readonly bridge?: string | undefined;
  readonly log: Log;
  /** Time, where it is not the real one. */
  readonly time?: Time;
}

export interface Teams extends Surface {
  /** `POST /api/messages`, which checks its callers by itself. Answers 503 until the surface is started. */
  readonly router: Router;
  /** Further outlets with cursors of their own: neither the call nor a page waits behind a room. */
  readonly beside: readonly Outlet[];
  /** Whether it has met somebody, here or in another instance, and so can page them. */
  knows(person: PersonId): Promise<boolean>;
  /** Resolves when nothing waits to be written. */
  settled(): Promise<void>;
}

const REAL: Time = {
  now: Date.now,
  wait: (delay) => wait(delay),
  later: (delay, task) => void setTimeout(task, delay).unref(),
  random: Math.random,
};

export function createTeams(options: TeamsOptions): Teams {
  const { identity, addresses = {}, log, time = REAL } = options;
  const tokens = identity && createTokens(identity, addresses);
  const send = createSend(tokens, time.now);
  const gate = identity && believingGate(createGate(identity, addresses, Date.now), Date.now);
  const lanes = createLanes(time, log);
  const bot = { id: `28:${identity?.appId ?? 'baton'}`, name: 'Baton' };
  const graph =
    tokens && (options.organizer !== undefined || options.team !== undefined)
      ? createGraph({
          send,
          organizer: options.organizer,
          team: options.team,
          address: addresses.graph,
        })
      : undefined;
  const can: Abilities = {
    call: graph?.openMeeting !== undefined,
    presence: true,
    pin: true,
    privateReply: true,
    page: true,
  };

  let open: Open | undefined;
  const started = (): Open => {
    if (!open) throw new Error('Teams is asked to deliver before it is started');
    return open;
  };
  const outlet = (name: string, takes: readonly Effect['type'][]): Outlet => ({
    name,
    takes,
    surface: TEAMS,
    deliver: async (effect, incident) => started().deliver(effect, incident),
  });
  const apart: readonly Effect['type'][] = ['open-call', 'page'];

  async function start(intake: Intake): Promise<void> {
    const crew = createCrew(options.memory, intake);
    const recent = () => intake.list({ closedAfter: time.now() - CLOSED_SHOWN, limit: MOST_LISTED });
    const cabinet = createCabinet(options.store, options.shared ? recent : undefined);
    const desk: Desk = {
      intake,
      connector: steady(createConnector({ bot, send, resource: addresses.connector }), lanes, time),
      lanes,
      cabinet,
      crew,
      time,
      log,
      attachments: options.attachments,
      linking: createLinking(options.memory, intake),
      graph,
      language: options.language ?? 'en',
      spoken: new Map(),
      dialogs: options.dialogs ?? identity !== undefined,
    };
    const rooms = createRooms(desk, {
      channel: options.channel,
      registered: identity !== undefined,
      memory: options.memory,
    });
    const painter = createPainter(desk, (id, error) => rooms.lose(id, error));
    const orders = createOrders(desk, rooms);
    const receive = createInbound({
      message: createMessages(desk, orders),
      press: createPresses(desk, orders),
      dialog: createDialogs(desk, orders),
      extension: createExtension(desk, orders),
      meeting: createMeetings(desk),
      roster: createRoster(desk, rooms, painter),
    });
    await crew.load();
    await rooms.load();
    const deliver = createOutbound({ desk, rooms, painter, bridge: options.bridge });
    open = { receive, crew, deliver, draw: (incident) => painter.draw(incident) };
    await takeUp(await recent(), desk, painter.draw);
  }

  /** What was not drawn before Baton ended is drawn now; and conversations know their incidents again. */
  async function takeUp(
    listed: readonly Listed[],
    { cabinet, intake }: Desk,
    draw: (incident: Incident, again: boolean) => void,
  ): Promise<void> {
    for (const { id } of [...listed].reverse()) {
      await cabinet.of(id);
      // One that cannot be read keeps nobody from working on the others.
      const incident = await intake.incident(id).catch((error) => {
        log.error({ incident: id, error }, 'could not take up an incident in Teams');
      });
      if (incident) draw(incident, true);
    }
  }

  return {
    name: TEAMS,
    can,
    takes: TAKES.filter((type) => !apart.includes(type)),
    beside: [outlet(`${TEAMS}-call`, ['open-call']), outlet(`${TEAMS}-pages`, ['page'])],
    router: routes({
      gate,
      tenants: (options.tenants ?? (identity ? [identity.tenant] : [])).map((tenant) => tenant.toLowerCase()),
      isLocal: options.isLocal,
      inbound: () => open?.receive,
      log,
    }),
    start,
    deliver: async (effect, incident) => started().deliver(effect, incident),
    draw: (incident) => open?.draw(incident),
    knows: async (person) => (await started().crew.find(person)) !== undefined,
    settled: () => lanes.settled(),
    async stop() {
      open = undefined;
      await lanes.stop();
    },
  };
}

interface Open {
  readonly receive: ReturnType<typeof createInbound>;
  readonly crew: Crew;
  readonly deliver: Outlet['deliver'];
  readonly draw: (incident: Incident) => void;
}
