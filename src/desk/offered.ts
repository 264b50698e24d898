/** The commands that people give. The rest is between Baton and its adapters, and as unknown to people as what does not exist. */
import type { Words } from '../cards/words/words.ts';
import { COMMANDS, commandNamed } from '../core/commands/index.ts';
import type { Command, Fields } from '../core/contract.ts';

export const OFFERED: readonly Command[] = COMMANDS.filter(({ right }) => right !== 'adapter');

export function offered(name: string): Command | undefined {
  const command = commandNamed(name);
  return command?.right === 'adapter' ? undefined : command;
}

/** The name that an order goes by, so that an adapter's command given by a person is refused as unknown. */
export function orderName(name: string): string {
  return offered(name)?.name ?? (commandNamed(name) ? `${name}?` : name);
}

/** Fields that there are words for: the rest is set by surfaces and alert sources, never typed. */
export function nameable(fields: Fields, words: Words): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => words.has(`field.${name.split(':')[0]}`)));
}
