/** Registers the commands without connecting to the gateway, and says in words what is wrong with the credentials. */
import { DiscordAPIError, REST } from 'discord.js';
import { createApi } from './api.ts';
import { register } from './register.ts';
import { REAL_TIME } from './time.ts';
import { TOKEN_REFUSED } from './trouble.ts';

export interface Credentials {
  readonly token: string;
  readonly guilds: readonly string[];
  readonly api?: string | undefined;
}

const SILENT = { info() {}, warn() {}, error() {} };

/** Rejects with an error whose message is for the operator. */
export async function registerCommands({ token, guilds, api }: Credentials) {
  const rest = new REST({ retries: 0, ...(api === undefined ? {} : { api }) }).setToken(token);
  try {
    return { count: await register(createApi(rest, REAL_TIME, SILENT), guilds), guilds };
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    if (error.status === 401) throw new Error(TOKEN_REFUSED);
    if (error.status === 403) {
      throw new Error(
        'Discord refused: the bot is not in one of DISCORD_GUILD_IDS, or was invited without the scope applications.commands. ' +
          'Invite it again (see deploy/discord.md).',
      );
    }
    throw new Error(`Discord refused the commands (${error.code}): ${error.message}`);
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}
