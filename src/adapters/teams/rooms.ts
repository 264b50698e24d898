/** Where an incident lives in Teams: opens its room, knows when it is lost, and takes it up again. */
import type { Incident } from '../../core/incident.ts';
import type { Memory } from '../../core/ports.ts';
import type { IncidentId } from '../../core/units.ts';
import { houseWords } from '../../desk/reading.ts';
import { reporter } from '../../desk/report.ts';
import type { Place } from './activity.ts';
import { type Desk, drawn } from './desk.ts';
import { graphSaid } from './graph.ts';
import { channelOf, TEAMS } from './ids.ts';
import type { Room } from './papers.ts';
import { cardMessage, linkMessage } from './render.ts';
import { PlatformError, troubleIn } from './trouble.ts';

/** Where a room may be opened. */
export type Target = Pick<Place, 'service' | 'conversation' | 'kind' | 'tenant' | 'team'>;

export interface Rooms {
  open(effect: string, incident: Incident): Promise<void>;
  /** The room, while it can be written to. */
  writable(id: IncidentId): Promise<Room | undefined>;
  /** Undefined when the room turns out to be lost, which is then noted and reported. */
  unlessLost<T>(id: IncidentId, work: () => Promise<T>): Promise<T | undefined>;
  lose(id: IncidentId, error: unknown): void;
  /** Baton is in a conversation again: rooms there are written to again. */
  regained(conversation: string): Promise<readonly IncidentId[]>;
  /** Where an order came from: an incident that it declares may be at home there. */
  origin(order: string, place: Place): void;
  /** Baton was added to a channel or chat. */
  added(place: Target): Promise<void>;
  load(): Promise<void>;
}

export interface RoomsOptions {
  /** `teams.channel`: the channel of the rooms. */
  readonly channel?: string | undefined;
  /** With an app id a missing room is worth a word: somebody has set Teams up. */
  readonly registered: boolean;
  readonly memory: Memory;
}

const HOME = 'home';
const SERVICE = 'service';
/** Orders whose place is remembered until their room is opened. */
const ORIGINS_KEPT = 1_000;

export function createRooms(desk: Desk, { channel, registered, memory }: RoomsOptions): Rooms {
  const { cabinet, connector, lanes, log } = desk;
  const tell = reporter(desk.intake, TEAMS);
  const origins = new Map<string, Place>();
  /** The channel or chat that Baton was added to last. */
  let home: Target | undefined;
  /** A connector that was vouched for, for a channel that is only configured. */
  let reached: Pick<Target, 'service' | 'tenant'> | undefined;

  async function open(effect: string, incident: Incident): Promise<void> {
    const known = (await cabinet.of(incident.id)).room;
    // One that was lost, and is asked for again, is opened anew.
    const room = known && known.lost === undefined ? known : await openSomewhere(incident);
    if (room) return report(effect, incident, room);
    if (!registered) return;
    const world = await desk.intake.world();
    await reportFailure(effect, incident.id, houseWords(desk, world, incident).t('teams.reason.nowhere'));
  }

  async function load(): Promise<void> {
    const kept = { ...(await memory.recall(TEAMS, HOME)), ...(await memory.recall(TEAMS, SERVICE)) };
    if (kept[HOME] !== undefined) home = JSON.parse(kept[HOME]) as Target;
    if (kept[SERVICE] !== undefined) reached = JSON.parse(kept[SERVICE]) as Target;
  }

  async function openSomewhere(incident: Incident): Promise<Room | undefined> {
    let last: unknown;
    // Another instance may have been the one to hear where Baton was added.
    await load();
    const own = await ownChannel(incident);
    for (const target of await targets(incident, own.target)) {
      try {
        const opened = await openIn(target, incident);
        const room =
          own.refusal === undefined ? opened : { ...opened, otherwise: await otherwise(incident, opened, own) };
        await cabinet.room(incident.id, () => room);
        await pin(incident.id, room);
        pointTo(room, incident);
        return room;
      } catch (error) {
        if (troubleIn(error) === 'again') throw error;
        last = error;
        log.warn({ incident: incident.id, error }, 'no room could be opened there');
      }
    }
    if (last === undefined) return undefined;
    throw new RoomRefused(last);
  }

  /** Best first: a channel of its own, the configured one, where it was declared, where Baton was added. */
  async function targets(incident: Incident, own: Target | undefined): Promise<readonly Target[]> {
    const origin = originOf(incident);
    const service = serviceFor(incident);
    const shared = origin?.kind === 'personal' ? [home, origin] : [origin, home];
    const configured =
      channel && service ? { ...near(service), conversation: channel, kind: 'channel' as const } : undefined;
    const all = [own, configured, ...shared].flatMap((target) => (target ? [target] : []));
    return all.filter(({ conversation }, n) => all.findIndex((one) => one.conversation === conversation) === n);
  }

  /** Any connector that was vouched for leads to every channel of the tenant. */
  function serviceFor(incident: Incident): Pick<Target, 'service' | 'tenant' | 'team'> | undefined {
    return originOf(incident) ?? reached ?? home;
  }

  /** A team that has no room for more channels, or a permission that is missing, keeps nobody from working. */
  async function ownChannel(incident: Incident): Promise<OwnChannel> {
    const service = serviceFor(incident);
    if (!desk.graph?.openChannel || !service) return {};
    try {
      const conversation = await desk.graph.openChannel(incident.id, incident.title);
      return { target: { ...near(service), conversation, kind: 'channel' } };
    } catch (refusal) {
      log.warn({ incident: incident.id, error: refusal }, 'no channel of its own could be made; the shared one serves');
      return { refusal };
    }
  }

  /** What the room is instead of a channel of its own, and why. */
  async function otherwise(incident: Incident, { kind }: Room, { refusal }: OwnChannel): Promise<string> {
    const words = houseWords(desk, await desk.intake.world(), incident);
    const reason = graphSaid(refusal, words);
    return words.t(kind === 'channel' ? 'teams.otherwise.thread' : 'teams.otherwise.chat', { reason });
  }

  async function openIn(target: Target, asked: Incident): Promise<Room> {
    const { service, kind, tenant, team } = target;
    const base = { service, kind, ...(tenant ? { tenant } : {}), ...(team ? { team } : {}) };
    const world = await desk.intake.world();
    const incident = (await desk.intake.incident(asked.id)) ?? asked;
    const message = cardMessage(drawn(desk, incident, world));
    if (kind !== 'channel') {
      const { conversation } = target;
      const card = await lanes.write(conversation, () => connector.post(target, message));
      return { ...base, conversation, card, painted: incident.version };
    }
    const root = channelOf(target.conversation);
    const where = { service, channel: root, ...(tenant ? { tenant } : {}) };
    const opened = await lanes.write(root, () => connector.openThread(where, message));
    const link = linkTo(root, opened.message, target);
    return { ...base, conversation: opened.conversation, card: opened.message, link, painted: incident.version };
  }

  /** Whoever declared it elsewhere is told where it goes on. */
  function pointTo({ conversation, link }: Room, incident: Incident): void {
    const origin = originOf(incident);
    if (!origin || origin.conversation === conversation || link === undefined) return;
    const work = async () => {
      const words = houseWords(desk, await desk.intake.world(), incident);
      const text = words.t('teams.room', { incident: incident.id });
      await connector.post(origin, linkMessage(text, `${incident.id}: ${incident.title}`, link));
    };
    lanes.write(origin.conversation, work).catch((error) => {
      log.info({ incident: incident.id, error }, 'the way to the room could not be told where it was declared');
    });
  }

  function originOf({ orders }: Incident): Place | undefined {
    return orders.map((order) => origins.get(order)).find((place) => place !== undefined);
  }

  async function pin(id: IncidentId, { kind, conversation, card }: Room): Promise<void> {
    if (!desk.graph || kind !== 'groupChat') return;
    try {
      await desk.graph.pin(conversation, card);
    } catch (error) {
      log.info({ incident: id, error }, 'the card could not be pinned in its chat');
    }
  }

  async function report(effect: string, { id }: Incident, { conversation, link, otherwise }: Room): Promise<void> {
    const fields = {
      room: conversation,
      ...(link === undefined ? {} : { link }),
      ...(otherwise === undefined ? {} : { reason: otherwise }),
    };
    await tell(effect, 'report-room', id, fields);
  }

  async function reportFailure(order: string, id: IncidentId, reason: string): Promise<void> {
    await tell(order, 'report-room', id, { reason });
  }

  async function lost(id: IncidentId, error: unknown): Promise<void> {
    const { room } = await cabinet.of(id);
    if (!room || room.lost !== undefined) return;
    const trouble = troubleIn(error);
    const world = await desk.intake.world();
    const words = houseWords(desk, world, await desk.intake.incident(id));
    const code = error instanceof PlatformError ? error.code || String(error.status) : '';
    const reason = words.t(trouble === 'blocked' ? 'teams.reason.blocked' : 'teams.reason.gone', { code });
    const isSame = (now: Room) => now.conversation === room.conversation && now.lost === undefined;
    const noted = await cabinet.room(id, (now) => (now && isSame(now) ? { ...now, lost: reason } : now));
    // Somebody else has found out meanwhile.
    if (!noted) return;
    log.warn({ incident: id, error }, 'the room in Teams can no longer be written to');
    await reportFailure(`lost:${id}:${room.conversation}:${desk.time.now()}`, id, reason);
  }

  return {
    async open(effect, incident) {
      try {
        await open(effect, incident);
      } catch (error) {
        if (!(error instanceof RoomRefused)) throw error;
        const world = await desk.intake.world();
        const { cause } = error;
        const code = cause instanceof PlatformError ? cause.code || String(cause.status) : '';
        const key = troubleIn(cause) === 'blocked' ? 'teams.reason.blocked' : 'teams.reason.gone';
        await reportFailure(effect, incident.id, houseWords(desk, world, incident).t(key, { code }));
      }
    },
    async writable(id) {
      const { room } = await cabinet.of(id);
      return room?.lost === undefined ? room : undefined;
    },
    async unlessLost(id, work) {
      try {
        return await work();
      } catch (error) {
        if (troubleIn(error) === 'again') throw error;
        await lost(id, error);
        return undefined;
      }
    },
    lose(id, error) {
      lost(id, error).catch((failure) => log.error({ incident: id, error: failure }, 'could not report a lost room'));
    },
    async regained(conversation) {
      const found: IncidentId[] = [];
      for (const id of await cabinet.known()) {
        const isBack = await cabinet.room(id, (room) => {
          if (room?.lost === undefined || channelOf(room.conversation) !== channelOf(conversation)) return room;
          const { lost: _lost, ...again } = room;
          return { ...again, painted: 0 };
        });
        if (isBack) found.push(id);
      }
      return found;
    },
    origin(order, place) {
      origins.set(order, place);
      if (origins.size > ORIGINS_KEPT) origins.delete(origins.keys().next().value ?? '');
      if (reached?.service === place.service) return;
      reached = near(place);
      memory.remember(TEAMS, SERVICE, JSON.stringify(reached)).catch((error) => {
        log.warn({ error }, 'could not remember where Teams is reached');
      });
    },
    async added(place) {
      if (place.kind === 'personal') return;
      const { service, conversation, kind, tenant, team } = place;
      home = {
        service,
        conversation: channelOf(conversation),
        kind,
        ...(tenant ? { tenant } : {}),
        ...(team ? { team } : {}),
      };
      await memory.remember(TEAMS, HOME, JSON.stringify(home));
    },
    load,
  };
}

/** A channel of its own, where there is one; why not, where there was to be one. */
interface OwnChannel {
  readonly target?: Target;
  readonly refusal?: unknown;
}

/** Every place that might have held the room said no. */
class RoomRefused extends Error {
  constructor(cause: unknown) {
    super('no room could be opened', { cause });
  }
}

function near({ service, tenant, team }: Pick<Target, 'service' | 'tenant' | 'team'>) {
  return { service, ...(tenant ? { tenant } : {}), ...(team ? { team } : {}) };
}

/** Opens the message in the Teams client. */
function linkTo(channel: string, message: string, { tenant, team }: Pick<Target, 'tenant' | 'team'>): string {
  const query = new URLSearchParams({
    ...(tenant ? { tenantId: tenant } : {}),
    ...(team ? { groupId: team } : {}),
    parentMessageId: message,
  });
  return `https://teams.microsoft.com/l/message/${encodeURIComponent(channel)}/${encodeURIComponent(message)}?${query}`;
}
