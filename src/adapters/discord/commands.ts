/** The slash and context-menu commands of Discord, generated from Baton's own: names, options, choices, in all languages. */
import {
  ApplicationCommandType,
  ApplicationCommandOptionType as Kind,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js';
import { VIEW_FIELDS, VIEWS, type View } from '../../cards/buttons.ts';
import { fieldLabel } from '../../cards/form.ts';
import { LANGUAGES } from '../../cards/words/catalogues.ts';
import { clip } from '../../cards/words/clip.ts';
import { type Words, wordsFor } from '../../cards/words/words.ts';
import { COMMANDS } from '../../core/commands/index.ts';
import type { Command, Field, Guide } from '../../core/contract.ts';
import { SET_BY_ADAPTERS } from '../../core/fields.ts';
import {
  COMMAND_DESCRIPTION,
  COMMAND_NAME,
  COMMAND_SIZE,
  MOST_PER_LEVEL,
  OPTION_TEXT,
  SHORTEST_DESCRIPTION,
} from './limits.ts';

/** The one slash command; everything else is a subcommand of it. */
export const ROOT = 'incident';
/** Keys of the words that name the context-menu commands. */
export const DECLARE_FROM = 'discord.declare-from';
export const KEEP_AS_EVIDENCE = 'discord.keep-as-evidence';
/** A file is an option of its own. */
export const FILE_OPTION = 'file';

/** Stand directly under the root: what is reached for most at three in the morning. The rest is grouped by chapter. */
const DIRECT: ReadonlySet<string> = new Set([
  ...['declare', 'join-call', 'page', 'take-command', 'assess-impact', 'delegate', 'acknowledge', 'report', 'finish'],
  ...['propose-mitigation', 'mitigated', 'note', 'help', 'board', 'status'],
]);

/** The chapter that a view belongs to. */
const VIEW_CHAPTERS: Readonly<Record<string, Guide>> = {
  'link-account': 'call',
  seats: 'call',
  rounds: 'updates',
  brief: 'rotation',
  checklist: 'watch',
  messages: 'activities',
};

interface Named {
  name: string;
  name_localizations: Record<string, string>;
  description: string;
  description_localizations: Record<string, string>;
}

interface Option extends Named {
  type: number;
  required?: boolean;
  autocomplete?: boolean;
  max_length?: number;
  min_value?: number;
  options?: Option[];
}

const languages = LANGUAGES.map(({ id }) => ({ id, words: wordsFor({ language: id, zone: 'UTC' }, {}) }));
const english = languages[0] as (typeof languages)[number];
const others = languages.slice(1);

/** All application commands, as `PUT /applications/{id}/commands` takes them. */
export function applicationCommands(): RESTPutAPIApplicationCommandsJSONBody {
  const options = levels();
  const incident = { type: ApplicationCommandType.ChatInput, ...described(ROOT, 'discord.root'), options };
  shortenToFit(incident);
  const menu = [DECLARE_FROM, KEEP_AS_EVIDENCE].map((key) => ({
    type: ApplicationCommandType.Message,
    name: english.words.t(key),
    name_localizations: Object.fromEntries(others.map(({ id, words }) => [id, words.t(key)])),
  }));
  return [incident, ...menu] as unknown as RESTPutAPIApplicationCommandsJSONBody;
}

/** What Discord counts of a command: names and descriptions, each in its longest language. */
export function sizeOf(named: Named & { readonly options?: Option[] }): number {
  const longest = (text: string, localized: Readonly<Record<string, string>>) =>
    Math.max(text.length, ...Object.values(localized).map(({ length }) => length));
  const own =
    longest(named.name, named.name_localizations) + longest(named.description, named.description_localizations);
  return (named.options ?? []).reduce((sum, one) => sum + sizeOf(one), own);
}

/** Shortens the longest descriptions, a little at a time, until all of them together are few enough. */
function shortenToFit(root: Named & { readonly options: Option[] }): void {
  for (let most = COMMAND_DESCRIPTION; sizeOf(root) > COMMAND_SIZE && most > SHORTEST_DESCRIPTION; most -= 1) {
    shorten(root.options, most);
  }
}

function shorten(options: readonly Option[], most: number): void {
  for (const one of options) {
    one.description = clip(one.description, most);
    for (const [id, text] of Object.entries(one.description_localizations)) {
      one.description_localizations[id] = clip(text, most);
    }
    shorten(one.options ?? [], most);
  }
}

function levels(): Option[] {
  const offered = COMMANDS.filter(({ right }) => right !== 'adapter');
  const subcommands = [
    ...offered.map((command) => ({ name: command.name, chapter: command.guide, option: subcommand(command) })),
    ...VIEWS.map((name) => ({ name, chapter: VIEW_CHAPTERS[name] ?? 'record', option: viewSubcommand(name) })),
  ];
  const direct = subcommands.filter(({ name }) => DIRECT.has(name));
  const chapters = [...new Set(offered.map(({ guide }) => guide))];
  const groups = chapters.flatMap((chapter) => {
    const options = subcommands.filter((one) => one.chapter === chapter && !DIRECT.has(one.name));
    if (options.length === 0) return [];
    const named = described(chapter, `guide.${chapter}.what`, (words) => words.t(`guide.${chapter}`));
    return [{ type: Kind.SubcommandGroup, ...named, options: apart(options.map(({ option }) => option)) }];
  });
  return within(apart([...direct.map(({ option }) => option), ...groups]), 'the root');
}

function viewSubcommand(name: View): Option {
  const field = VIEW_FIELDS[name];
  const about = field && { type: Kind.String, ...described(field, `discord.${field}`), autocomplete: name === 'help' };
  const named = described(name, `command.${name}.what`, (words) => words.t(`command.${name}`));
  return { type: Kind.Subcommand, ...named, options: about ? [about] : [] };
}

function subcommand(command: Command): Option {
  const fields = Object.entries(command.fields).filter(([name]) => !SET_BY_ADAPTERS.has(name));
  const options = fields.map(([name, field]) => option(command, name, field));
  if ('attachment' in command.fields) {
    options.push({ type: Kind.Attachment, ...described(FILE_OPTION, 'discord.file') });
  }
  const named = described(command.name, `command.${command.name}.what`, (words) => words.t(`command.${command.name}`));
  // Discord wants what is required in front.
  const sorted = [...options].sort((a, b) => Number(b.required ?? false) - Number(a.required ?? false));
  return { type: Kind.Subcommand, ...named, options: within(apart(sorted), command.name) };
}

/** A long text is not demanded on the command line: without it its form opens, where it can be written in peace. */
export function isDemanded(field: Field): boolean {
  return field.required === true && !(field.type === 'text' && field.long === true);
}

/** Choices are completed rather than listed: listed ones, in all languages, would outgrow what Discord takes of a command. */
function option(command: Command, name: string, field: Field): Option {
  const label = (words: Words) => fieldLabel(command.name, name, words);
  const hints = [`field.${command.name}.${name}.hint`, `field.${name}.hint`];
  // A time is easier to get wrong than to misunderstand: it shows how it is written instead of its label.
  const timed = field.type === 'duration' || field.type === 'moment';
  const hint = timed ? hints.find((key) => english.words.has(key)) : undefined;
  const description = (words: Words) => (hint === undefined ? label(words) : words.t(hint));
  const base = { ...namedBy(name, label, description), ...(isDemanded(field) ? { required: true } : {}) };
  switch (field.type) {
    case 'yes':
      return { type: Kind.Boolean, ...base };
    case 'number':
      return { type: Kind.Integer, ...base, min_value: 0 };
    case 'duration':
    case 'moment':
      return { type: Kind.String, ...base, max_length: 20 };
    case 'text':
      return name === 'prompt'
        ? { type: Kind.String, ...base, autocomplete: true }
        : { type: Kind.String, ...base, max_length: Math.min(field.max ?? OPTION_TEXT, OPTION_TEXT) };
    default:
      return { type: Kind.String, ...base, autocomplete: true };
  }
}

function described(name: string, key: string, label?: (words: Words) => string): Named {
  return namedBy(name, label, (words) => words.t(key));
}

/** @param label what the name is made of in other languages; absent: the name stays */
function namedBy(
  name: string,
  label: ((words: Words) => string) | undefined,
  description: (words: Words) => string,
): Named {
  const said = (words: Words) => clip(description(words), COMMAND_DESCRIPTION);
  const localized = label ? others.map(({ id, words }) => [id, commandName(label(words)) || name] as const) : [];
  return {
    name,
    name_localizations: Object.fromEntries(localized),
    description: said(english.words),
    description_localizations: Object.fromEntries(others.map(({ id, words }) => [id, said(words)])),
  };
}

/** Lower case, letters and digits of any script, words joined by dashes. */
function commandName(label: string): string {
  return label
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, COMMAND_NAME)
    .replace(/^-+|-+$/g, '');
}

/** Names of one level have to differ in every language: where two would be the same, both stay as they are. */
function apart(options: Option[]): Option[] {
  for (const { id } of others) {
    const said = options.map((one) => one.name_localizations[id] ?? one.name);
    for (const [n, one] of options.entries()) {
      if (said.filter((name) => name === said[n]).length > 1) delete one.name_localizations[id];
    }
  }
  return options;
}

/** @throws when a level outgrows what Discord takes: whoever adds a command notices at once */
function within(options: Option[], where: string): Option[] {
  if (options.length > MOST_PER_LEVEL) {
    throw new Error(
      `Discord takes ${MOST_PER_LEVEL} entries at one level of a command; ${where} has ${options.length}`,
    );
  }
  return options;
}
