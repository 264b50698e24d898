/** Discord on this machine: REST and gateway that keep its rules, and people who click and type in it. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PermissionFlagsBits as Bit } from 'discord.js';
import { type Gateway, openGateway } from './discord-gateway.ts';
import { GuildDouble, type Json, type MessageOf, Refused, snowflake, type UserOf } from './discord-guild.ts';
import { refusedBecause } from './discord-rules.ts';

export const TOKEN = 'MTIz.abc.local-double';
const EPHEMERAL = 64;

export interface DoubleOptions {
  /** How likely a request is answered with 429 or 5xx; half of the 5xx are carried out all the same. */
  readonly faults?: { readonly limited: number; readonly failing: number };
  readonly random?: () => number;
  /** Messages of one channel in one window, and the window in milliseconds. Discord: 5 in 5 s. */
  readonly rate?: { readonly count: number; readonly window: number };
  /** Within which the first answer must come. Discord: 3 s. */
  readonly firstAnswer?: number;
  /** How long an interaction's token lives. Discord: 15 min. */
  readonly tokenLives?: number;
  /** Bodies are taken as they are: where it is measured how fast they come, not how right they are. */
  readonly unchecked?: boolean;
}

export interface Request {
  readonly at: number;
  /** The address it came to, where processes are told apart. */
  readonly from: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** An interaction on its way. */
interface Open {
  readonly id: string;
  readonly token: string;
  readonly at: number;
  readonly user: string;
  readonly channel: string;
  readonly type: number;
  readonly pressed: MessageOf | undefined;
  answer: { readonly type: number; readonly data: Json } | undefined;
  original: MessageOf | undefined;
  readonly told: (answer: { readonly type: number; readonly data: Json }) => void;
}

export interface DiscordDouble {
  readonly api: string;
  /** An address of its own for a process, so that it is told apart. */
  apiFor(from: string): string;
  readonly guild: GuildDouble;
  readonly gateway: Gateway;
  readonly requests: Request[];
  readonly commands: Json[];
  /** The guild whose commands they are, or `applications`, for all. */
  registeredFor: string;
  /** What the application is allowed, by Discord's numbers. */
  flags: number;
  /** Anybody may invite the bot. */
  isPublic: boolean;
  /** Told together with the gateway's address. */
  shards: number;
  identifiesLeft: number;
  faults: { limited: number; failing: number };
  /** Requests that no real Discord would have taken; a test expects none. */
  readonly wrong: string[];
  interact(
    user: UserOf,
    type: number,
    data: Json,
    where: { channel: string; message?: MessageOf | undefined; locale?: string },
  ): Promise<Answered>;
  /** The gateway tells of an interaction as it is written down; resolves to what is answered. */
  deliver(payload: Json): Promise<Answered>;
  /** The gateway tells of the last interaction once more. */
  repeat(): void;
  move(user: UserOf, channel: string | null): void;
  /** Requests that count towards a ban. */
  invalid(): readonly Request[];
  close(): Promise<void>;
}

/** What a person sees; `missed` is Discord's own "did not respond". */
export interface Answered {
  readonly id: string;
  readonly type: number | 'missed';
  readonly data: Json;
  /** The message that came of it, as it is now. */
  readonly message: () => MessageOf | undefined;
}

/** As Discord gives a command back: with things of its own, and without what says nothing. */
function asListed(command: Json): Json {
  const kept = Object.entries(command).map(([name, value]) => {
    if (Array.isArray(value)) return [name, value.length === 0 ? undefined : value.map((one) => asListed(one as Json))];
    const isNothing = value === false || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
    return [name, isNothing ? (name.endsWith('_localizations') ? null : undefined) : value];
  });
  return {
    ...Object.fromEntries(kept),
    ...('id' in command
      ? {}
      : { id: snowflake(), version: snowflake(), default_member_permissions: null, nsfw: false }),
  };
}

export async function openDiscord(options: DoubleOptions = {}): Promise<DiscordDouble> {
  const {
    random = Math.random,
    rate = { count: 5, window: 5_000 },
    firstAnswer = 3_000,
    tokenLives = 15 * 60_000,
  } = options;
  const guild = new GuildDouble();
  const application = snowflake();
  const requests: Request[] = [];
  const wrong: string[] = [];
  const commands: Json[] = [];
  const open = new Map<string, Open>();
  const buckets = new Map<string, { count: number; until: number }>();

  const server = createServer((request, response) => {
    serve(request, response).catch((error) => {
      wrong.push(String(error));
      response.writeHead(500).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const gateway = openGateway(server, {
    token: TOKEN,
    ready: () => ({
      ready: {
        v: 10,
        user: guild.bot,
        guilds: [{ id: guild.id, unavailable: true }],
        application: { id: application, flags: 0 },
      },
      guilds: [guild.create()],
    }),
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, from = '', path = ''] = /^(?:\/from\/([^/]+))?\/api\/v10([^?]*)/.exec(request.url ?? '') ?? [];
    const method = request.method ?? 'GET';
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const body = text === '' ? undefined : (JSON.parse(text) as Json);
    const reply = (status: number, json: unknown, headers: Record<string, string> = {}) => {
      requests.push({ at: Date.now(), from, method, path, status, body });
      response.writeHead(status, { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers });
      response.end(json === undefined ? '' : JSON.stringify(json));
    };
    const interaction = /^\/(interactions|webhooks)\//.test(path);
    if (!interaction && request.headers.authorization !== `Bot ${TOKEN}`)
      return reply(401, { message: '401: Unauthorized', code: 0 });
    if (random() < double.faults.limited) {
      const headers = {
        'retry-after': '0.05',
        'x-ratelimit-scope': 'shared',
        'x-ratelimit-bucket': bucketOf(method, path),
      };
      return reply(429, { message: 'You are being rate limited.', retry_after: 0.05, global: false }, headers);
    }
    const headers = interaction ? {} : limit(method, path);
    if (headers === undefined) {
      const reset = ((buckets.get(bucketOf(method, path))?.until ?? 0) - Date.now()) / 1_000;
      const said = { message: 'You are being rate limited.', retry_after: reset, global: false };
      return reply(429, said, { 'retry-after': String(reset), 'x-ratelimit-scope': 'user', ...shown(method, path) });
    }
    const failing = random() < double.faults.failing;
    if (failing && random() < 0.5)
      return reply(random() < 0.5 ? 502 : 500, { message: '500: Internal Server Error', code: 0 });
    const nothing = body === undefined && method !== 'POST';
    const refused = nothing || options.unchecked ? undefined : refusedBecause(method, path, body ?? {});
    if (refused !== undefined) {
      wrong.push(refused);
      return reply(400, { message: `Invalid Form Body: ${refused}`, code: 50035 });
    }
    try {
      const answer = carryOut(method, path, body ?? {}, from);
      if (failing) return reply(504, { message: 'upstream timed out', code: 0 });
      reply(answer === undefined ? 204 : 200, answer, headers);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      reply(
        error.status,
        { message: error.message, code: error.code, ...(error.errors ? { errors: error.errors } : {}) },
        headers,
      );
    }
  }

  /** One bucket per method and channel, as Discord has for messages. */
  function bucketOf(method: string, path: string): string {
    return `${method} ${path.replace(/(\/messages)\/\d+/, '$1/:id')}`;
  }

  function shown(method: string, path: string): Record<string, string> {
    const bucket = buckets.get(bucketOf(method, path));
    return {
      'x-ratelimit-limit': String(rate.count),
      'x-ratelimit-remaining': String(Math.max(0, rate.count - (bucket?.count ?? 0))),
      'x-ratelimit-reset-after': String(Math.max(0, ((bucket?.until ?? 0) - Date.now()) / 1_000)),
      'x-ratelimit-bucket': bucketOf(method, path).replace(/\d{10,}/g, ''),
    };
  }

  /** Undefined when the bucket is empty. */
  function limit(method: string, path: string): Record<string, string> | undefined {
    if (!/^\/channels\/\d+\/messages/.test(path)) return {};
    const key = bucketOf(method, path);
    const now = Date.now();
    const before = buckets.get(key);
    const bucket = before && before.until > now ? before : { count: 0, until: now + rate.window };
    buckets.set(key, bucket);
    if (bucket.count >= rate.count) return undefined;
    bucket.count += 1;
    return shown(method, path);
  }

  function carryOut(method: string, path: string, body: Json, from: string): unknown {
    const parts = path.split('/').slice(1);
    const [area, id = '', what, sub, last] = parts;
    switch (`${method} ${area}`) {
      case 'GET gateway':
        return {
          url: gateway.url(from),
          shards: double.shards,
          session_start_limit: {
            total: 1_000,
            remaining: double.identifiesLeft,
            reset_after: 60_000,
            max_concurrency: 16,
          },
        };
      case 'GET applications':
        if (id === '@me') return { id: application, name: 'Baton', flags: double.flags, bot_public: double.isPublic };
        return path.includes(`/${double.registeredFor}/`) ? commands.map(asListed) : [];
      case 'GET users': {
        const { id: there, permissions } = guild;
        if (what === 'guilds') return [{ id: there, name: guild.create().name, permissions: String(permissions) }];
        return guild.bot;
      }
      case 'PUT applications':
        double.registeredFor = sub ?? 'applications';
        commands.splice(0, commands.length, ...(body as unknown as Json[]));
        return commands.map((command) => ({ ...command, id: snowflake() }));
      case 'GET guilds':
        if (id !== guild.id) throw new Refused(404, 10004, 'Unknown Guild');
        if (what === 'channels') return [...guild.channels.values()];
        return { user: guild.users.get(sub ?? ''), nick: null, roles: [] };
      case 'POST guilds': {
        const channel = guild.createChannel(body);
        gateway.dispatch('CHANNEL_CREATE', channel);
        return channel;
      }
      case 'POST users': {
        const user = String(body.recipient_id);
        const channel = guild.direct.get(user) ?? snowflake();
        guild.direct.set(user, channel);
        return { id: channel, type: 1 };
      }
      case 'POST channels':
        return guild.post(id, body);
      case 'PUT channels': {
        if (what !== 'messages' || sub !== 'pins') throw new Refused(404, 0, '404: Not Found');
        const message = guild.message(id, last ?? '');
        guild.need(Bit.PinMessages, id);
        message.pinned = true;
        return undefined;
      }
      case 'PATCH channels':
        return what === 'messages' ? editMessage(id, sub ?? '', body) : changeChannel(id, body);
      case 'DELETE channels': {
        const channel = guild.channel(id);
        guild.need(Bit.ManageChannels, id);
        guild.channels.delete(id);
        gateway.dispatch('CHANNEL_DELETE', channel);
        return channel;
      }
      case 'POST interactions':
        return respond(id, what ?? '', body);
      case 'POST webhooks':
        return followUp(what ?? '', body);
      case 'PATCH webhooks':
      case 'DELETE webhooks':
        return changeOriginal(method, what ?? '', body);
      default:
        throw new Refused(404, 0, '404: Not Found');
    }
  }

  function editMessage(channel: string, id: string, body: Json): unknown {
    const message = guild.message(channel, id);
    guild.edit(message, body);
    return message;
  }

  function changeChannel(id: string, body: Json): unknown {
    const channel = guild.channel(id);
    guild.need(Bit.ManageChannels, id);
    if (body.permission_overwrites) guild.need(Bit.ManageRoles, id);
    if (body.parent_id !== channel.parent_id) guild.roomIn(body.parent_id as string | null);
    return Object.assign(channel, body);
  }

  function respond(id: string, token: string, { type, data = {} }: Json): unknown {
    const one = open.get(token);
    if (!one || one.id !== id || Date.now() - one.at > firstAnswer)
      throw new Refused(404, 10062, 'Unknown interaction');
    if (one.answer) throw new Refused(400, 40060, 'Interaction has already been acknowledged.');
    const kind = Number(type);
    const fromMessage = one.pressed !== undefined;
    const allowed =
      one.type === 4
        ? [8]
        : one.type === 5
          ? [4, 5, ...(fromMessage ? [6, 7] : [])]
          : [4, 5, 9, ...(fromMessage ? [6, 7] : [])];
    if (!allowed.includes(kind)) {
      wrong.push(`an answer of type ${kind} to an interaction of type ${one.type}`);
      throw new Refused(400, 50035, 'Invalid Form Body');
    }
    const own = Number((data as Json).flags ?? 0) & EPHEMERAL;
    if (kind === 4 || kind === 5) one.original = guild.keep(one.channel, data as Json, own ? one.user : undefined);
    if (kind === 6 || kind === 7) one.original = one.pressed;
    if (kind === 7 && one.pressed) guild.edit(one.pressed, data as Json);
    one.answer = { type: kind, data: data as Json };
    one.told(one.answer);
    return undefined;
  }

  function followUp(token: string, body: Json): unknown {
    const one = open.get(token);
    if (!one || Date.now() - one.at > tokenLives) throw new Refused(401, 50027, 'Invalid Webhook Token');
    if (!one.answer || one.answer.type === 9) throw new Refused(404, 10015, 'Unknown Webhook');
    const own = Number(body.flags ?? 0) & EPHEMERAL;
    return guild.keep(one.channel, body, own ? one.user : undefined);
  }

  function changeOriginal(method: string, token: string, body: Json): unknown {
    const one = open.get(token);
    if (!one || Date.now() - one.at > tokenLives) throw new Refused(401, 50027, 'Invalid Webhook Token');
    if (!one.answer) throw new Refused(404, 10015, 'Unknown Webhook');
    if (!one.original || !guild.messages.has(one.original.id)) throw new Refused(404, 10008, 'Unknown Message');
    if (method === 'DELETE') {
      guild.messages.delete(one.original.id);
      return undefined;
    }
    guild.edit(one.original, body);
    return one.original;
  }

  let last: Json = {};
  const double: DiscordDouble = {
    api: `http://127.0.0.1:${port}/api`,
    apiFor: (from) => `http://127.0.0.1:${port}/from/${from}/api`,
    guild,
    gateway,
    requests,
    commands,
    wrong,
    registeredFor: '',
    flags: 0,
    isPublic: false,
    shards: 1,
    identifiesLeft: 990,
    faults: { limited: 0, failing: 0, ...options.faults },
    async deliver(payload) {
      const { id, token, type, member, user, channel, message } = payload as {
        id: string;
        token: string;
        type: number;
        member?: { user: UserOf };
        user?: UserOf;
        channel: { id: string };
        message?: MessageOf;
      };
      const answered = new Promise<{ readonly type: number; readonly data: Json } | undefined>((resolve) => {
        const timer = setTimeout(() => resolve(undefined), firstAnswer + 50);
        open.set(token, {
          id,
          token,
          at: Date.now(),
          user: (member?.user ?? user)?.id ?? '',
          channel: channel.id,
          type,
          pressed: message && guild.messages.get(message.id),
          answer: undefined,
          original: undefined,
          told(answer) {
            clearTimeout(timer);
            resolve(answer);
          },
        });
      });
      last = payload;
      gateway.dispatch('INTERACTION_CREATE', payload);
      const answer = await answered;
      return { id, type: answer?.type ?? 'missed', data: answer?.data ?? {}, message: () => open.get(token)?.original };
    },
    async interact(user, type, data, { channel, message, locale = 'en-GB' }) {
      const id = snowflake();
      const token = `token-${id}`;
      const direct = guild.isDirect(channel);
      const member = {
        user,
        nick: null,
        roles: [],
        permissions: '0',
        joined_at: '2026-01-01T00:00:00Z',
        deaf: false,
        mute: false,
      };
      const place = { channel_id: channel, channel: { id: channel, type: direct ? 1 : 0 } };
      const who = direct ? { user } : { member, guild_id: guild.id };
      return double.deliver({
        ...{
          id,
          token,
          type,
          data,
          version: 1,
          application_id: application,
          locale,
          entitlements: [],
          authorizing_integration_owners: { 0: guild.id },
          app_permissions: String(guild.permissions),
          attachment_size_limit: 10_000_000,
          ...place,
          ...who,
        },
        ...(message ? { message: { ...message, attachments: [] } } : {}),
      });
    },
    repeat() {
      gateway.dispatch('INTERACTION_CREATE', last);
    },
    move(user, channel) {
      if (channel === null) guild.voice.delete(user.id);
      else guild.voice.set(user.id, channel);
      const member = { user, nick: null, roles: [], joined_at: '2026-01-01T00:00:00Z', deaf: false, mute: false };
      gateway.dispatch('VOICE_STATE_UPDATE', {
        guild_id: guild.id,
        channel_id: channel,
        user_id: user.id,
        member,
        session_id: 's',
        deaf: false,
        mute: false,
        self_deaf: false,
        self_mute: false,
        self_video: false,
        suppress: false,
        request_to_speak_timestamp: null,
      });
    },
    invalid: () => requests.filter(({ status }) => status === 401 || status === 403 || status === 429),
    async close() {
      gateway.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return double;
}
