/** The one pinned card of a room: the next line to say with its buttons, and the state below it. */
import type { Prompt, Suggestion, World } from '../core/contract.ts';
import type { Incident, Phase } from '../core/incident.ts';
import { commandersPrompts, promptsOf } from '../core/prompts.ts';
import type { PersonId } from '../core/units.ts';
import { buttons } from './buttons.ts';
import { cappedList } from './capped.ts';
import type { Block, Card, Row } from './card.ts';
import { promptBlocks, promptName, promptText, promptTone } from './prompt.ts';
import { seatRows } from './seats.ts';
import {
  activityRows,
  headRows,
  impactRow,
  links,
  mitigationRows,
  onCallRow,
  phaseText,
  queueRows,
  recordLinks,
  roundRows,
  title,
} from './state.ts';
import { clip } from './words/clip.ts';
import type { Words } from './words/words.ts';

const MOST_DUE = 4;
const MOST_ACTIVITIES = 8;
const MOST_QUEUED = 4;
const MOST_SEATS = 6;
/** Of an activity in a list; the whole of it is read in its owner's own prompt. */
const LONGEST_WHAT = 100;

/**
 * The card as the whole room sees it; for a viewer, with the lines that are theirs alone on top.
 * Drawn from the state alone: the same version looks the same at any time.
 * @param at the surface in whose room it stands
 */
export function commanderCard(incident: Incident, world: World, words: Words, viewer?: PersonId, at?: string): Card {
  const prompts = promptsOf(incident, world);
  const room = commandersPrompts(incident, prompts);
  const own = viewer === undefined ? [] : prompts.filter((prompt) => prompt.to === viewer && !room.includes(prompt));
  return {
    key: 'commander',
    title: title(incident, words),
    version: incident.version,
    links: [...links(incident, words, at), ...recordLinks(incident, world.settings, words)],
    blocks: [
      ...own
        .slice(0, 1)
        .flatMap((prompt) => [
          { type: 'heading', text: words.t('card.yours') } as const,
          ...promptBlocks(prompt, incident, words, viewer),
        ]),
      ...sayNext(room[0], incident, words),
      ...cappedList(
        words.t('card.due'),
        room.slice(1).map((prompt) => dueRow(prompt, words)),
        MOST_DUE,
        words,
      ),
      { type: 'rows', rows: [...headRows(incident, words), ...stateRows(incident, world, words)] },
      ...(incident.phase === 'closed' ? [] : workAndSeats(incident, words)),
      { type: 'text', tone: 'quiet', text: words.t('card.zone', { zone: words.reader.zone }) },
      { type: 'buttons', buttons: buttons(atHand(incident, room[0]), words, { incident }) },
    ],
  };
}

/** Once it is closed nobody owes anything: what was left open is in the record. */
function workAndSeats(incident: Incident, words: Words): readonly Block[] {
  const work = activityRows(incident, words, LONGEST_WHAT);
  return [
    ...cappedList(words.t('card.activities'), work, MOST_ACTIVITIES, words, 'status'),
    ...cappedList(words.t('card.queue'), queueRows(incident, words, LONGEST_WHAT), MOST_QUEUED, words, 'status'),
    ...cappedList(words.t('card.seats'), seatRows(incident, words), MOST_SEATS, words, 'seats'),
  ];
}

/** What can always be done at a phase, the most wanted first. */
const AT_HAND: Readonly<Record<Phase, readonly string[]>> = {
  open: [
    'join-call',
    'delegate',
    'propose-mitigation',
    'page',
    'mitigated',
    'note',
    'assess-impact',
    'set-severity',
    'hold-round',
    'send-update',
    'draft-message',
    'park',
    'focus',
    'hand-over',
    'help',
  ],
  watching: [
    'keep-evidence',
    'recurred',
    'checklist',
    'close',
    'note',
    'call-back',
    'send-update',
    'join-call',
    'help',
  ],
  'standing-down': ['stand-up', 'note', 'brief', 'help'],
  closed: ['reopen', 'keep-evidence', 'note', 'correct', 'help'],
};

/** What the next line offers already is not offered twice. */
function atHand(incident: Incident, next: Prompt | undefined): readonly Suggestion[] {
  const offered = next?.buttons.map(({ command }) => command) ?? [];
  const vacant = incident.phase !== 'closed' && incident.command.commander === undefined;
  return [...(vacant ? ['take-command'] : []), ...AT_HAND[incident.phase]]
    .filter((command) => !offered.includes(command))
    .map((command) => ({ command }));
}

/** The next line to say, as plain text for readers aloud and for notifications. */
export function nextLine(incident: Incident, world: World, words: Words): string {
  const [next] = commandersPrompts(incident, promptsOf(incident, world));
  return next ? promptText(next, words) : calm(incident, words);
}

function sayNext(next: Prompt | undefined, incident: Incident, words: Words): readonly Block[] {
  return next ? promptBlocks(next, incident, words) : [{ type: 'line', text: calm(incident, words), tone: 'good' }];
}

/** What stands in place of the next line when nothing is due. */
function calm(incident: Incident, words: Words): string {
  if (incident.phase !== 'open') return phaseText(incident, words);
  return words.t(incident.firstOnCallAt === undefined ? 'card.gathering' : 'card.calm');
}

function dueRow(prompt: Prompt, words: Words): Row {
  return {
    label: promptName(prompt, words),
    value: clip(promptText(prompt, words), LONGEST_WHAT),
    tone: promptTone(prompt),
  };
}

function stateRows(incident: Incident, world: World, words: Words): readonly Row[] {
  return [
    impactRow(incident, words),
    ...(incident.phase === 'open' ? mitigationRows(incident, words) : []),
    ...(incident.phase === 'closed' ? [] : [onCallRow(incident, words)]),
    ...roundRows(incident, world, words),
    ...(incident.call || !incident.callFailed
      ? []
      : [
          {
            label: words.t('card.call'),
            value: words.t('card.call.failed', { reason: clip(incident.callFailed, 120) }),
          },
        ]),
  ];
}
