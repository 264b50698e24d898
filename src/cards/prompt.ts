/** One prompt: the line to read aloud, why it is due, and the buttons that act on it. */
import type { Prompt, World } from '../core/contract.ts';
import type { Incident } from '../core/incident.ts';
import { promptsFor, promptsOf } from '../core/prompts.ts';
import type { PersonId } from '../core/units.ts';
import { promptButtons } from './buttons.ts';
import { clippedFacts } from './capped.ts';
import type { Card, Tone } from './card.ts';
import { links, title } from './state.ts';
import type { Words } from './words/words.ts';

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

/** A prompt as a card of its own, for the one person who must act. */
export function promptCard(prompt: Prompt, incident: Incident, words: Words): Card {
  return {
    key: `prompt:${prompt.key}`,
    title: title(incident, words),
    version: incident.version,
    links: links(incident, words),
    blocks: [
      { type: 'line', text: promptText(prompt, words), why: promptWhy(prompt, words), tone: promptTone(prompt) },
      { type: 'buttons', buttons: promptButtons(prompt, words, { incident, viewer: prompt.to }) },
    ],
  };
}

/** Everything that waits for one person who is not the commander, most pressing first. */
export function personalCards(incident: Incident, world: World, words: Words, person: PersonId): readonly Card[] {
  if (person === incident.command.commander) return [];
  return promptsFor(person, promptsOf(incident, world)).map((prompt) => promptCard(prompt, incident, words));
}
