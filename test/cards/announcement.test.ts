// There is a line for every event, whatever it holds, in both languages.
import { describe, expect, test } from '@jest/globals';
import { announcement } from '../../src/cards/announcement.ts';
import { wordsFor } from '../../src/cards/words/words.ts';
import type { Event, EventType, Recorded } from '../../src/core/events.ts';
import { DEFAULTS } from '../../src/core/settings.ts';
import { TUESDAY_AFTERNOON as AT } from '../support/room.ts';
import { MARKUP, STAGES } from '../support/rooms.ts';

const room = STAGES.observing?.();
if (!room) throw new Error('the stage is gone');
const owned = { activity: 1, owner: 'dan' } as const;
const declared = { title: 'Checkout fails', severity: 'SEV-2', drill: false } as const;
const paged = { seat: 'payments', person: 'cat', attempt: 1, wanted: 'Payments on-call' } as const;

/** For each type the shapes that read differently; the type makes sure that none is forgotten. */
const EVENTS: { readonly [K in EventType]: readonly Omit<Event<K>, 'type'>[] } = {
  'incident-declared': [
    { ...declared, source: { kind: 'chat', via: 'teams' } },
    { ...declared, source: { kind: 'alert', via: 'alertmanager' }, resembles: 'INC-7' },
    { ...declared, source: { kind: 'alert', via: 'json', sender: 'checkout probe' } },
    { ...declared, source: { kind: 'alert', via: 'grafana', test: true }, drill: true },
    { ...declared, source: { kind: 'support', via: 'console', customer: 'Acme' }, drill: true },
  ],
  'person-introduced': [{ person: 'dan', name: 'Dan Dyer' }],
  'incident-renamed': [{ title: 'Payments fail' }],
  'service-named': [{ service: 'payments' }],
  'room-wanted': [{ surface: 'teams' }],
  'room-opened': [
    { surface: 'teams', room: 'r' },
    { surface: 'teams', room: 'r', reason: 'It is a thread.' },
  ],
  'room-failed': [{ surface: 'teams', reason: 'no permission' }],
  'call-opened': [{ link: 'https://meet.example.com' }],
  'call-failed': [{ surface: 'discord', reason: 'no permission' }],
  'seat-required': [
    { seat: 'payments', wanted: 'Payments on-call', chain: ['cat'] },
    { seat: 'back-dan', wanted: '', chain: ['dan'] },
  ],
  'person-paged': [
    { ...paged, reason: 'quorum' },
    { ...paged, reason: 'asked', wanted: '' },
    { ...paged, reason: 'repeat', attempt: 2 },
    { ...paged, reason: 'escalation' },
    { ...paged, reason: 'rotation' },
    { ...paged, reason: 'relief', wanted: '' },
    { ...paged, reason: 'call-back', wanted: '' },
  ],
  'page-answered': [{ person: 'cat' }],
  'page-failed': [{ seat: 'payments', person: 'cat', reason: 'no number' }],
  'seat-missed': [{ seat: 'payments' }],
  'call-joined': [{ person: 'cat', via: 'hand' }],
  'call-left': [{ person: 'cat', via: 'hand' }],
  'commander-sought': [{}, { candidate: 'ann' }],
  'command-taken': [
    { person: 'ann', acting: false },
    { person: 'dan', acting: true },
    { person: 'bob', acting: false, from: 'ann' },
  ],
  'command-released': [{ person: 'ann' }, { person: 'ann', reason: 'My train' }],
  'command-asked-for': [{ person: 'bob' }],
  'commander-questioned': [
    { person: 'ann', why: 'left' },
    { person: 'ann', why: 'silent' },
  ],
  'command-confirmed': [{ person: 'ann' }],
  'command-lapsed': [{ person: 'ann' }],
  'impact-answered': [
    { question: 'sees', answer: 'Nobody can pay' },
    { question: 'sees', answer: 'unknown' },
    { question: 'scope', answer: 'subset' },
  ],
  'impact-restated': [{ trend: 'worse' }, { trend: 'better', text: 'Half of them can pay' }],
  'severity-set': [
    { severity: 'SEV-1', assumed: false },
    { severity: 'SEV-1', assumed: true },
    { severity: 'SEV-3', assumed: false, reason: 'Retries work' },
  ],
  'focus-raised': [{}],
  'topic-parked': [{ topic: 'Late alert' }],
  'message-drafted': [{ message: 1, text: 'We are on it' }],
  'message-confirmed': [{ message: 1, places: ['Status page'] }],
  'message-published': [{ message: 1, place: 'Status page' }],
  'message-failed': [{ message: 1, place: 'Status page', reason: 'HTTP 500' }],
  'message-withdrawn': [{ message: 1 }, { message: 1, reason: 'Wrong tone' }],
  'update-sent': [{ text: 'We are on it' }],
  'update-failed': [{ place: 'board', reason: 'HTTP 503' }],
  'mitigation-queued': [
    { activity: 4, what: 'Restart', ahead: false },
    { activity: 4, what: '', ahead: true, reverses: 3 },
  ],
  'queue-reordered': [{ queue: [4, 3] }],
  'mitigation-started': [
    { activity: 3, owner: 'dan', due: AT, overlaps: [] },
    { activity: 4, owner: 'dan', due: AT, overlaps: [3], reason: 'Minutes count' },
  ],
  'observation-began': [{ activity: 3, until: AT }],
  'observation-ended': [{ activity: 3 }],
  'mitigation-judged': [{ activity: 3, verdict: 'cant-tell' }],
  'activity-delegated': [
    { ...owned, kind: 'information', what: 'Read the logs', due: AT },
    { ...owned, kind: 'information', what: '', due: AT, question: 'retries' },
  ],
  'activity-acknowledged': [owned],
  'activity-declined': [{ ...owned, reason: 'On another call' }],
  'activity-given': [{ activity: 1, from: 'dan', to: 'cat' }],
  'owner-called-out': [owned],
  'activity-unclaimed': [owned],
  'progress-reported': [{ activity: 1, text: 'Half way' }],
  'estimate-asked': [owned],
  'estimate-given': [{ activity: 1, due: AT }],
  'waiting-began': [
    { activity: 1, for: { activity: 2 } },
    { activity: 1, for: { person: 'cat' } },
    { activity: 1, for: { thing: 'the restore' } },
  ],
  'waiting-ended': [{ activity: 1 }],
  'deadlock-named': [
    { key: 'k', shape: 'cycle', activities: [1, 2] },
    { key: 'k', shape: 'pile-up', activities: [1, 2], on: { thing: 'the restore' } },
  ],
  'activity-finished': [{ activity: 1 }, { activity: 1, result: 'A full disk' }],
  'activity-cancelled': [{ activity: 1 }, { activity: 1, reason: 'No use' }],
  'lull-began': [{ since: AT }],
  'round-opened': [
    { round: 1, due: AT, asked: [] },
    { round: 2, due: AT, asked: [owned, { activity: 2, owner: 'dan' }] },
  ],
  'round-closed': [{ round: 1 }],
  'round-skipped': [{ round: 1, reason: 'All is said' }],
  'round-snoozed': [{ until: AT, reason: 'A restore runs' }],
  'shift-ending': [
    { person: 'ann', ends: AT },
    { person: 'ann', ends: AT, alternate: 'bob' },
  ],
  'shift-overrun': [{ person: 'ann' }],
  'hand-over-offered': [{ from: 'ann', to: 'bob' }],
  'hand-over-declined': [{ person: 'bob' }, { person: 'bob', reason: 'Tired' }],
  'relief-due': [
    { person: 'dan', why: 'hours' },
    { person: 'dan', why: 'night', alternate: 'cat' },
  ],
  'person-relieved': [{ person: 'dan', until: AT }],
  'rest-overridden': [{ person: 'dan', reason: 'Only Dan knows' }],
  'stand-down-suggested': [{}],
  'night-passed': [{}],
  'stood-down': [{ until: AT, people: ['ann', 'dan'], severity: 'SEV-3' }],
  'stood-up': [{ early: false }, { early: true }],
  'incident-mitigated': [
    { until: AT, stays: [], released: [] },
    { mitigation: 3, until: AT, stays: ['ann'], released: ['cat'] },
    { until: AT, stays: ['ann', 'dan'], released: ['cat', 'bob'] },
  ],
  'people-released': [{ people: ['cat'] }],
  'watch-extended': [{ until: AT }, { until: AT, reason: 'The cache is still cold' }],
  'watch-passed': [{}],
  'incident-recurred': [{ what: 'Again' }, { what: '' }],
  'people-called-back': [{ people: ['cat'] }, { people: ['cat', 'bob'] }],
  'incident-closed': [{ early: false }, { early: true, reason: 'A false alarm' }],
  'incident-reopened': [{ reason: 'It is back' }],
  'incident-linked': [{ to: 'INC-7' }],
  'incident-merged': [{ into: 'INC-7' }],
  'note-kept': [{ text: 'A note' }],
  'evidence-kept': [
    { kind: 'log', text: 'ERROR' },
    { kind: 'link', text: 'Dashboard', link: 'https://example.com' },
  ],
  'record-corrected': [{ event: 3, text: 'It was Bob' }],
  'alert-noted': [
    { fingerprint: 'f', name: 'Latency', status: 'firing', source: 'alertmanager' },
    { fingerprint: 'f', name: 'Latency', status: 'firing', source: 'alertmanager', text: 'p99 at 4 s' },
    { fingerprint: 'f', name: 'Latency', status: 'firing', source: 'alertmanager', among: 12 },
    { fingerprint: 'f', name: 'Latency', status: 'resolved', source: 'alertmanager', link: 'https://example.com' },
  ],
  'prompts-changed': [
    { raised: [{ key: 'no-commander', line: 'no-commander', to: 'room' }], settled: [] },
    { raised: [], settled: ['no-commander'] },
  ],
  'prompt-snoozed': [{ prompt: 'no-commander', until: AT }],
  'snooze-ended': [{ prompt: 'no-commander' }],
  'prompt-dismissed': [{ prompt: 'no-commander' }],
};

const all = Object.entries(EVENTS).flatMap(([type, shapes]) =>
  shapes.map((shape): [string, Recorded] => [
    `${type} ${JSON.stringify(shape)}`,
    { ...shape, type, seq: 9, at: AT, by: 'ann' } as Recorded,
  ]),
);

describe.each(['en', 'de'])('in %s', (language) => {
  const words = wordsFor({ language, zone: 'UTC' }, room.world.people, room.incident);

  test.each(all)('%s', (_name, event) => {
    const line = announcement(event, words);
    expect(line.length).toBeGreaterThan(5);
    expect(line).not.toMatch(/\{\{|undefined|null|NaN|\[object|(^|\s)[a-z]+\.[a-z]+-| {2}/);
  });

  test('no two shapes of one type read alike', () => {
    for (const type of Object.keys(EVENTS)) {
      const said = all.filter(([, event]) => event.type === type).map(([, event]) => announcement(event, words));
      expect([type, new Set(said).size]).toEqual([type, said.length]);
    }
  });
});

describe('what Baton knows by an id is called by its name', () => {
  const places = { status: { name: 'Statusseite', audience: 'customers' as const } };
  const words = wordsFor({ language: 'de', zone: 'UTC' }, room.world.people, room.incident, places);
  const said = (event: Event) => announcement({ ...event, seq: 9, at: AT, by: 'ann' } as Recorded, words);

  test('a prompt that was put off or waved aside', () => {
    const snoozed = { prompt: 'judge:2', says: 'no-commander' };
    for (const type of ['prompt-snoozed', 'snooze-ended', 'prompt-dismissed'] as const) {
      const line = said({ type, ...snoozed, until: AT } as Event);
      expect(line).toContain(words.t('prompt.no-commander.name'));
      expect(line).not.toContain(words.t('word.prompt'));
    }
  });

  test('the places of a message and of an update', () => {
    const reason = 'refused';
    for (const event of [
      { type: 'message-confirmed', message: 1, places: ['status'] },
      { type: 'message-published', message: 1, place: 'status' },
      { type: 'message-failed', message: 1, place: 'status', reason },
      { type: 'update-failed', place: 'status', reason },
    ] as Event[]) {
      expect(said(event)).toContain('Statusseite');
    }
    expect(words.t('prompt.publication-failed', { message: 1, place: 'status' })).toContain('Statusseite');
    expect(words.t('ping.update-failed', { place: 'status' })).toContain('Statusseite');
    expect(said({ type: 'message-published', message: 1, place: 'by-hand' })).toContain('Von Hand');
    // One that has gone from the settings.
    expect(said({ type: 'message-published', message: 1, place: 'old-page' })).toContain('old-page');
  });

  test('the commander’s seat, where the house has not named it', () => {
    const { name } = DEFAULTS.seats.commander ?? { name: '' };
    const paged = { type: 'person-paged', seat: 'commander', person: 'bob', reason: 'quorum', attempt: 1 } as const;
    expect(said({ ...paged, wanted: name })).toContain('Incident Commander');
    expect(said({ ...paged, wanted: 'Einsatzleitung' })).toContain('Einsatzleitung');
  });
});

describe('in English', () => {
  const words = wordsFor({ language: 'en', zone: 'UTC' }, room.world.people, room.incident);
  const said = (event: Event, lineOf?: (prompt: string) => string) =>
    announcement({ ...event, seq: 9, at: AT, by: 'ann' } as Recorded, words, lineOf);

  test('an owner is named with what is asked of them and by when', () => {
    expect(said({ type: 'activity-delegated', ...owned, kind: 'information', what: 'Read the logs', due: AT })).toBe(
      'Dan Dyer is asked: A1, Read the logs. Back to it by 14:00.',
    );
  });

  test('reasons and consequences follow in sentences of their own', () => {
    expect(
      said({ type: 'mitigation-started', activity: 4, owner: 'dan', due: AT, overlaps: [3], reason: 'Minutes count' }),
    ).toBe(
      'Dan Dyer starts M4, Restart the workers. Expected by 14:00. It overlaps M3: which one worked cannot be told. Reason: Minutes count',
    );
    expect(said({ type: 'incident-mitigated', mitigation: 3, until: AT, stays: ['dan'], released: ['cat'] })).toBe(
      'Mitigated by M3, Roll back 4.2. We watch until 14:00. Dan Dyer stays. Thank you, Cat Carter: you are free to go. To stay all the same, say “I’m here”.',
    );
  });

  test('work without words of its own says its question or what it undoes', () => {
    const due = AT;
    expect(
      said({ type: 'activity-delegated', ...owned, kind: 'information', what: '', due, question: 'scope' }),
    ).toContain('Find out: Everybody or a subset?');
    expect(said({ type: 'mitigation-queued', activity: 4, what: '', ahead: true, reverses: 3 })).toContain(
      'Undo M3, Roll back 4.2',
    );
  });

  test('a prompt is named by what it said, where that is known', () => {
    expect(said({ type: 'prompt-dismissed', prompt: 'x' })).toBe('Ann Archer waved aside: a line to say.');
    expect(said({ type: 'prompt-dismissed', prompt: 'x' }, () => 'who-else')).toBe(
      'Ann Archer waved aside: Who else?.',
    );
  });

  test('an alert says what there is to know at a glance, once, and leaves addresses to the record', () => {
    const alert = { type: 'alert-noted', fingerprint: 'f', name: 'Latency', status: 'firing', source: 'json' } as const;
    const text = 'Latency\np99 at 4 s\nB = 4\nhttps://runbooks.example.com';
    expect(said({ ...alert, text, link: 'https://x.example.com' })).toBe(
      'Alert from json: Latency (p99 at 4 s · B = 4) https://x.example.com',
    );
    expect(said({ ...alert, text: 'Latency' })).toBe('Alert from json: Latency');
    expect(said({ ...alert, status: 'resolved', text })).toBe('Alert from json is over: Latency');
    expect(said({ ...alert, text: 'x'.repeat(4000) }).length).toBeLessThan(200);
  });

  test('people’s words come through untouched', () => {
    expect(said({ type: 'note-kept', text: MARKUP })).toBe(`Note: ${MARKUP}`);
  });
});
