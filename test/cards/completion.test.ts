// While one types, what can come next is offered, and only that.
import { describe, expect, test } from '@jest/globals';
import { complete } from '../../src/cards/completion.ts';
import { labelledChoices } from '../../src/cards/form.ts';
import type { Typing } from '../../src/cards/typing.ts';
import { wordsFor } from '../../src/cards/words/words.ts';
import { COMMANDS } from '../../src/core/commands/index.ts';
import { fieldsOf } from '../../src/core/fields.ts';
import { PEOPLE, Room, SETTINGS } from '../support/room.ts';

const namesakes = { ...PEOPLE, 'dan-2': { id: 'dan-2', name: 'Dan Dyer' } };

function typing(): Typing {
  const room = new Room('Checkout fails', { settings: SETTINGS, people: namesakes, declared: { service: 'payments' } });
  room.joins('ann');
  room.does('ann', 'take-command');
  room.does('ann', 'propose-mitigation', { what: 'Roll back' });
  const { incident, world } = room;
  const words = wordsFor({ language: 'en', zone: 'UTC' }, namesakes, incident);
  return {
    commands: COMMANDS,
    fieldsOf: (command) => fieldsOf(command, incident, 'ann'),
    choicesOf: (field) => labelledChoices(field, { incident, by: 'ann', world }, words),
    people: namesakes,
    by: 'ann',
    plain: { command: 'note', field: 'text' },
  };
}

const at = (line: string, caret = line.length) => complete(line, caret, typing());
const inserts = (line: string) => at(line).offers.map(({ insert }) => insert);

/** The line once the first offer is taken. */
const taken = (line: string) => {
  const { from, to, offers } = at(line);
  return line.slice(0, from) + (offers[0]?.insert ?? '') + line.slice(to);
};

describe('completion', () => {
  test('leaves a note alone', () => {
    expect(at('the logs say').offers).toEqual([]);
    expect(at('').offers).toEqual([]);
  });

  test('a slash offers every command and view, and none of the adapters’ own', () => {
    const commands = at('/').offers.map(({ command }) => command);
    expect(commands.slice(0, 2)).toEqual(['declare', 'join-call']);
    expect(commands).toEqual(expect.arrayContaining(['take-command', 'status']));
    expect(commands).not.toContain('report-page');
  });

  test.each([
    ['/take', '/take-command '],
    ['/ic', '/take-command '],
    ['/severi', '/set-severity '],
    ['/delegaet', '/delegate '],
    ['/stat', '/status '],
  ])('finds a command by its beginning, its alias, a part or despite a slip: %s', (line, expected) => {
    expect(inserts(line)).toContain(expected);
  });

  test('takes the place of the word, not of what stands behind it', () => {
    const { from, to } = at('/tak rest of it', 4);
    expect([from, to]).toEqual([0, 4]);
  });

  test('offers people where a person comes next, whoever is on the call first', () => {
    expect(inserts('/delegate ')[0]).toBe('@Ann Archer ');
    expect(inserts('/delegate bo')).toEqual(['@Bob Baker ']);
    expect(taken('/delegate bo')).toBe('/delegate @Bob Baker ');
  });

  test('two people of one name are offered by what tells them apart', () => {
    expect(inserts('/delegate dan')).toEqual(['@dan ', '@dan-2 ']);
  });

  test('goes on to the next field, and to a person inside a sentence only after an @', () => {
    expect(at('/delegate @bob ')).toMatchObject({ expects: 'what', filled: { owner: 'bob' }, offers: [] });
    expect(inserts('/propose restart with @ev')).toEqual(['@Eve Ellis ']);
  });

  test('offers choices with what people call them', () => {
    expect(at('/judge 1 ').offers).toContainEqual({ insert: 'no-effect ', label: 'no effect' });
    expect(taken('/judge 1 wor')).toBe('/judge 1 worse ');
    expect(inserts('/set-severity ')).toEqual(['SEV-1 ', 'SEV-2 ', 'SEV-3 ']);
  });

  test('offers the choices of a field called by its name', () => {
    expect(inserts('/delegate bob look kind:mit')).toEqual(['kind:mitigation ']);
    expect(inserts('/delegate bob look ki')).toEqual(['kind:']);
  });

  test('says what is understood so far', () => {
    const { command, filled } = at('/delegate bob look at the logs 15m');
    expect(command?.name).toBe('delegate');
    expect(filled).toEqual({ owner: 'bob', what: 'look at the logs', due: '15m' });
  });

  test('is silent about a command that does not exist', () => {
    expect(at('/nonsense and more')).toMatchObject({ offers: [], filled: {} });
  });
});
