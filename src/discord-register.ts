/** Registers the commands in Discord by hand; Baton does the same at each start. */
import { registerCommands } from './adapters/discord/register-by-hand.ts';
import { ConfigError, readConfig } from './config.ts';

try {
  const { discord } = readConfig(process.env);
  if (!discord) throw new ConfigError(['There is no DISCORD_TOKEN. Set it (see deploy/discord.md).']);
  const { count, guilds } = await registerCommands(discord);
  const where = guilds.length === 0 ? 'for all servers; it takes Discord up to an hour' : `in ${guilds.join(', ')}`;
  process.stdout.write(`${count} commands are registered ${where}.\n`);
} catch (error) {
  const lines = error instanceof ConfigError ? error.problems : [(error as Error).message];
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exit(1);
}
