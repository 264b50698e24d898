/** Looks at what the bot has in Discord, by reading alone and without the gateway: token, intents, servers, permissions, commands. */
import {
  ApplicationFlagsBitField,
  DefaultRestOptions,
  DiscordAPIError,
  GatewayIntentBits,
  HTTPError,
  RateLimitError,
  REST,
  Routes,
} from 'discord.js';
import { type Check, type Finding, type Found, inTwo, note, ok, wrong } from '../../doctor/finding.ts';
import { type Reach, unreached } from '../../doctor/reach.ts';
import type { Channel } from './api.ts';
import { CLOSED_ROOMS, isCategoryOf, OPEN_ROOMS } from './categories.ts';
import { applicationCommands } from './commands.ts';
import { INTENTS } from './connection.ts';
import { heldIn, invitation, type Lack, lacking } from './permissions.ts';
import type { Credentials } from './register-by-hand.ts';
import { TOKEN_REFUSED } from './trouble.ts';

export interface Checked extends Credentials {
  readonly category?: string | undefined;
  readonly archive?: { readonly category?: string | undefined } | undefined;
  readonly reach: Reach;
  /** Those that Baton connects with. */
  readonly intents?: readonly GatewayIntentBits[];
}

interface Application {
  readonly id: string;
  readonly flags?: number;
  readonly bot_public?: boolean;
}
interface Guild {
  readonly id: string;
  readonly name: string;
  /** Held in the guild as a whole. */
  readonly permissions: string;
}
type Get = <T>(route: `/${string}`, query?: Readonly<Record<string, string>>) => Promise<T>;

/** What an application has to be allowed, by its name on the Bot page. */
const PRIVILEGED: readonly { readonly name: string; readonly intent: GatewayIntentBits; readonly on: number }[] = [
  {
    name: 'Presence Intent',
    intent: GatewayIntentBits.GuildPresences,
    on: ApplicationFlagsBitField.Flags.GatewayPresence | ApplicationFlagsBitField.Flags.GatewayPresenceLimited,
  },
  {
    name: 'Server Members Intent',
    intent: GatewayIntentBits.GuildMembers,
    on: ApplicationFlagsBitField.Flags.GatewayGuildMembers | ApplicationFlagsBitField.Flags.GatewayGuildMembersLimited,
  },
  {
    name: 'Message Content Intent',
    intent: GatewayIntentBits.MessageContent,
    on:
      ApplicationFlagsBitField.Flags.GatewayMessageContent |
      ApplicationFlagsBitField.Flags.GatewayMessageContentLimited,
  },
];

/** Servers of one answer; Discord gives no more. */
const MOST_GUILDS = 200;
/** Connections that are left of a day's thousand: fewer, and a Baton that keeps failing would reset its token. */
const FEW_CONNECTIONS = 50;
const BOT_PAGE = 'on the page Bot of the developer portal';
const GUIDE = 'deploy/discord.md says how it is set up.';

export function discordCheckup(options: Checked): readonly Check[] {
  return [{ of: 'Discord', look: (signal) => lookAtBot(options, getter(options, signal)) }];
}

function getter({ token, api, reach }: Checked, signal: AbortSignal): Get {
  const rest = new REST({
    ...(api === undefined ? {} : { api }),
    retries: 0,
    rejectOnRateLimit: () => true,
    async makeRequest(url, init) {
      const asked = Date.now();
      const response = await DefaultRestOptions.makeRequest(url, init);
      reach.heed(new URL(url).host, response.headers.get('date'), asked);
      return response;
    },
  }).setToken(token);
  rest.clearHashSweeper();
  rest.clearHandlerSweeper();
  return async (route, query) =>
    (await rest.get(route, { signal, ...(query && { query: new URLSearchParams(query) }) })) as never;
}

async function lookAtBot(options: Checked, get: Get): Promise<Found> {
  try {
    const [application, me] = await Promise.all([
      get<Application>(Routes.currentApplication()),
      get<{ readonly id: string; readonly username: string }>(Routes.user()),
    ]);
    const further = (of: string, look: (get: Get) => Promise<Found>): Check => ({
      of,
      look: (signal) => look(getter(options, signal)).catch(failing),
    });
    const commands = (guild?: Guild) =>
      further(`Discord's list of commands`, (ask) => commandFindings(ask, application, guild));
    return [
      ok(`DISCORD_TOKEN is that of the bot ${me.username}.`),
      ...intentFindings(application, options.intents ?? INTENTS),
      further('The gateway of Discord', gatewayFindings),
      further("Discord's list of servers", async (ask) => {
        const found = await ask<readonly Guild[]>(Routes.userGuilds(), { limit: String(MOST_GUILDS) });
        const served = found.filter(({ id }) => options.guilds.length === 0 || options.guilds.includes(id));
        return [
          ...missingFindings(options.guilds, found, application),
          ...served.map((guild) =>
            further(`The server ${guild.name}`, (again) => guildFindings(options, again, guild, me.id)),
          ),
          ...(options.guilds.length === 0 ? [commands()] : served.map((guild) => commands(guild))),
        ];
      }),
    ];
  } catch (error) {
    return failing(error);
  }
}

function intentFindings({ flags = 0, bot_public }: Application, intents: readonly GatewayIntentBits[]): Finding[] {
  return PRIVILEGED.flatMap(({ name, intent, on }) => {
    const [needed, allowed] = [intents.includes(intent), (flags & on) !== 0];
    if (needed && !allowed) return [wrong(`Baton needs the ${name}, which is off.`, `Turn it on ${BOT_PAGE}.`)];
    if (!needed && allowed) return [note(`The ${name} is on, and Baton uses none of it.`, `Turn it off ${BOT_PAGE}.`)];
    return [];
  }).concat(
    bot_public ? [note('Anybody can invite this bot to a server of theirs.', `Turn Public Bot off ${BOT_PAGE}.`)] : [],
  );
}

async function gatewayFindings(get: Get): Promise<Found> {
  const { session_start_limit: limit } = await get<{
    readonly session_start_limit: { readonly remaining: number; readonly reset_after: number };
  }>(Routes.gatewayBot());
  if (limit.remaining > FEW_CONNECTIONS) return [];
  const said = `Discord lets the bot connect ${limit.remaining} more times today.`;
  return note(said, 'Leave Baton running, and look why it connects so often: then Discord would reset the token.');
}

function missingFindings(wanted: readonly string[], found: readonly Guild[], { id }: Application): readonly Finding[] {
  if (wanted.length === 0 && found.length === 0) {
    return [wrong('The bot is in no server.', `Invite it: ${invitation(id)}`)];
  }
  return wanted
    .filter((one) => !found.some((guild) => guild.id === one))
    .map((one) =>
      wrong(
        `The bot is not in the server ${one} of DISCORD_GUILD_IDS.`,
        `Invite it, or take the server out: ${invitation(id, one)}`,
      ),
    );
}

async function guildFindings(options: Checked, get: Get, guild: Guild, user: string): Promise<Found> {
  const [channels, member] = await Promise.all([
    get<readonly Channel[]>(Routes.guildChannels(guild.id)),
    get<{ readonly roles: readonly string[] }>(Routes.guildMember(guild.id, user)),
  ]);
  const held = BigInt(guild.permissions);
  const everywhere = lacking(held);
  const { category = OPEN_ROOMS, archive } = options;
  const places = channels.filter(({ type, name }) =>
    [category, archive?.category ?? CLOSED_ROOMS].some((one) => type === CATEGORY && isCategoryOf(one, name ?? '')),
  );
  const ids = { guild: guild.id, roles: member.roles, user };
  const inPlaces = places.flatMap((place) =>
    lacking(heldIn(held, place.permission_overwrites ?? [], ids))
      .filter(({ permission }) => !everywhere.some((lack) => lack.permission === permission))
      .map((lack) => lackFinding(lack, `the category ${place.name} of ${guild.name}`, 'there')),
  );
  const found = [
    ...everywhere.map((lack) => lackFinding(lack, guild.name, 'in the settings of the server')),
    ...inPlaces,
  ];
  const also = places.length === 0 ? '' : `, and in ${places.map(({ name }) => name).join(', ')}`;
  return found.length > 0 ? found : ok(`Baton may do all that it has to in ${guild.name}${also}.`);
}

const CATEGORY = 4;

function lackFinding({ permission, without, vital }: Lack, where: string, there: string): Finding {
  const said = `${permission} is missing in ${where}: ${without}.`;
  return (vital ? wrong : note)(said, `Give it to Baton's role ${there}.`);
}

async function commandFindings(get: Get, { id }: Application, guild: Guild | undefined): Promise<Found> {
  const route = guild ? Routes.applicationGuildCommands(id, guild.id) : Routes.applicationCommands(id);
  const where = guild ? `in ${guild.name}` : 'for all servers';
  const wanted = applicationCommands();
  const found = await get<readonly { readonly name: string; readonly type: number }[]>(route, {
    with_localizations: 'true',
  });
  const pairs = wanted.map((command) => [command, found.find((one) => isOf(command, one))] as const);
  const again = 'Run npm run discord:register.';
  const missing = pairs.filter(([, there]) => there === undefined).map(([{ name }]) => name);
  if (missing.length > 0) return wrong(`Commands are not registered ${where}: ${missing.join(', ')}.`, again);
  const same = pairs.every(([command, there]) => says(there, command)) && found.length === wanted.length;
  if (same) return ok(`The ${wanted.length} commands ${where} are those of this version.`);
  return note(`The commands ${where} are not those of this version.`, `${again} A start of this version does so too.`);
}

function isOf(command: { readonly name: string; readonly type?: number | undefined }, there: typeof command): boolean {
  return command.name === there.name && (command.type ?? 1) === (there.type ?? 1);
}

/** Whether Discord holds all of what was sent. It adds its own, and leaves out what says nothing. */
function says(there: unknown, sent: unknown): boolean {
  if (isNothing(sent)) return isNothing(there);
  if (Array.isArray(sent)) {
    return Array.isArray(there) && there.length === sent.length && sent.every((one, n) => says(there[n], one));
  }
  if (typeof sent !== 'object') return there === sent;
  return Object.entries(sent as object).every(([name, value]) =>
    says((there as Record<string, unknown>)?.[name], value),
  );
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function failing(error: unknown): Finding {
  if (error instanceof RateLimitError) return note('Discord asks for a pause.', 'Look again in a minute.');
  if (error instanceof HTTPError) {
    return wrong(
      `Discord is out of order (${error.status}).`,
      'Look again later; https://discordstatus.com knows more.',
    );
  }
  if (!(error instanceof DiscordAPIError)) {
    return wrong(`Discord ${unreached(error).message}.`, 'Let this machine reach it, or mend DISCORD_API_URL.');
  }
  if (error.status === 401) return wrong(...inTwo(TOKEN_REFUSED, GUIDE));
  return wrong(`Discord refuses (${error.code}: ${error.message}).`, GUIDE);
}
