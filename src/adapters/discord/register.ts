/** Registers the slash and context-menu commands: in each served guild, where they show at once, else everywhere. */
import type { Memory } from '../../core/ports.ts';
import { digest } from '../../desk/ids.ts';
import type { Api } from './api.ts';
import { applicationCommands } from './commands.ts';
import { DISCORD } from './ids.ts';

const KEY = 'registered';

/** @returns how many commands there are, by place */
export async function register(api: Api, guilds: readonly string[]): Promise<number> {
  const { id } = await api.application();
  const commands = applicationCommands();
  if (guilds.length === 0) await api.putCommands(id, undefined, commands);
  for (const guild of guilds) await api.putCommands(id, guild, commands);
  return commands.length;
}

/** At each start, only if something has changed since: Discord counts how often commands are registered. */
export async function registerIfChanged(api: Api, guilds: readonly string[], memory: Memory): Promise<boolean> {
  const now = digest([applicationCommands(), guilds]);
  if ((await memory.recall(DISCORD))[KEY] === now) return false;
  await register(api, guilds);
  await memory.remember(DISCORD, KEY, now);
  return true;
}
