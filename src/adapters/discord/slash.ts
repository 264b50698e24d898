/** Reads slash commands: which command is meant, and what its options say. */
import {
  type APIChatInputApplicationCommandInteractionData as Data,
  ApplicationCommandOptionType as Kind,
  type APIApplicationCommandInteractionDataOption as Option,
} from 'discord.js';
import { isView } from '../../cards/buttons.ts';
import type { FieldValue } from '../../core/contract.ts';
import type { PersonId } from '../../core/units.ts';
import { offered } from '../../desk/offered.ts';
import { FILE_OPTION } from './commands.ts';
import type { File } from './evidence.ts';

export interface Slash {
  readonly command: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly file?: File | undefined;
  /** The option being completed, with what is typed of it. */
  readonly focused?: { readonly name: string; readonly value: string } | undefined;
}

/** What autocompletion and commands both carry. */
type Told = Pick<Data, 'name'> & { readonly options?: readonly Option[]; readonly resolved?: unknown };

/** Undefined when there is no subcommand, which only a command of another version has. */
export function readSlash(data: Told, personOf: (user: string) => PersonId | undefined): Slash | undefined {
  let at = data.options?.[0];
  if (at?.type === Kind.SubcommandGroup) at = at.options[0];
  if (at?.type !== Kind.Subcommand) return undefined;
  const fields: Record<string, FieldValue> = {};
  let file: File | undefined;
  let focused: Slash['focused'];
  for (const option of at.options ?? []) {
    if (!('value' in option)) continue;
    if ('focused' in option && option.focused) focused = { name: option.name, value: String(option.value) };
    if (option.type === Kind.Attachment && option.name === FILE_OPTION) file = fileOf(data, String(option.value));
    else
      fields[option.name] =
        typeof option.value === 'string' ? named(at.name, option.name, option.value, personOf) : option.value;
  }
  return { command: at.name, fields, file, focused };
}

function fileOf({ resolved }: Told, id: string): File | undefined {
  return (resolved as { attachments?: Record<string, File> } | undefined)?.attachments?.[id];
}

/** Somebody may be mentioned instead of picked. */
function named(command: string, name: string, value: string, personOf: (user: string) => PersonId | undefined): string {
  const field = isView(command) ? undefined : offered(command)?.fields[name];
  if (field?.type !== 'person' && field?.type !== 'people') return value;
  return value.replace(/<@!?(\d+)>/g, (whole, user: string) => personOf(user) ?? whole);
}
