/** One line for every event: what the room is told, and how the record's timeline reads. */
import type { Fact, Facts } from '../core/contract.ts';
import type { Event, EventType, Recorded, Wait } from '../core/events.ts';
import { QUESTIONS, type Question } from '../core/severity.ts';
import { clip } from './words/clip.ts';
import type { Words } from './words/words.ts';

/** Sentences that follow each other in a line, each with the event's facts. */
type Sentences = readonly string[];

/** Where `event.<type>` alone does not do: the sentences by what the event holds. */
const SENTENCES: { readonly [K in EventType]?: (event: Event<K>) => Sentences } = {
  'incident-declared': ({ source, drill, resembles }) => [
    source.kind === 'alert'
      ? 'event.incident-declared.alert'
      : source.kind === 'support'
        ? 'event.incident-declared.support'
        : 'event.incident-declared',
    ...(source.customer ? ['event.incident-declared.customer'] : []),
    ...(source.test ? ['event.incident-declared.test'] : drill ? ['event.incident-declared.drill'] : []),
    ...(resembles ? ['event.incident-declared.resembles'] : []),
  ],
  'room-opened': ({ reason }) => ['event.room-opened', ...(reason ? ['event.room-opened.otherwise'] : [])],
  'seat-required': ({ wanted }) => [wanted ? 'event.seat-required' : 'event.seat-required.by-name'],
  'person-paged': ({ reason, attempt, wanted }) => {
    if (attempt > 1) return ['event.person-paged.repeat'];
    if (reason === 'call-back') return ['event.person-paged.call-back'];
    if (reason === 'escalation') return ['event.person-paged.escalation'];
    if (reason === 'rotation') return ['event.person-paged.rotation'];
    if (reason === 'relief') return ['event.person-paged.relief'];
    return [wanted ? 'event.person-paged' : 'event.person-paged.by-name'];
  },
  'commander-sought': ({ candidate }) => [candidate ? 'event.commander-sought.candidate' : 'event.commander-sought'],
  'command-taken': ({ from, acting }) => {
    if (acting) return ['event.command-taken.acting'];
    return [from ? 'event.command-taken.from' : 'event.command-taken'];
  },
  'command-released': ({ reason }) => ['event.command-released', ...because(reason)],
  'commander-questioned': ({ why }) => [
    why === 'left' ? 'event.commander-questioned.left' : 'event.commander-questioned.silent',
  ],
  'impact-restated': ({ text }) => ['event.impact-restated', ...(text ? ['event.text'] : [])],
  'severity-set': ({ assumed, reason }) => [
    assumed ? 'event.severity-set.assumed' : 'event.severity-set',
    ...because(reason),
  ],
  'message-withdrawn': ({ reason }) => ['event.message-withdrawn', ...because(reason)],
  'mitigation-queued': ({ ahead, reverses }) => [
    ahead ? 'event.mitigation-queued.ahead' : 'event.mitigation-queued',
    ...(reverses ? ['event.mitigation-queued.reverses'] : []),
  ],
  'mitigation-started': ({ overlaps, reason }) => [
    'event.mitigation-started',
    ...(overlaps.length > 0 ? ['event.mitigation-started.overlaps'] : []),
    ...because(reason),
  ],
  'activity-declined': ({ reason }) => ['event.activity-declined', ...because(reason)],
  'deadlock-named': ({ shape }) => [shape === 'cycle' ? 'event.deadlock-named.cycle' : 'event.deadlock-named.pile-up'],
  'activity-finished': ({ result }) => [
    'event.activity-finished',
    ...(result ? ['event.activity-finished.result'] : []),
  ],
  'activity-cancelled': ({ reason }) => ['event.activity-cancelled', ...because(reason)],
  'round-opened': ({ asked }) => [asked.length > 0 ? 'event.round-opened.asked' : 'event.round-opened'],
  'round-skipped': ({ reason }) => ['event.round-skipped', ...because(reason)],
  'round-snoozed': ({ reason }) => ['event.round-snoozed', ...because(reason)],
  'shift-ending': ({ alternate }) => ['event.shift-ending', ...(alternate ? ['event.shift-ending.alternate'] : [])],
  'hand-over-declined': ({ reason }) => ['event.hand-over-declined', ...because(reason)],
  'relief-due': ({ why, alternate }) => [
    why === 'night' ? 'event.relief-due.night' : 'event.relief-due.hours',
    ...(alternate ? ['event.relief-due.alternate'] : []),
  ],
  'rest-overridden': ({ reason }) => ['event.rest-overridden', ...because(reason)],
  'stood-up': ({ early }) => [early ? 'event.stood-up.early' : 'event.stood-up'],
  'incident-mitigated': ({ mitigation, stays, released }) => [
    mitigation ? 'event.incident-mitigated.by' : 'event.incident-mitigated',
    ...(stays.length > 0 ? ['event.incident-mitigated.stays'] : []),
    ...(released.length > 0 ? ['event.incident-mitigated.released'] : []),
  ],
  'watch-extended': ({ reason }) => ['event.watch-extended', ...because(reason)],
  'incident-closed': ({ early, reason }) => [
    early ? 'event.incident-closed.early' : 'event.incident-closed',
    ...because(reason),
  ],
  'incident-reopened': ({ reason }) => ['event.incident-reopened', ...because(reason)],
  'evidence-kept': ({ link }) => ['event.evidence-kept', ...(link ? ['event.link'] : [])],
  'alert-noted': ({ status, name, text, link, among = 1 }) => [
    status === 'firing' ? 'event.alert-noted.firing' : 'event.alert-noted.resolved',
    ...(status === 'firing' && moreThan(name, text) !== '' ? ['event.alert-noted.text'] : []),
    ...(among > 1 ? ['event.alert-noted.more'] : []),
    ...(link ? ['event.link'] : []),
  ],
  'prompts-changed': ({ raised }) => [raised.length > 0 ? 'event.prompts-changed' : 'event.prompts-changed.none'],
};

/**
 * An event in its reader's words, as plain text. People's own line breaks are kept.
 * @param lineOf the line of a prompt by its key, where that is known: events name prompts by key only
 */
export function announcement(event: Recorded, words: Words, lineOf?: (prompt: string) => string | undefined): string {
  const choose = SENTENCES[event.type] as ((event: Event) => Sentences) | undefined;
  const facts = { ...factsOf(event), ...special(event, words, lineOf) };
  return (choose?.(event) ?? [`event.${event.type}`]).map((key) => words.t(key, facts)).join(' ');
}

/** What an alert says beside its name, at a glance: addresses are for the record. */
function moreThan(name: string, text = ''): string {
  const lines = text.split('\n').filter((line) => line.trim() !== name && !/^\s*https?:/.test(line));
  return clip(lines.join(' · '));
}

function because(reason: string | undefined): Sentences {
  return reason ? ['event.reason'] : [];
}

const PEOPLE = ['by', 'person', 'owner', 'from', 'to', 'candidate', 'alternate'];
const GROUPS = ['people', 'stays', 'released'];
const TIMES = ['at', 'due', 'until', 'ends', 'since'];

/** An event's own fields as facts, by their names. */
function factsOf(event: Recorded): Facts {
  const facts: Record<string, Fact> = {};
  for (const [name, value] of Object.entries(event)) {
    if (GROUPS.includes(name)) facts[name] = { people: value };
    else if (TIMES.includes(name) && typeof value === 'number') facts[name] = { at: value };
    else if (name === 'by' || (PEOPLE.includes(name) && event.type !== 'incident-linked'))
      facts[name] = { person: value };
    else if (['activity', 'mitigation', 'reverses'].includes(name)) facts[name] = { activity: value };
    else if (['activities', 'queue', 'overlaps'].includes(name)) facts[name] = { activities: value };
    else if (['kind', 'verdict', 'trend'].includes(name)) facts[name] = { word: `${name}.${value}` };
    else if (typeof value === 'string' || typeof value === 'number') facts[name] = value;
  }
  return facts;
}

/** Fields whose meaning their name alone does not tell. */
function special(event: Recorded, words: Words, lineOf?: (prompt: string) => string | undefined): Facts {
  switch (event.type) {
    case 'incident-declared': {
      const { via, customer, sender } = event.source;
      return { via: sender ?? via, ...(customer === undefined ? {} : { customer }) };
    }
    case 'seat-required':
      return { chain: { people: event.chain } };
    case 'seat-missed':
      return { wanted: { seat: event.seat } };
    case 'impact-answered':
      return {
        question: { word: `question.${event.question}` },
        answer: answerFact(event.question, event.answer),
      };
    case 'message-confirmed':
      return { places: words.list(event.places.map(words.place)) };
    case 'evidence-kept':
      return { kind: { word: `evidence.${event.kind}` } };
    case 'alert-noted':
      return { count: (event.among ?? 1) - 1, text: moreThan(event.name, event.text) };
    case 'round-opened':
      return { asked: { people: [...new Set(event.asked.map(({ owner }) => owner))] } };
    case 'waiting-began':
      return { for: waitFact(event.for) };
    case 'deadlock-named':
      return event.on ? { on: waitFact(event.on) } : {};
    case 'prompts-changed':
      return { prompts: words.list(event.raised.map(({ line }) => words.t(`prompt.${line}.name`))) };
    case 'prompt-snoozed':
    case 'snooze-ended':
    case 'prompt-dismissed': {
      const line = event.says ?? lineOf?.(event.prompt);
      return { prompt: { word: line === undefined ? 'word.prompt' : `prompt.${line}.name` } };
    }
    case 'activity-delegated':
    case 'mitigation-queued':
      return { what: whatOf(event, words) };
    default:
      return {};
  }
}

/** What new work is about, before the incident knows it. */
function whatOf(event: Event<'activity-delegated' | 'mitigation-queued'>, words: Words): string {
  if (event.what) return event.what;
  if ('question' in event && event.question) {
    return words.t('activity.question', { question: { word: `question.${event.question}` } });
  }
  const reverses = 'reverses' in event ? event.reverses : undefined;
  return reverses === undefined ? '' : words.t('activity.reversal', { activity: { activity: reverses } });
}

/** What somebody waits for, as a fact. */
export function waitFact(wait: Wait): Fact {
  if ('activity' in wait) return { activity: wait.activity };
  return 'person' in wait ? { person: wait.person } : wait.thing;
}

/** An answer about impact: one of the question's own, or somebody's words. */
export function answerFact(question: Question, answer: string): Fact {
  const choices: readonly string[] = QUESTIONS[question];
  return answer === 'unknown' || choices.includes(answer) ? { word: `answer.${answer}` } : answer;
}
