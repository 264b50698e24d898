/** Reads what Discord needs: the bot's token and its guilds from the environment, the rest from the file. */
import type { Environment } from './secrets.ts';

/** What may be set of Discord in the file. Everything may be left out. */
export interface DiscordFile {
  /** Language of cards that many read. Default en. */
  readonly language?: string | undefined;
  /** Name of the category of rooms; a number follows where it is full. Default Incidents. */
  readonly category?: string | undefined;
  readonly archive?:
    | {
        /** What becomes of a room: `keep`, `move` into a category of its own (default), or `delete`. */
        readonly how?: 'keep' | 'move' | 'delete' | undefined;
        /** How long after closing, in milliseconds. Default a day. */
        readonly after?: number | undefined;
        /** Name of that category. Default Closed incidents. */
        readonly category?: string | undefined;
      }
    | undefined;
}

export interface DiscordFromEnvironment {
  /** `DISCORD_TOKEN`: of the bot. */
  readonly token: string;
  /** `DISCORD_GUILD_IDS`: servers that Baton works for, with commas between; none: all that the bot is in. */
  readonly guilds: readonly string[];
  /** `DISCORD_API_URL`: root of the API without its version; for tests and proxies. */
  readonly api?: string;
}

export type DiscordConfig = DiscordFromEnvironment & DiscordFile;

/**
 * @param wanted the file has a section `discord`: somebody means to use it
 * @returns undefined where there is no Discord
 */
export function readDiscord(
  environment: Environment,
  wanted: boolean,
  problems: string[],
): DiscordFromEnvironment | undefined {
  const given = (name: string) => environment[name]?.trim() || undefined;
  const token = given('DISCORD_TOKEN')?.replace(/^Bot\s+/i, '');
  const guilds = (given('DISCORD_GUILD_IDS') ?? '').split(/[\s,]+/).filter((id) => id !== '');
  const api = given('DISCORD_API_URL')?.replace(/\/+$/, '');
  const before = problems.length;
  for (const id of guilds.filter((one) => !/^\d{5,20}$/.test(one))) {
    problems.push(
      `DISCORD_GUILD_IDS holds "${id}", which is no id of a server: turn on developer mode in Discord and copy it there.`,
    );
  }
  if (api !== undefined && !(URL.canParse(api) && /^https?:$/.test(new URL(api).protocol))) {
    problems.push(`DISCORD_API_URL is "${api}", which is no address. Leave it out for Discord's own.`);
  }
  if (token === undefined) {
    if (wanted || guilds.length > 0) {
      const said = wanted ? 'baton.yaml has a section discord' : 'DISCORD_GUILD_IDS is set';
      problems.push(`${said}, but there is no DISCORD_TOKEN. Set it (see deploy/discord.md), or take that out.`);
    }
    return undefined;
  }
  if (problems.length > before) return undefined;
  return { token, guilds, ...(api === undefined ? {} : { api }) };
}
