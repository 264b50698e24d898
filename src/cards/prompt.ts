/** One prompt: the line to read aloud, why it is due, and the buttons that act on it. */
import type { Prompt, World } from '../core/contract.ts';
import type { Incident } from '../core/incident.ts';
import { promptsFor, promptsOf } from '../core/prompts.ts';
import type { PersonId } from '../core/units.ts';
import { promptButtons } from './buttons.ts';
import { clippedFacts } from './capped.ts';
import type { Block, Card, Tone } from './card.ts';
import { links, title } from './state.ts';
import { clip } from './words/clip.ts';
import type { Words } from './words/words.ts';

/** Of a customer message beside its prompt; the whole of a longer one is a press away. */
const LONGEST_READ = 600;

const TONES: Readonly<Record<Prompt['rank'], Tone>> = {
  safety: 'bad',
  people: 'warn',
  work: 'strong',
  rhythm: 'strong',
  writing: 'plain',
};

export function promptText({ line, facts }: Prompt, words: Words): string {
  return words.t(`prompt.${line}`, clippedFacts(facts));
}

export function promptWhy({ line, facts }: Prompt, words: Words): string {
  return words.t(`prompt.${line}.why`, clippedFacts(facts));
}

/** A few words that tell the prompt from its neighbours in a list. */
export function promptName({ line, facts }: Prompt, words: Words): string {
  return words.t(`prompt.${line}.name`, clippedFacts(facts));
}

export function promptTone({ rank }: Prompt): Tone {
  return TONES[rank];
}

/** The line with its reason, what has to be read with it, and its buttons. */
export function promptBlocks(prompt: Prompt, incident: Incident, words: Words, viewer?: PersonId): readonly Block[] {
  return [
    { type: 'line', text: promptText(prompt, words), why: promptWhy(prompt, words), tone: promptTone(prompt) },
    ...toRead(prompt, incident),
    { type: 'buttons', buttons: promptButtons(prompt, words, { incident, viewer }) },
  ];
}

/** Nobody should confirm words that they have not seen. */
function toRead({ line, facts }: Prompt, { messages }: Incident): readonly Block[] {
  const message = line === 'confirm-message' ? messages.find(({ id }) => id === facts.message) : undefined;
  return message ? [{ type: 'text', text: clip(message.text, LONGEST_READ) }] : [];
}

/** A prompt as a card of its own, for the one person who must act. */
export function promptCard(prompt: Prompt, incident: Incident, words: Words): Card {
  return {
    key: `prompt:${prompt.key}`,
    title: title(incident, words),
    version: incident.version,
    links: links(incident, words),
    blocks: promptBlocks(prompt, incident, words, prompt.to),
  };
}

/** Everything that waits for one person who is not the commander, most pressing first. */
export function personalCards(incident: Incident, world: World, words: Words, person: PersonId): readonly Card[] {
  if (person === incident.command.commander) return [];
  return promptsFor(person, promptsOf(incident, world)).map((prompt) => promptCard(prompt, incident, words));
}
