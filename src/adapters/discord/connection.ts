/** The gateway: discord.js connected with the intents that suffice, at a bounded pace, and its events handed on as they come. */
import { setTimeout } from 'node:timers/promises';
import {
  Client,
  DefaultRestOptions,
  Events,
  GatewayIntentBits,
  type Guild,
  Options,
  type RateLimitData,
  REST,
  SimpleIdentifyThrottler,
  SimpleShardingStrategy,
} from 'discord.js';
import type { Log } from '../../core/ports.ts';
import { FIRST_RECONNECT, LONGEST_GOODBYE, LONGEST_HANDSHAKE, LONGEST_RECONNECT, SLOWEST_ANSWER } from './limits.ts';
import { createPace } from './pace.ts';
import { keepSessions } from './sessions.ts';
import type { Time } from './time.ts';
import { Silenced, TOKEN_REFUSED } from './trouble.ts';

/** None of them is privileged: messages are never read, members only as far as they come along with other events. */
export const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates];

export interface Connection {
  readonly rest: REST;
  /** For answers to interactions, which Discord does not count among a bot's fifty requests a second. */
  readonly answers: REST;
  /** Connects, and goes on trying until it is stopped or the token is refused. Returns at once. */
  start(): void;
  stop(): Promise<void>;
  /** The guilds that Baton is in, as far as the gateway has told. */
  guilds(): readonly Guild[];
  /** The application's id, once the gateway has told it. */
  application(): string | undefined;
}

export interface ConnectionOptions {
  readonly token: string;
  /** Root of the API without its version; default Discord's own. */
  readonly api?: string | undefined;
  readonly time: Time;
  readonly log: Log;
  /** Whether this instance may speak to Discord, asked before every request, connection and event. */
  readonly speaks: () => boolean;
  /** Every event of the gateway as it came in. */
  readonly dispatched: (type: string, data: unknown) => void;
  readonly guild: (guild: Guild) => void;
}

/** Close codes after which the gateway never lets this bot in again, with what to do. */
const FINAL: Readonly<Record<number, string>> = {
  4004: TOKEN_REFUSED,
  4010: 'Discord refused the shard. This is a fault in Baton.',
  4011: 'Discord wants more shards. Restart Baton: it asks how many at each start.',
  4012: 'Discord no longer speaks this version of the gateway. Update Baton.',
  4013: 'Discord refused the intents. This is a fault in Baton.',
  4014: 'Discord refused the intents. Baton uses none that is privileged; is DISCORD_TOKEN the one of a bot?',
};

export function createConnection(options: ConnectionOptions): Connection {
  const { token, api, time, log, speaks } = options;
  const pace = createPace(time.now, time.random);
  const opening = new Set<number>();
  let stopped = false;

  const requests = {
    ...(api === undefined ? {} : { api }),
    // What may be tried again is decided per request, by whoever makes it.
    retries: 0,
    timeout: SLOWEST_ANSWER,
    // Here and no earlier: a request may have waited for its rate, or in a suspended process, for longer than it is wanted.
    makeRequest: async (...request: Parameters<typeof DefaultRestOptions.makeRequest>) => {
      if (!speaks()) throw new Silenced();
      return DefaultRestOptions.makeRequest(...request);
    },
    rejectOnRateLimit: ({ method, route }: RateLimitData) =>
      method.toUpperCase() === 'PATCH' && route === '/channels/:id/messages/:id',
  };
  // A client that could not connect takes its own token away: requests go out beside it.
  const rest = new REST(requests).setToken(token);
  const answers = new REST({ ...requests, globalRequestsPerSecond: Number.POSITIVE_INFINITY });
  let client: Client | undefined;

  const build = () =>
    new Client({
      intents: INTENTS,
      // Nobody is ever pinged by accident, whatever a message forgets to say.
      allowedMentions: { parse: [] },
      shards: 'auto',
      // The caches of messages and people would only grow: nothing here asks for them.
      makeCache: Options.cacheWithLimits({
        ...Options.DefaultMakeCacheSettings,
        MessageManager: 0,
        ReactionManager: 0,
      }),
      rest: requests,
      ws: {
        buildStrategy(gateway) {
          keepSessions(gateway, {
            opening,
            wait: () => waitFor(pace.connect(), 'connecting to Discord'),
            goOn,
          });
          return new SimpleShardingStrategy(gateway);
        },
        async buildIdentifyThrottler(gateway) {
          const { session_start_limit: limit } = await gateway.fetchGatewayInformation();
          const throttler = new SimpleIdentifyThrottler(limit.max_concurrency);
          return {
            async waitForIdentify(shard, signal) {
              await waitFor(pace.identify(), 'identifying at Discord: it was done very often today');
              await throttler.waitForIdentify(shard, signal);
            },
          };
        },
      },
    });

  async function waitFor(delay: number, what: string): Promise<void> {
    if (delay > 0) {
      log.info({ delay: Math.round(delay) }, `waiting before ${what}`);
      await time.wait(delay);
    }
    await goOn();
  }

  /** Whoever is stopped meanwhile, or has lost its turn, must neither connect nor identify any more. */
  async function goOn(): Promise<void> {
    if (stopped || !speaks()) await new Promise<never>(() => {});
  }

  function listen(client: Client): void {
    client.on(Events.Raw, (packet: { readonly t: string; readonly d: unknown }) => {
      if (speaks()) options.dispatched(packet.t, packet.d);
    });
    client.on(Events.GuildAvailable, (guild) => options.guild(guild));
    client.on(Events.GuildCreate, (guild) => options.guild(guild));
    client.on(Events.ClientReady, ({ guilds, user }) => {
      log.info({ guilds: guilds.cache.size, bot: user.username }, 'connected to Discord');
      for (const guild of guilds.cache.values()) options.guild(guild);
    });
    client.on(Events.ShardReconnecting, (shard) =>
      log.info({ shard }, 'the connection to Discord is lost; connecting again'),
    );
    client.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, 'connected to Discord again'));
    client.on(Events.ShardError, (error, shard) =>
      log.warn({ shard, error: String(error) }, 'the connection to Discord failed'),
    );
    client.on(Events.ShardDisconnect, ({ code }, shard) => {
      log.error({ shard, code }, FINAL[code] ?? `Discord closed the connection for good (${code})`);
    });
    client.on(Events.Error, (error) => log.error({ error }, 'discord.js failed'));
    client.on(Events.Warn, (warning) => log.warn({}, `discord.js: ${warning}`));
  }

  async function connect(): Promise<void> {
    for (let delay = FIRST_RECONNECT; !stopped; delay = Math.min(LONGEST_RECONNECT, delay * 2)) {
      client = build();
      listen(client);
      try {
        await client.login(token);
        return;
      } catch (error) {
        const { code, message } = error as { code?: string; message: string };
        client.removeAllListeners();
        await client.destroy().catch(() => undefined);
        if (stopped) return;
        if (code === 'TokenInvalid' || message === 'Authentication failed')
          return log.error({}, FINAL[4004] ?? message);
        log.warn({ error: message, delay }, 'Discord cannot be reached; trying again');
        await time.wait(delay / 2 + (delay / 2) * time.random());
      }
    }
  }

  return {
    rest,
    answers,
    start() {
      connect().catch((error) => log.error({ error }, 'could not connect to Discord'));
    },
    async stop() {
      stopped = true;
      client?.removeAllListeners(Events.Raw);
      client?.removeAllListeners(Events.ShardReconnecting);
      // Destroyed while it connects, discord.js leaves the connection open, and takes the process along if that fails.
      for (const last = Date.now() + LONGEST_HANDSHAKE; opening.size > 0 && Date.now() < last; ) await setTimeout(10);
      // Destroyed while it identifies, it waits for ever; the connection is closed by then all the same.
      await Promise.race([client?.destroy(), setTimeout(LONGEST_GOODBYE)]);
      for (const one of [rest, answers]) {
        one.clearHashSweeper();
        one.clearHandlerSweeper();
      }
    },
    guilds: () => [...(client?.guilds.cache.values() ?? [])],
    application: () => client?.application?.id,
  };
}
