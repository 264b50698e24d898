// Typed lines find their fields by themselves, and what is part of a sentence stays in the sentence.
import { describe, expect, test } from '@jest/globals';
import { labelledChoices } from '../../src/cards/form.ts';
import { readLine } from '../../src/cards/typed.ts';
import type { Typing } from '../../src/cards/typing.ts';
import { wordsFor } from '../../src/cards/words/words.ts';
import { COMMANDS } from '../../src/core/commands/index.ts';
import { fieldsOf } from '../../src/core/fields.ts';
import { PEOPLE, Room, SETTINGS } from '../support/room.ts';

const people = {
  ...PEOPLE,
  'cat-2': { id: 'cat-2', name: 'Cat Cole' },
  maría: { id: 'maría', name: 'María José Núñez' },
};

/** An incident in which Bob owns A1, Dan owns A4, and two mitigations wait. */
function typing(by = 'ann', language = 'en'): Typing {
  const room = new Room('Checkout fails', { settings: SETTINGS, people, declared: { service: 'payments' } });
  room.joins('ann');
  room.does('ann', 'take-command');
  room.does('ann', 'delegate', { owner: 'bob', what: 'Read the logs' });
  room.does('ann', 'propose-mitigation', { what: 'Roll back' });
  room.does('ann', 'propose-mitigation', { what: 'Fail over' });
  room.does('ann', 'delegate', { owner: 'dan', what: 'Restore the backup' });
  const { incident, world } = room;
  const words = wordsFor({ language, zone: 'UTC' }, people, incident);
  return {
    commands: COMMANDS,
    fieldsOf: (command) => fieldsOf(command, incident, by),
    choicesOf: (field) => labelledChoices(field, { incident, by, world }, words),
    people,
    by,
    plain: { command: 'note', field: 'text' },
  };
}

const read = (line: string, by?: string, language?: string) => readLine(line, typing(by, language));

describe('a line', () => {
  test.each([
    ['Error rate is at 3 %', { text: 'Error rate is at 3 %' }],
    ['  @bob see /var/log  ', { text: '@bob see /var/log' }],
    ['owner:bob "quoted"', { text: 'owner:bob "quoted"' }],
  ])('without a slash is a note: %s', (line, fields) => {
    expect(read(line)).toEqual({ command: 'note', fields });
  });

  test('needs no slash where nothing else is typed', () => {
    const { plain: _, ...bare } = typing();
    expect(readLine('take-command', bare)).toEqual({ command: 'take-command', fields: {} });
  });

  test.each([
    ['/TAKE-COMMAND', 'take-command'],
    ['/ic', 'take-command'],
    ['/ take-command', 'take-command'],
  ])('is a command by name or alias, in any case: %s', (line, command) => {
    expect(read(line)).toEqual({ command, fields: {} });
  });

  test.each([
    ['/seats', { command: 'seats', fields: {} }],
    ['/', { command: 'help', fields: {} }],
    ['/help delegate', { command: 'help', fields: { about: 'delegate' } }],
    ['/help /delegate', { command: 'help', fields: { about: 'delegate' } }],
  ])('may ask for a view: %s', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  test.each([
    ['/delegat', ['delegate']],
    ['/mitigatoin', []],
    ['/zzzzzz', []],
  ])('with an unknown command says what was near: %s', (line, near) => {
    expect(read(line)).toMatchObject({ problem: 'typed-unknown', near: expect.arrayContaining(near) });
  });

  test('never offers what only adapters say', () => {
    expect(read('/report-pag')).toMatchObject({ near: expect.not.arrayContaining(['report-page']) });
  });
});

describe('fields', () => {
  test.each<[string, string, Record<string, unknown>]>([
    ['/start-mitigation 3', 'start-mitigation', { activity: '3' }],
    ['/start M3 bob 15m', 'start-mitigation', { activity: 'M3', owner: 'bob', due: '15m' }],
    ['/start 3 @Eve Ellis until 07:00', 'start-mitigation', { activity: '3', owner: 'eve', due: '07:00' }],
    ['/judge 2 no effect', 'judge-mitigation', { activity: '2', verdict: 'no-effect' }],
    ['/judge no-effect 2', 'judge-mitigation', { activity: '2', verdict: 'no-effect' }],
    ["/judge 2 can't tell", 'judge-mitigation', { activity: '2', verdict: 'cant-tell' }],
    ['/set-severity 1 everybody is hit', 'set-severity', { severity: '1', reason: 'everybody is hit' }],
    ['/set-severity sev-1', 'set-severity', { severity: 'SEV-1' }],
    ['/hand-over to bob', 'hand-over', { to: 'bob' }],
    ['/page eve', 'page', { person: 'eve' }],
    ['/page database', 'page', { seat: 'database' }],
    ['/page somebody who knows DNS', 'page', { wanted: 'somebody who knows DNS' }],
    ['/page Database on-call', 'page', { seat: 'database' }],
    ['/take-command acting', 'take-command', { acting: true }],
    ['/mitigated 2 ann, bob and dan', 'mitigated', { mitigation: '2', stays: ['ann', 'bob', 'dan'] }],
    ['/mitigated ann,bob', 'mitigated', { stays: ['ann', 'bob'] }],
    ['/join-call me', 'join-call', { person: 'ann' }],
  ])('are found by what they look like: %s', (line, command, fields) => {
    const typed = read(line);
    expect(typed).toEqual({ command, fields });
  });

  test.each<[string, Record<string, unknown>]>([
    ['/delegate bob look at the logs', { owner: 'bob', what: 'look at the logs' }],
    ['/delegate bob look at the logs 15m', { owner: 'bob', what: 'look at the logs', due: '15m' }],
    ['/delegate bob look at the logs by 07:30', { owner: 'bob', what: 'look at the logs', due: '07:30' }],
    ['/delegate @Bob Baker look at node 3', { owner: 'bob', what: 'look at node 3' }],
    ['/delegate María José Núñez look', { owner: 'maría', what: 'look' }],
    ['/delegate bob "15m"', { owner: 'bob', what: '15m' }],
    ['/delegate bob ask @dan for the   key', { owner: 'bob', what: 'ask @dan for the   key' }],
    ['/delegate what:look at the logs owner:bob', { owner: 'bob', what: 'look at the logs' }],
    [
      '/delegate owner="Bob Baker" kind:customers tell them',
      { owner: 'Bob Baker', kind: 'customers', what: 'tell them' },
    ],
    ['/delegate bob say "we know" to customers', { owner: 'bob', what: 'say "we know" to customers' }],
    ['/delegate bob say "we know to customers', { owner: 'bob', what: 'say "we know to customers' }],
    ['/delegate bob what:"a: b" due:10m', { owner: 'bob', what: 'a: b', due: '10m' }],
    ['/delegate bob url:https://example.com/?a=b', { owner: 'bob', what: 'url:https://example.com/?a=b' }],
  ])('leave a sentence whole: %s', (line, fields) => {
    expect(read(line)).toEqual({ command: 'delegate', fields });
  });

  test.each<[string, Record<string, unknown>]>([
    ['/propose 2 replicas instead of 1', { what: '2 replicas instead of 1' }],
    ['/propose may fail over', { what: 'may fail over' }],
    ['/propose bob restarts it', { what: 'bob restarts it' }],
    ['/propose restart it @bob 90s', { what: 'restart it', owner: 'bob', observation: '90s' }],
    ['/propose wait 15m', { what: 'wait', observation: '15m' }],
    ['/propose 15m', { observation: '15m' }],
    ['/propose reverses:2', { reverses: '2' }],
  ])('behind a text are only what can hardly be meant otherwise: %s', (line, fields) => {
    expect(read(line)).toEqual({ command: 'propose-mitigation', fields });
  });

  test.each<[string, Record<string, unknown>]>([
    ['/report 1 nothing in the logs 10m', { activity: '1', text: 'nothing in the logs', due: '10m' }],
    ['/report 3 pods crashed', { text: '3 pods crashed' }],
    ['/report A3 crashed', { activity: 'A3', text: 'crashed' }],
  ])('take the number of an activity of one’s own: %s', (line, fields) => {
    expect(read(line, 'bob')).toEqual({ command: 'report', fields });
  });

  test.each<[string, Record<string, unknown>]>([
    ['/wait-for 1 4', { activity: '1', other: '4' }],
    ['/wait-for 4', { other: '4' }],
    ['/wait-for @dan', { person: 'dan' }],
    ['/wait-for the restore', { thing: 'the restore' }],
  ])('prefer what a field offers: %s', (line, fields) => {
    expect(read(line, 'bob')).toEqual({ command: 'wait-for', fields });
  });

  test('unknown and ambiguous people are said as typed, so that the answer can ask', () => {
    expect(read('/delegate zoe look')).toEqual({ command: 'delegate', fields: { owner: 'zoe', what: 'look' } });
    expect(read('/delegate @cat look')).toEqual({ command: 'delegate', fields: { owner: 'cat', what: 'look' } });
    expect(read('/delegate @Cat look')).toMatchObject({ fields: { what: 'look' } });
  });

  test('a line is put off by the time alone', () => {
    expect(read('/snooze 10m')).toEqual({ command: 'snooze', fields: { for: '10m' } });
    expect(read('/snooze')).toEqual({ command: 'snooze', fields: {} });
  });

  test('choices are understood in the reader’s language too', () => {
    expect(read('/judge 2 keine Wirkung', 'ann', 'de')).toEqual({
      command: 'judge-mitigation',
      fields: { activity: '2', verdict: 'no-effect' },
    });
  });

  test('what fits nowhere is named', () => {
    expect(read('/judge 2 helped very much')).toEqual({
      problem: 'typed-surplus',
      facts: { given: 'very much', command: 'judge-mitigation' },
      near: [],
    });
  });

  test('a long line of anything is read without harm', () => {
    for (const line of [
      `/note ${'a'.repeat(4_001)}`,
      `/delegate ${'@'.repeat(2_000)}`,
      `/propose ${'"'.repeat(3_000)}`,
    ]) {
      expect(read(line)).toHaveProperty('command');
    }
  });
});
