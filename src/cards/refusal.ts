/** A no: the reason, the next right steps as buttons, and the state as it is now. */
import type { Refusal } from '../core/contract.ts';
import type { Incident } from '../core/incident.ts';
import type { PersonId } from '../core/units.ts';
import { buttons } from './buttons.ts';
import { clippedFacts } from './capped.ts';
import type { Card } from './card.ts';
import { headRows, mitigationRows, title } from './state.ts';
import type { Words } from './words/words.ts';

export function refusalText({ refused, facts }: Refusal, words: Words): string {
  return words.t(`refusal.${refused}`, clippedFacts(facts));
}

/** What was typed or picked is at fault, not the moment: pressing the same again would end the same. */
function unreadable({ refused }: Refusal): boolean {
  return /^(field-|person-|owner-by-name$|activity-unknown$|which-activity$)/.test(refused);
}

/** @param viewer who was refused: their form may ask for more than others' */
export function refusalCard(refusal: Refusal, incident: Incident | undefined, words: Words, viewer?: PersonId): Card {
  return {
    key: 'refusal',
    title: incident ? title(incident, words) : words.t('card.refusal'),
    ...(incident ? { version: incident.version } : {}),
    blocks: [
      { type: 'line', text: refusalText(refusal, words), tone: 'warn' },
      { type: 'buttons', buttons: buttons(refusal.next, words, { incident, viewer, again: unreadable(refusal) }) },
      ...(incident
        ? [{ type: 'rows', rows: [...headRows(incident, words), ...mitigationRows(incident, words)] } as const]
        : []),
    ],
  };
}
