// Words render every kind of fact for their reader, and never take people's words for instructions.
import { describe, expect, test } from '@jest/globals';
import { CATALOGUES, LANGUAGES, section } from '../../src/cards/words/catalogues.ts';
import { clip } from '../../src/cards/words/clip.ts';
import { readerOf } from '../../src/cards/words/reader.ts';
import { wordsFor } from '../../src/cards/words/words.ts';
import { BATON } from '../../src/core/units.ts';
import { PEOPLE, Room, SETTINGS, TUESDAY_AFTERNOON } from '../support/room.ts';
import { MARKUP } from '../support/rooms.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const room = new Room('Checkout fails', { settings: SETTINGS, declared: { service: 'payments' } }).joins('ann', 'dan');
room.does('ann', 'take-command');
room.does('ann', 'delegate', { owner: 'dan', what: 'Read the logs' });
room.does('ann', 'delegate', { owner: 'dan', question: 'retries' });
room.does('dan', 'propose-mitigation', { what: 'Roll back 4.2' });
room.does('dan', 'propose-mitigation', { reverses: 3 });

const london = { language: 'en', zone: 'Europe/London' };
const en = wordsFor(london, PEOPLE, room.incident);
const de = wordsFor({ language: 'de', zone: 'Europe/Berlin' }, PEOPLE, room.incident);

describe('facts', () => {
  test.each([
    ['text', 'as it is', 'as it is'],
    ['number', 1234, '1,234'],
    ['person', { person: 'ann' }, 'Ann Archer'],
    ['unknown person', { person: 'zoe' }, 'zoe'],
    ['Baton', { person: BATON }, 'Baton'],
    ['one of a list', { people: ['ann'] }, 'Ann Archer'],
    ['list', { people: ['ann', 'bob', 'cat'] }, 'Ann Archer, Bob Baker, and Cat Carter'],
    ['empty list', { people: [] }, 'nobody'],
    ['activity', { activity: 1 }, 'A1'],
    ['mitigation', { activity: 3 }, 'M3'],
    ['activities', { activities: [1, 3] }, 'A1 and M3'],
    ['severity', { severity: 'SEV-1' }, 'SEV-1'],
    ['seat', { seat: 'payments' }, 'Payments on-call'],
    ['word', { word: 'verdict.worse' }, 'worse'],
    ['duration', { lasting: 90 * MINUTE }, '1 h 30 min'],
    ['moment', { at: TUESDAY_AFTERNOON }, '14:00'],
  ])('%s', (_kind, fact, rendered) => {
    expect(en.fact(fact)).toBe(rendered);
  });

  test('lists and numbers follow the language', () => {
    expect(de.fact({ people: ['ann', 'bob', 'cat'] })).toBe('Ann Archer, Bob Baker und Cat Carter');
    expect(de.fact(1234)).toBe('1.234');
  });

  test('a long list of people names some and counts the rest', () => {
    const people = Array.from({ length: 30 }, (_, n) => `p${n}`);
    expect(en.fact({ people })).toMatch(/^p0, .*p11, and 18 more$/);
  });

  test('an activity brings what it is about', () => {
    expect(en.t('ping.acknowledge', { activity: { activity: 1 } })).toBe(
      'A1 is yours: Read the logs. Have you got it?',
    );
  });

  test('an activity without words of its own says its question or what it undoes', () => {
    const said = room.incident.activities.map((activity) => en.what(activity));
    expect(said[1]).toBe('Find out: Do retries succeed in the end?');
    expect(said[3]).toBe('Undo M3, Roll back 4.2');
  });

  test('an empty text says that it is empty', () => {
    expect(en.t('event.incident-recurred', { what: '' })).toBe('It is back: no details given');
  });
});

describe('durations', () => {
  test.each([
    [0, '0 s'],
    [-5_000, '0 s'],
    [400, '0 s'],
    [45_000, '45 s'],
    [90_000, '1 min 30 s'],
    [12 * MINUTE, '12 min'],
    [12 * MINUTE + 29_000, '12 min'],
    [59 * MINUTE + 40_000, '1 h'],
    [3 * HOUR, '3 h'],
    [25 * HOUR + 40 * MINUTE, '1 d 2 h'],
  ])('%d ms', (duration, said) => {
    expect(en.lasting(duration)).toBe(said);
  });
});

describe('moments', () => {
  const at = (zone: string, instant: number, today?: number, hour12 = false, language = 'en') =>
    wordsFor({ language, zone, hour12 }, {}, undefined, {}, today).at(instant);

  test('the day is not said when it is the day referred to', () => {
    expect(at('UTC', TUESDAY_AFTERNOON, TUESDAY_AFTERNOON + HOUR)).toBe('14:00');
    expect(at('UTC', TUESDAY_AFTERNOON + 10 * HOUR, TUESDAY_AFTERNOON)).toBe('Wed 00:00');
    expect(at('UTC', TUESDAY_AFTERNOON + 8 * DAY, TUESDAY_AFTERNOON)).toBe('Mar 11 14:00');
    expect(at('UTC', TUESDAY_AFTERNOON, TUESDAY_AFTERNOON + 400 * DAY)).toBe('Mar 3, 2026 14:00');
    expect(at('UTC', TUESDAY_AFTERNOON)).toBe('Mar 3, 2026 14:00');
  });

  test('the day is that of the reader’s own zone', () => {
    expect(at('Asia/Tokyo', TUESDAY_AFTERNOON, TUESDAY_AFTERNOON)).toBe('23:00');
    expect(at('Asia/Tokyo', TUESDAY_AFTERNOON + 2 * HOUR, TUESDAY_AFTERNOON)).toBe('Wed 01:00');
  });

  test('an incident’s first day goes without saying', () => {
    expect(en.at(TUESDAY_AFTERNOON + HOUR)).toBe('15:00');
    expect(en.at(TUESDAY_AFTERNOON + DAY)).toBe('Wed 14:00');
  });

  test('a twelve-hour clock, and German days', () => {
    expect(at('America/New_York', TUESDAY_AFTERNOON, TUESDAY_AFTERNOON, true)).toBe('9:00 AM');
    expect(at('UTC', TUESDAY_AFTERNOON + DAY, TUESDAY_AFTERNOON, false, 'de')).toBe('Mi 14:00');
  });

  test('daylight saving: the same wall clock an hour earlier in UTC', () => {
    // 2026-03-29, 00:30 and 01:30 UTC in Berlin, around the jump from 2 to 3.
    expect(at('Europe/Berlin', 1_774_744_200_000, 1_774_744_200_000)).toBe('01:30');
    expect(at('Europe/Berlin', 1_774_747_800_000, 1_774_744_200_000)).toBe('03:30');
  });
});

describe('plurals', () => {
  test('follow the only list, or the count', () => {
    expect(en.t('event.people-called-back', { people: { people: ['ann'] } })).toBe('Ann Archer is called back.');
    expect(en.t('event.people-called-back', { people: { people: ['ann', 'bob'] } })).toBe(
      'Ann Archer and Bob Baker are called back.',
    );
    expect(de.t('event.people-called-back', { people: { people: ['ann'] } })).toBe('Ann Archer wird zurückgerufen.');
    expect(en.t('card.more', { count: 12 })).toBe('and 12 more');
  });
});

describe('what people write stays what they wrote', () => {
  test.each([
    MARKUP,
    '$t(button.help)',
    '$t(button.help, {"count": 1})',
    '{{by}}',
    '{{- by}}',
    '$&',
    '$1',
    "$'",
    '{{title',
    '}}',
  ])('%s', (title) => {
    const said = en.t('event.incident-renamed', { by: { person: 'ann' }, title });
    expect(said).toBe(`Ann Archer renamed the incident: ${title}.`);
  });

  test('in one fact they do not reach another', () => {
    expect(en.t('refusal.typed-surplus', { given: '{{command}}', command: '{{given}}' })).toBe(
      'I do not know what “{{command}}” means for /{{given}}.',
    );
  });

  test('a fact called like a setting of the library is a fact', () => {
    const facts = { lng: 'de', count: 1, context: 'male', defaultValue: 'x', ns: 'y', replace: 'z', reason: 'why' };
    expect(en.t('event.reason', facts)).toBe('Reason: why');
  });
});

describe('languages', () => {
  test('a region reads its language, an unknown language reads English', () => {
    const said = (language: string) => wordsFor({ language, zone: 'UTC' }, {}).t('button.close');
    expect(said('de-AT')).toBe('Schließen');
    expect(said('en-GB')).toBe('Close');
    expect(said('fr')).toBe('Close');
  });

  test('each that can be picked has a catalogue, and each catalogue can be picked', () => {
    expect(LANGUAGES.map(({ id }) => id).sort()).toEqual(Object.keys(CATALOGUES).sort());
  });

  test('an unknown key and an unfilled variable show', () => {
    expect(en.t('no.such.key')).toBe('no.such.key');
    expect(en.has('no.such.key')).toBe(false);
    expect(en.t('event.reason')).toBe('Reason: {{reason}}');
  });

  test('a section comes unfilled, in the language or in English', () => {
    expect(section('de-CH', 'verdict')['verdict.worse']).toBe('verschlimmert');
    expect(section('fr', 'verdict')['verdict.worse']).toBe('worse');
    expect(Object.keys(section('en', 'verdict'))).toHaveLength(5);
  });
});

describe('readers', () => {
  test('a person’s habits come before the house’s', () => {
    expect(readerOf({ language: 'de', hour12: true }, london)).toEqual({
      language: 'de',
      zone: 'Europe/London',
      hour12: true,
    });
    expect(readerOf(undefined, london)).toEqual({ ...london, hour12: false });
  });

  test('a zone or language that does not exist breaks nothing', () => {
    expect(readerOf({ language: 'x-!', zone: 'Mars/Base' }, london)).toEqual({ ...london, hour12: false });
  });
});

describe('clipping', () => {
  test('keeps short text, cuts long text at a whole character', () => {
    expect(clip('a  b\nc')).toBe('a b c');
    expect(clip('abcdef', 4)).toBe('abc…');
    expect(clip('👩‍🚒👩‍🚒👩‍🚒', 12)).toBe('👩‍🚒👩‍🚒…');
  });

  test('one character of any weight is cut too', () => {
    expect(clip(`e${'\u0301'.repeat(500)}`, 10)).toBe('…');
  });
});
