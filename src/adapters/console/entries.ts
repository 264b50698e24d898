/** One line of the timeline for every event that is worth reading, in one reader's words. */
import { announcement } from '../../cards/announcement.ts';
import type { Words } from '../../cards/words/words.ts';
import { type EventType, isAlong, type Recorded } from '../../core/events.ts';
import type { Incident } from '../../core/incident.ts';
import { BATON, type PersonId } from '../../core/units.ts';
import type { Entry, EntryTone } from './wire.ts';

/** Bookkeeping: it is in the record, and on the timeline it would only push the story away. */
const UNSEEN: ReadonlySet<EventType> = new Set<EventType>([
  'prompts-changed',
  'person-introduced',
  'snooze-ended',
  'observation-ended',
  'room-opened',
]);

const TONES: Readonly<Partial<Record<EventType, EntryTone>>> = {
  'incident-declared': 'bad',
  'room-failed': 'warn',
  'call-failed': 'warn',
  'seat-required': 'quiet',
  'person-paged': 'quiet',
  'page-answered': 'quiet',
  'page-failed': 'bad',
  'seat-missed': 'bad',
  'call-joined': 'quiet',
  'call-left': 'quiet',
  'commander-sought': 'warn',
  'command-taken': 'good',
  'commander-questioned': 'warn',
  'command-lapsed': 'bad',
  'severity-set': 'warn',
  'message-failed': 'bad',
  'update-failed': 'bad',
  'activity-acknowledged': 'quiet',
  'owner-called-out': 'warn',
  'activity-unclaimed': 'warn',
  'activity-declined': 'warn',
  'estimate-asked': 'quiet',
  'deadlock-named': 'bad',
  'activity-finished': 'good',
  'lull-began': 'warn',
  'shift-ending': 'warn',
  'shift-overrun': 'warn',
  'relief-due': 'warn',
  'incident-mitigated': 'good',
  'watch-passed': 'good',
  'incident-recurred': 'bad',
  'incident-closed': 'good',
  'incident-reopened': 'bad',
  'prompt-snoozed': 'quiet',
  'prompt-dismissed': 'quiet',
};

/** Undefined for what the timeline leaves out. */
export function entryOf(event: Recorded, incident: Incident, me: PersonId, words: Words): Entry | undefined {
  if (UNSEEN.has(event.type) || isAlong(event)) return undefined;
  const spoken = wordsSpoken(event);
  const { link, file } = attachedTo(event);
  return {
    seq: event.seq,
    at: event.at,
    text: spoken ?? announcement(event, words),
    tone: toneOf(event),
    said: spoken !== undefined,
    mine: event.by !== me && mentions(event, incident, me),
    ...(event.by === BATON ? {} : { by: { id: event.by, name: words.name(event.by) } }),
    ...(link === undefined ? {} : { link }),
    ...(file === undefined ? {} : { file }),
  };
}

/** What somebody wrote to the room: shown as theirs, without Baton's words around it. */
function wordsSpoken(event: Recorded): string | undefined {
  return event.type === 'note-kept' ? event.text : undefined;
}

function toneOf(event: Recorded): EntryTone {
  if (event.type === 'mitigation-judged') {
    if (event.verdict === 'fixed' || event.verdict === 'helped') return 'good';
    return event.verdict === 'worse' ? 'bad' : 'plain';
  }
  if (event.type === 'impact-restated') {
    if (event.trend === 'better') return 'good';
    return event.trend === 'worse' ? 'bad' : 'plain';
  }
  if (event.type === 'alert-noted') return event.status === 'firing' ? 'warn' : 'good';
  return TONES[event.type] ?? 'plain';
}

function attachedTo(event: Recorded): { readonly link?: string | undefined; readonly file?: string | undefined } {
  if (event.type === 'evidence-kept') return { link: event.link, file: event.attachment };
  if (event.type === 'alert-noted' || event.type === 'call-opened' || event.type === 'message-published') {
    return { link: event.link };
  }
  return {};
}

const NAMING = ['person', 'owner', 'from', 'to', 'candidate', 'alternate'] as const;
const NAMING_MANY = ['people', 'stays', 'released'] as const;

/** Whether an event is about somebody: by a field that names them, by their work, or by name in a note. */
function mentions(event: Recorded, incident: Incident, me: PersonId): boolean {
  const facts = event as unknown as Readonly<Record<string, unknown>>;
  if (NAMING.some((name) => facts[name] === me)) return true;
  if (NAMING_MANY.some((name) => Array.isArray(facts[name]) && facts[name].includes(me))) return true;
  if (event.type === 'round-opened') return event.asked.some(({ owner }) => owner === me);
  if (event.type !== 'note-kept') return false;
  const name = incident.people[me]?.name;
  const said = event.text.toLowerCase();
  return said.includes(`@${me.toLowerCase()}`) || (name !== undefined && said.includes(`@${name.toLowerCase()}`));
}
