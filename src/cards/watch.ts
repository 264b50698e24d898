/** The watch after the fix: who stays, and what the record still lacks while it is easy to get (WAT-1, WAT-2). */
import { unjudged } from '../core/activities.ts';
import { missingEvidence, WANTED } from '../core/evidence.ts';
import type { Incident } from '../core/incident.ts';
import { QUESTIONS, type Question } from '../core/severity.ts';
import { buttons } from './buttons.ts';
import { cappedList } from './capped.ts';
import type { Card, Row } from './card.ts';
import { phaseText, title } from './state.ts';
import { clip } from './words/clip.ts';
import type { Words } from './words/words.ts';

const MOST_PARKED = 12;

/** One thing that a good record has. */
interface Item {
  /** `checklist.<item>`. */
  readonly item: string;
  readonly done: boolean;
}

export function checklistCard(incident: Incident, words: Words): Card {
  const items = checklist(incident);
  const rows = items.map(
    ({ item, done }): Row => ({
      label: words.t(`checklist.${item}`),
      value: words.t(done ? 'checklist.done' : 'checklist.missing'),
      tone: done ? 'good' : 'warn',
    }),
  );
  const parked = incident.parked.map(({ topic, by }) => ({ label: words.name(by), value: clip(topic) }));
  const stays = incident.phase === 'closed' ? [] : (incident.watch?.stays ?? []);
  return {
    key: 'checklist',
    title: title(incident, words),
    version: incident.version,
    blocks: [
      { type: 'text', text: phaseText(incident, words) },
      ...(stays.length > 0
        ? [
            {
              type: 'rows',
              rows: [{ label: words.t('checklist.stays'), value: words.fact({ people: stays }) }],
            } as const,
          ]
        : []),
      { type: 'list', title: words.t('checklist.title'), items: rows },
      ...cappedList(words.t('checklist.parked'), parked, MOST_PARKED, words),
      {
        type: 'buttons',
        buttons: buttons(
          [
            { command: 'keep-evidence', primary: true },
            { command: 'note' },
            ...(incident.phase === 'closed' ? [] : [{ command: 'assess-impact' }]),
          ],
          words,
          { incident },
        ),
      },
    ],
  };
}

/** What a record should hold, and whether it does. */
export function checklist(incident: Incident): readonly Item[] {
  const missing = missingEvidence(incident);
  const { answers } = incident.impact;
  const answered = (Object.keys(QUESTIONS) as Question[]).every(
    (question) => question === 'which' || (answers[question] ?? 'unknown') !== 'unknown',
  );
  const mitigations = incident.activities.filter(({ mitigation }) => mitigation?.startedAt !== undefined);
  return [
    { item: 'impact', done: answered },
    { item: 'ended-by', done: mitigations.some(({ mitigation }) => mitigation?.ended) },
    { item: 'judged', done: unjudged(incident).length === 0 },
    ...WANTED.map((kind) => ({ item: kind, done: !missing.includes(kind) })),
  ];
}
