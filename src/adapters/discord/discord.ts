/** The Discord surface: commands, cards and calls in the guilds that Baton is in. */
import { type APIInteraction, GatewayDispatchEvents as Event } from 'discord.js';
import type { Abilities, Attachments, Intake, Lease, Log, Memory, Outlet, Store, Surface } from '../../core/ports.ts';
import type { People, PersonId } from '../../core/units.ts';
import { CLOSED_SHOWN, MOST_LISTED } from '../../desk/limits.ts';
import { createLinking } from '../../desk/linking.ts';
import { createApi } from './api.ts';
import { type Archive, type ArchiveOptions, createArchive } from './archive.ts';
import { CLOSED_ROOMS, OPEN_ROOMS } from './categories.ts';
import { createConnection } from './connection.ts';
import { createCrew } from './crew.ts';
import type { Desk } from './desk.ts';
import { DISCORD } from './ids.ts';
import { createInbound, type Inbound } from './inbound.ts';
import { ARCHIVE_AFTER, FIRST_RECONNECT, LONGEST_RECONNECT } from './limits.ts';
import { createLogLines, type LogLines } from './log-lines.ts';
import { createOutbound, TAKES } from './outbound.ts';
import { createPainter, type Painter } from './painter.ts';
import { createCabinet } from './papers.ts';
import { createPermissionCheck } from './permissions.ts';
import { createPresence, GuildState, type Presence, VoiceState } from './presence.ts';
import { registerIfChanged } from './register.ts';
import { createRooms } from './rooms.ts';
import { createTenures } from './tenures.ts';
import { REAL_TIME, type Time } from './time.ts';
import { Silenced, troubleIn } from './trouble.ts';

export interface DiscordOptions {
  readonly token: string;
  /** Guilds that Baton works for; none: all that it is in. */
  readonly guilds: readonly string[];
  /** Root of the API without its version; default Discord's own. */
  readonly api?: string | undefined;
  /** The house's language. Default en. */
  readonly language?: string | undefined;
  /** Names the category of open rooms. Default Incidents. */
  readonly category?: string | undefined;
  /** What becomes of the rooms of closed incidents. Default: moved into another category after a day. */
  readonly archive?: Partial<Pick<ArchiveOptions, 'how' | 'after' | 'category'>> | undefined;
  /** The standing bridge, which serves where no voice channel can be made. */
  readonly bridge?: string | undefined;
  readonly store: Pick<Store, 'remember' | 'recall'>;
  readonly memory: Memory;
  readonly attachments: Attachments;
  /** Where there are several instances: Discord's gateway, and all else of it, is one instance's at a time. */
  readonly lease?: Lease | undefined;
  /** This instance has taken it over: what others left undelivered is due. */
  readonly taken?: () => void;
  readonly log: Log;
  readonly time?: Time;
}

/** It opens a voice channel as the call and sees who is in it; it pages by direct messages. */
const CAN: Abilities = { call: true, presence: true, pin: true, privateReply: true, page: true };

export interface Discord extends Surface {
  /** Whether it knows an account of somebody, whom it can page; also where another instance speaks to Discord. */
  knows(person: PersonId, people: People): Promise<boolean>;
}

interface Started {
  readonly stop: () => Promise<void>;
  readonly deliver: Outlet['deliver'];
  readonly painter: Painter;
  readonly archive: Archive;
  readonly presence: Presence;
  readonly lines: LogLines;
  readonly inbound: Inbound;
}

export function createDiscord(options: DiscordOptions): Discord {
  const { lease, taken = () => {}, log, time = REAL_TIME } = options;
  let started: Started | undefined;
  const tenures =
    lease &&
    createTenures(lease, log, time, async (intake) => {
      const mine = await begin(options, intake);
      return {
        begun() {
          started = mine;
          taken();
        },
        end() {
          started = undefined;
          return mine.stop();
        },
      };
    });
  return {
    name: DISCORD,
    can: CAN,
    takes: TAKES,
    ...(lease && { here: () => lease.held() && started !== undefined }),
    async start(intake) {
      if (tenures) tenures.start(intake);
      else started = await begin(options, intake);
    },
    async deliver(effect, incident) {
      if (!started) throw new Error('Discord is asked to deliver where or when it is not started');
      const unreached = await started.deliver(effect, incident);
      if (effect.type === 'open-room') {
        started?.painter.draw(incident);
        started?.presence.check(incident);
      }
      return unreached;
    },
    draw(incident) {
      started?.painter.draw(incident);
      started?.archive.seen(incident);
    },
    // Accounts that were met are kept with people.
    knows: async (person, people) => people[person]?.ids?.[DISCORD] !== undefined,
    async stop() {
      await (tenures ? tenures.stop() : started?.stop());
      started = undefined;
    },
  };
}

async function begin(options: DiscordOptions, intake: Intake): Promise<Started> {
  const { token, guilds, log, memory, time = REAL_TIME } = options;
  const served = (guild: string) => guilds.length === 0 || guilds.includes(guild);
  const check = createPermissionCheck(log);
  const speaks = () => options.lease?.held() ?? true;
  let stopped = false;

  const connection = createConnection({
    token,
    api: options.api,
    time,
    log,
    speaks,
    dispatched: (type, data) => dispatch(type, data),
    guild: (guild) => served(guild.id) && check(guild),
  });
  const desk: Desk = {
    intake,
    api: createApi(connection.rest, time, log, connection.answers),
    cabinet: createCabinet({
      recall: options.store.recall,
      async remember(...what) {
        // What whoever follows has noted meanwhile must not be overwritten by what was so before.
        if (!speaks()) throw new Silenced();
        await options.store.remember(...what);
      },
    }),
    crew: createCrew(memory, intake),
    attachments: options.attachments,
    linking: createLinking(memory, intake),
    time,
    log,
    language: options.language ?? 'en',
    atHand: new Map(),
  };
  await desk.crew.load();
  const { category = OPEN_ROOMS, archive: wanted = {} } = options;
  const rooms = createRooms(desk, {
    category,
    bridge: options.bridge,
    guild: () => guilds[0] ?? connection.guilds().map(({ id }) => id)[0],
  });
  const lines = createLogLines(desk, rooms);
  const painter = createPainter(desk, rooms);
  const presence = createPresence(desk);
  const inbound = createInbound(desk, rooms, served);
  const archive = createArchive(desk, rooms, {
    how: wanted.how ?? 'move',
    after: wanted.after ?? ARCHIVE_AFTER,
    category: wanted.category ?? CLOSED_ROOMS,
    open: category,
  });

  function dispatch(type: string, data: unknown): void {
    if (type === Event.InteractionCreate) {
      inbound
        .take(data as APIInteraction)
        .catch((error) => log.error({ error }, 'an interaction could not be answered'));
    }
    if (type === Event.VoiceStateUpdate) {
      const state = VoiceState.safeParse(data).data;
      if (state?.guild_id !== undefined && served(state.guild_id)) presence.moved(state);
    }
    if (type === Event.GuildCreate) {
      const state = GuildState.safeParse(data).data;
      if (state && served(state.id)) presence.guild(state);
    }
    if (type === Event.GuildRoleUpdate || type === Event.GuildMemberUpdate) {
      setImmediate(() =>
        connection
          .guilds()
          .filter(({ id }) => served(id))
          .forEach(check),
      );
    }
  }

  /** What was open when Baton ended is taken up again: rooms, lines not yet said, cards that are behind. */
  async function takeUp(): Promise<void> {
    const listed = await intake.list({ closedAfter: intake.now() - CLOSED_SHOWN, limit: MOST_LISTED });
    for (const { id } of listed) {
      const { room } = await desk.cabinet.of(id);
      // One that cannot be read keeps nobody from working on the others.
      const incident =
        room &&
        (await intake.incident(id).catch((error) => {
          log.error({ incident: id, error }, 'could not take up an incident in Discord');
        }));
      if (!incident) continue;
      painter.draw(incident);
      lines.catchUp(id);
    }
  }

  async function registerUntilDone(): Promise<void> {
    for (let delay = FIRST_RECONNECT; !stopped; delay = Math.min(LONGEST_RECONNECT, delay * 2)) {
      try {
        if (await registerIfChanged(desk.api, guilds, memory)) log.info({}, 'the commands are registered in Discord');
        return;
      } catch (error) {
        if (troubleIn(error) !== 'again') {
          log.error({ error: String(error) }, 'Discord does not take the commands; npm run discord:register says why');
          return;
        }
        log.warn({ error: String(error), delay }, 'the commands could not be registered in Discord; trying again');
        await time.wait(delay);
      }
    }
  }

  await takeUp();
  connection.start();
  registerUntilDone().catch((error) => log.error({ error }, 'the commands could not be registered in Discord'));

  return {
    deliver: createOutbound({ desk, rooms, lines }),
    painter,
    archive,
    presence,
    lines,
    inbound,
    async stop() {
      stopped = true;
      archive.stop();
      await connection.stop();
      await presence.stop();
      await Promise.all([painter.stop(), lines.stop()]);
    },
  };
}
