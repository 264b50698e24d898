/** Where an incident lives in Discord: a text channel with its card and a voice channel as its call, made once. */
import { ChannelType } from 'discord.js';
import { clip } from '../../cards/words/clip.ts';
import type { Words } from '../../cards/words/words.ts';
import type { Incident } from '../../core/incident.ts';
import type { IncidentId } from '../../core/units.ts';
import { digest } from '../../desk/ids.ts';
import { houseWords } from '../../desk/reading.ts';
import { reporter } from '../../desk/report.ts';
import type { Channel, Message } from './api.ts';
import { categoryName } from './categories.ts';
import { accessIn, reopen } from './closing.ts';
import { commanderMessage, type Desk, keepAtHand } from './desk.ts';
import { DISCORD, nonceOf } from './ids.ts';
import { CHANNEL_NAME, CHANNEL_TOPIC, MOST_PER_CATEGORY } from './limits.ts';
import type { Room } from './papers.ts';
import { codeOf, troubleIn } from './trouble.ts';

/** Where an order came from: an incident that it declares is at home in that guild. */
export interface Origin {
  readonly guild: string;
  readonly channel: string;
}

export interface Rooms {
  open(effect: string, incident: Incident): Promise<void>;
  openCall(effect: string, incident: Incident): Promise<void>;
  /** The room, while it can be written to. */
  writable(id: IncidentId): Promise<Room | undefined>;
  /** Undefined when it cannot be written to: a room that is lost is noted and reported, one that is put away is kept. */
  unlessLost<T>(id: IncidentId, work: () => Promise<T>): Promise<T | undefined>;
  /** Its channel is being deleted: what fails there from now on is no loss. */
  leave(id: IncidentId): void;
  /** Resolves with the room once it is open; undefined when it could not be opened, or not in time. */
  opened(id: IncidentId, within: number): Promise<Room | undefined>;
  origin(order: string, origin: Origin): void;
  /** A category of this name with space for more channels; made where there is none. */
  categoryFor(guild: string, name: string, space: number): Promise<string>;
}

export interface RoomsOptions {
  /** Names the categories: `Incidents`, `Incidents 2`. */
  readonly category: string;
  /** The standing bridge, which serves where no voice channel can be made. */
  readonly bridge: string | undefined;
  /** The guild of incidents that were declared elsewhere; undefined while none is known. */
  readonly guild: () => string | undefined;
}

export function createRooms(desk: Desk, options: RoomsOptions): Rooms {
  const { api, cabinet, intake, log, time } = desk;
  const report = reporter(intake, DISCORD);
  const origins = new Map<string, Origin>();
  const waiting = new Map<IncidentId, Set<(room: Room | undefined) => void>>();
  const leaving = new Set<IncidentId>();
  /** Channels are made one after the other: two at once would both find the same last place in a category. */
  let turn: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work, work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  async function categoryFor(guild: string, name: string, space: number): Promise<string> {
    const channels = await api.channels(guild);
    let full: Channel | undefined;
    for (let n = 1; ; n += 1) {
      const called = categoryName(name, n);
      const found = channels.find((one) => one.type === ChannelType.GuildCategory && one.name === called);
      if (!found) {
        // The next category is as private as the one that is full.
        const overwrites = full && { permission_overwrites: accessIn(full) };
        return (await api.createChannel(guild, { name: called, type: ChannelType.GuildCategory, ...overwrites })).id;
      }
      full = found;
      if (channels.filter((one) => one.parent_id === found.id).length + space <= MOST_PER_CATEGORY) return found.id;
    }
  }

  /** Finds what an attempt made whose answer was lost, else makes it. */
  async function make(guild: string, is: (channel: Channel) => boolean, body: Message): Promise<string> {
    const found = (await api.channels(guild)).find(is);
    return (found ?? (await api.createChannel(guild, body))).id;
  }

  async function channelsFor(incident: Incident, guild: string): Promise<Pick<Room, 'guild' | 'text' | 'voice'>> {
    const mark = `baton:${digest([incident.id, incident.declared.at]).slice(0, 12)}`;
    const parent = await categoryFor(guild, options.category, 2);
    const words = houseWords(desk, await intake.world(), incident);
    const text = await make(guild, ({ topic }) => topic?.endsWith(mark) ?? false, {
      type: ChannelType.GuildText,
      name: channelName(incident),
      topic: `${clip(incident.title, CHANNEL_TOPIC - 40)} · ${mark}`,
      parent_id: parent,
    });
    const called = clip(words.t('discord.voice', { id: incident.id }), CHANNEL_NAME);
    const isOurs = (one: Channel) =>
      one.type === ChannelType.GuildVoice && one.name === called && madeAt(one.id) >= madeAt(text) - 60_000;
    try {
      const body = { type: ChannelType.GuildVoice, name: called, parent_id: parent };
      return { guild, text, voice: await make(guild, isOurs, body) };
    } catch (error) {
      // Without a voice channel people can still work; the call is reported as failed.
      if (troubleIn(error) === 'again') throw error;
      log.warn({ incident: incident.id, error }, 'no voice channel could be made');
      return { guild, text };
    }
  }

  async function openSomewhere(incident: Incident): Promise<Room> {
    const origin = incident.orders.map((order) => origins.get(order)).find((one) => one !== undefined);
    const guild = origin?.guild ?? options.guild();
    if (guild === undefined) throw new Error('Discord has not told yet which guilds there are');
    const base = { cardAt: 0, pinned: false, painted: 0, archived: false };
    try {
      return { ...base, ...(await inTurn(() => channelsFor(incident, guild))), own: true };
    } catch (error) {
      if (troubleIn(error) === 'again' || !origin) throw error;
      log.warn({ incident: incident.id, error }, 'no channel could be made; the one it was declared in is the room');
      return { ...base, guild, text: origin.channel, own: false };
    }
  }

  async function open(effect: string, incident: Incident): Promise<void> {
    let { room } = await cabinet.of(incident.id);
    // One that was lost, and is asked for again, is opened anew.
    if (!room || room.lost !== undefined) {
      const before = room;
      room = await openSomewhere(incident);
      leaving.delete(incident.id);
      // What was put away meanwhile is found again where nobody may write.
      if (before?.archived && before.text === room.text) {
        await reopen(desk, before, await inTurn(() => categoryFor(before.guild, options.category, 1)));
      }
      await cabinet.room(incident.id, room);
    }
    if (room.card === undefined) {
      const newest = (await intake.incident(incident.id)) ?? incident;
      const message = await commanderMessage(desk, newest, await intake.world(), room);
      const { id: card } = await api.post(
        room.text,
        message,
        nonceOf(incident.id, incident.declared.at, room.text, 'card'),
      );
      room = { ...room, card, cardAt: time.now(), painted: newest.version };
      await cabinet.room(incident.id, room);
    }
    if (!room.pinned) {
      room = { ...room, pinned: await pin(incident.id, room.text, room.card ?? '') };
      await cabinet.room(incident.id, room);
    }
    await report(effect, 'report-room', incident.id, { room: room.text, link: linkTo(room.guild, room.text) });
    settle(incident.id, room);
  }

  async function pin(id: IncidentId, channel: string, card: string): Promise<boolean> {
    try {
      await api.pin(channel, card);
      return true;
    } catch (error) {
      if (troubleIn(error) === 'again') throw error;
      log.info({ incident: id, error }, 'the card could not be pinned; it is the first message of its channel');
      return false;
    }
  }

  async function reasonFor(error: unknown, id: IncidentId): Promise<string> {
    const words: Words = houseWords(desk, await intake.world(), await intake.incident(id));
    const code = codeOf(error);
    const trouble = troubleIn(error);
    if (trouble === 'forbidden') return words.t('discord.reason.forbidden', { code });
    if (trouble === 'full') return words.t('discord.reason.full');
    return trouble === 'gone' ? words.t('discord.reason.gone') : words.t('discord.reason.refused', { code });
  }

  function settle(id: IncidentId, room: Room | undefined): void {
    for (const tell of waiting.get(id) ?? []) tell(room);
    waiting.delete(id);
  }

  async function lose(id: IncidentId, error: unknown): Promise<void> {
    const { room } = await cabinet.of(id);
    if (!room || room.lost !== undefined) return;
    const reason = await reasonFor(error, id);
    await cabinet.room(id, { ...room, lost: reason });
    log.warn({ incident: id, error }, 'the room in Discord can no longer be written to');
    await report(`lost:${id}:${room.text}:${time.now()}`, 'report-room', id, { reason });
  }

  return {
    async open(effect, incident) {
      try {
        await open(effect, incident);
      } catch (error) {
        if (troubleIn(error) === 'again' || !codeOf(error)) throw error;
        log.warn({ incident: incident.id, error }, 'no room could be opened in Discord');
        await report(effect, 'report-room', incident.id, { reason: await reasonFor(error, incident.id) });
        settle(incident.id, undefined);
      }
    },
    async openCall(effect, incident) {
      const { room } = await cabinet.of(incident.id);
      // Another surface's call stays the incident's call; people may meet here all the same.
      if (incident.call) return;
      const { bridge } = options;
      const link = room?.voice === undefined ? bridge : linkTo(room.guild, room.voice);
      if (link !== undefined) await report(`${effect}/opened`, 'report-call', incident.id, { link });
      if (room?.voice !== undefined) return;
      const words = houseWords(desk, await intake.world(), incident);
      await report(`${effect}/failed`, 'report-call', incident.id, { reason: words.t('discord.reason.voice') });
    },
    async writable(id) {
      const { room } = await cabinet.of(id);
      return room?.lost === undefined ? room : undefined;
    },
    async unlessLost(id, work) {
      try {
        return await work();
      } catch (error) {
        const trouble = troubleIn(error);
        if (trouble !== 'gone' && trouble !== 'forbidden') throw error;
        const { room } = await cabinet.of(id);
        // What is put away is wanted again when the incident is reopened, and no failure of a room until then.
        const kept = leaving.has(id) || (trouble === 'forbidden' && room?.archived);
        if (kept) log.warn({ incident: id, error }, 'a closed room cannot be written to');
        else await lose(id, error);
        return undefined;
      }
    },
    leave(id) {
      leaving.add(id);
    },
    async opened(id, within) {
      const { room } = await cabinet.of(id);
      if (room?.card !== undefined) return room;
      return new Promise((resolve) => {
        waiting.set(id, (waiting.get(id) ?? new Set()).add(resolve));
        void time.wait(within).then(() => resolve(undefined));
      });
    },
    origin(order, origin) {
      keepAtHand(origins, order, origin);
    },
    categoryFor: (guild, name, space) => inTurn(() => categoryFor(guild, name, space)),
  };
}

/** `inc-12-checkout-fails`. */
export function channelName({ id, title, drill }: Incident): string {
  const said = `${drill ? 'drill-' : ''}${id}-${title}`.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return said.slice(0, 60).replace(/^-+|[-\p{Surrogate}]+$/gu, '');
}

export function linkTo(guild: string, channel: string, message?: string): string {
  return `https://discord.com/channels/${guild}/${channel}${message === undefined ? '' : `/${message}`}`;
}

/** Milliseconds since 1970 at which a snowflake was made. */
export function madeAt(snowflake: string): number {
  return Number(BigInt(snowflake) >> 22n) + 1_420_070_400_000;
}
