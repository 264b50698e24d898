/** What a typed line is read against: the commands there are, and what their fields let choose from. */
import type { Command, Field, Fields } from '../core/contract.ts';
import type { People, PersonId } from '../core/units.ts';
import type { Choice } from './form.ts';

export interface Typing {
  readonly commands: readonly Command[];
  readonly fieldsOf: (command: Command) => Fields;
  /** What a field lets choose from, with what people call it; undefined where anything may be typed. */
  readonly choicesOf: (field: Field) => readonly Choice[] | undefined;
  readonly people: People;
  /** Who types: `me` is them. */
  readonly by: PersonId;
  /** The command, and its field, that a line without a slash is; absent where commands need no slash. */
  readonly plain?: { readonly command: string; readonly field: string };
}
