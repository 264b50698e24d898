/** Buttons from suggestions: a press acts at once when nothing is missing, and opens the form otherwise. */
import { commandNamed } from '../core/commands/index.ts';
import type { Prompt, Suggestion } from '../core/contract.ts';
import { opensForm, type Pressing } from './asking.ts';
import { clippedFacts } from './capped.ts';
import type { Button } from './card.ts';
import type { Words } from './words/words.ts';

/** Things to look at rather than to do; surfaces answer them with the card of that name. */
export const VIEWS = [
  ...(['help', 'board', 'status', 'seats', 'rounds', 'brief', 'checklist', 'messages'] as const),
  'link-account',
] as const;
export type View = (typeof VIEWS)[number];

/** What a view can be given behind its name. */
export const VIEW_FIELDS: Readonly<Partial<Record<View, string>>> = { help: 'about', 'link-account': 'code' };

export function isView(name: string): name is View {
  return (VIEWS as readonly string[]).includes(name);
}

/** @throws when there is neither a command nor a view of that name: suggestions are Baton's own, never typed. */
export function button(suggestion: Suggestion, words: Words, pressing: Pressing = {}): Button {
  const command = commandNamed(suggestion.command);
  if (!command && !isView(suggestion.command)) {
    throw new Error(`a button asks for "${suggestion.command}", which is neither a command nor a view`);
  }
  const fields = suggestion.fields ?? {};
  return {
    label: words.t(`button.${suggestion.label ?? suggestion.command}`, clippedFacts(suggestion.facts ?? {})),
    command: suggestion.command,
    fields,
    form: command !== undefined && (pressing.again || opensForm(command, fields, pressing, suggestion.label)),
    ...(suggestion.primary ? { primary: true } : {}),
  };
}

export function buttons(suggestions: readonly Suggestion[], words: Words, pressing: Pressing = {}): readonly Button[] {
  return suggestions.map((suggestion) => button(suggestion, words, pressing));
}

/** What is worth a look before a line is said or answered. */
const LOOKS: Readonly<Record<string, View>> = {
  gathering: 'seats',
  'seat-missing': 'seats',
  'confirm-message': 'messages',
  'round-impact': 'rounds',
  'round-ask': 'rounds',
  'brief-successor': 'brief',
  'accept-hand-over': 'brief',
  gather: 'checklist',
};

/** A prompt's own buttons, what to look at, and the one that puts the prompt off; the one most likely wanted stands out. */
export function promptButtons(prompt: Prompt, words: Words, pressing: Pressing = {}): readonly Button[] {
  const look = LOOKS[prompt.line];
  const all: Suggestion[] = [...prompt.buttons, ...(look ? [{ command: look }] : [])];
  const wanted = mostWanted(all);
  const offered = all.some(({ command }) => command === 'snooze');
  const later: Suggestion[] = offered ? [] : [{ command: 'snooze', fields: { prompt: prompt.key } }];
  const marked = all.map((suggestion) => ({ ...suggestion, primary: suggestion === wanted }));
  return buttons([...marked, ...later], words, pressing);
}

/** Of several answers to one question none is put into anybody's mouth. */
function mostWanted(all: readonly Suggestion[]): Suggestion | undefined {
  const marked = all.find(({ primary }) => primary);
  const [first, second] = all.filter(({ primary }) => primary !== false);
  return marked ?? (first?.command === second?.command ? undefined : first);
}
