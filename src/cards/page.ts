/** A page: who is needed, for what, and the two presses that answer it (CALL-5). */
import type { Incident } from '../core/incident.ts';
import type { PersonId } from '../core/units.ts';
import { buttons } from './buttons.ts';
import type { Card } from './card.ts';
import { headRows, impactRow, links, title } from './state.ts';
import { clip } from './words/clip.ts';
import type { Words } from './words/words.ts';

/** What a pager is asked to carry. */
export interface Paged {
  readonly person: PersonId;
  readonly wanted: string;
  readonly attempt: number;
}

/** The sentence alone, for pagers that carry no cards. */
export function pageText({ person, wanted }: Paged, words: Words): string {
  const facts = { person: { person }, wanted: clip(wanted) };
  return words.t(wanted ? 'page.line' : 'page.line.by-name', facts);
}

export function pageCard(paged: Paged, incident: Incident, words: Words): Card {
  return {
    key: `page:${paged.person}`,
    title: title(incident, words),
    version: incident.version,
    links: links(incident, words),
    blocks: [
      {
        type: 'line',
        text: pageText(paged, words),
        why: words.t('page.why', { attempt: paged.attempt }),
        tone: 'bad',
      },
      {
        type: 'buttons',
        buttons: buttons([{ command: 'answer-page', primary: true }, { command: 'join-call' }], words, { incident }),
      },
      { type: 'rows', rows: [...headRows(incident, words), impactRow(incident, words)] },
    ],
  };
}
