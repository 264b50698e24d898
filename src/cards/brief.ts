/** The brief of a hand-over: everything an incoming commander needs before saying "I have command" (ROT-2). */
import { unjudged } from '../core/activities.ts';
import type { World } from '../core/contract.ts';
import type { Activity, Incident } from '../core/incident.ts';
import { commandersPrompts, promptsOf } from '../core/prompts.ts';
import { QUESTIONS, type Question } from '../core/severity.ts';
import { answerFact } from './announcement.ts';
import { buttons } from './buttons.ts';
import { cappedList } from './capped.ts';
import type { Card, Row } from './card.ts';
import { promptName } from './prompt.ts';
import { activityRows, headRows, impactRow, links, onCallRow, queueRows, roundRows, title } from './state.ts';
import { clip } from './words/clip.ts';
import type { Words } from './words/words.ts';

const MOST_ROWS = 10;

export function briefCard(incident: Incident, world: World, words: Words): Card {
  // Nobody waits for anything then: what was left open is in the record.
  const over = incident.phase === 'closed';
  const list = (key: string, rows: readonly Row[]) => cappedList(words.t(key), rows, MOST_ROWS, words, 'status');
  return {
    key: 'brief',
    title: title(incident, words),
    version: incident.version,
    links: links(incident, words),
    blocks: [
      { type: 'heading', text: words.t('brief.title') },
      {
        type: 'rows',
        rows: [
          ...headRows(incident, words),
          { label: words.t('brief.declared'), value: words.at(incident.declared.at) },
          ...(over ? [] : [onCallRow(incident, words), ...roundRows(incident, world, words)]),
        ],
      },
      ...list('card.impact', [impactRow(incident, words), ...answerRows(incident, words)]),
      ...list('brief.tried', triedRows(incident, words)),
      ...(over
        ? []
        : [
            ...list('brief.progress', activityRows(incident, words)),
            ...list('card.queue', queueRows(incident, words)),
            ...list('brief.pending', pendingRows(incident, world, words)),
          ]),
      ...(incident.command.offer && !over
        ? [
            {
              type: 'buttons',
              buttons: buttons(
                [{ command: 'accept-hand-over', primary: true }, { command: 'decline-hand-over' }],
                words,
                { incident, viewer: incident.command.offer.to },
              ),
            } as const,
          ]
        : []),
    ],
  };
}

/** The brief as plain text, to be read aloud or sent where no card can be. */
export function briefText(card: Card): string {
  const lines = card.blocks.flatMap((block): readonly string[] => {
    switch (block.type) {
      case 'heading':
        return [block.text];
      case 'rows':
        return block.rows.map(({ label, value }) => `${label}: ${value}`);
      case 'list':
        return [
          `${block.title}:`,
          ...block.items.map(({ label, value }) => `- ${label}: ${value}`),
          ...(block.more ? [block.more] : []),
        ];
      default:
        return [];
    }
  });
  return [card.title, ...lines].join('\n');
}

function answerRows({ impact, phase }: Incident, words: Words): readonly Row[] {
  return (Object.keys(QUESTIONS) as Question[]).flatMap((question) => {
    const answer = impact.answers[question];
    if (question === 'sees' || answer === undefined) return [];
    if (answer === 'unknown' && phase === 'closed') return [];
    return [{ label: words.t(`question.${question}`), value: clip(words.fact(answerFact(question, answer))) }];
  });
}

/** What was tried and what it did. */
function triedRows(incident: Incident, words: Words): readonly Row[] {
  return incident.activities
    .filter(({ mitigation }) => mitigation?.doneAt !== undefined)
    .map((activity) => ({
      label: words.activity(activity.id),
      value: tried(activity, incident.phase === 'closed', words),
    }));
}

function tried(activity: Activity, over: boolean, words: Words): string {
  const { verdict, didNotHold, confounded = [] } = activity.mitigation ?? {};
  return [
    clip(words.what(activity)),
    verdict ? words.t(`verdict.${verdict}`) : words.t(over ? 'record.stage.observed' : 'brief.unjudged'),
    ...(didNotHold ? [words.t('record.did-not-hold')] : []),
    ...(confounded.length > 0 ? [words.t('brief.confounded', { activities: { activities: confounded } })] : []),
  ].join(' · ');
}

/** Decisions that the incoming commander inherits. */
function pendingRows(incident: Incident, world: World, words: Words): readonly Row[] {
  const judge = unjudged(incident).map((activity) => ({
    label: words.activity(activity.id),
    value: words.t('brief.to-judge', { what: clip(words.what(activity)) }),
  }));
  const drafts = incident.messages
    .filter(({ status }) => status === 'draft')
    .map(({ id, text }) => ({ label: words.t('brief.message', { message: id }), value: clip(text) }));
  const parked = incident.parked.map(({ topic }) => ({ label: words.t('brief.parked'), value: clip(topic) }));
  const due = commandersPrompts(incident, promptsOf(incident, world)).map((prompt) => ({
    label: words.t('brief.due'),
    value: promptName(prompt, words),
  }));
  return [...due, ...judge, ...drafts, ...parked];
}
