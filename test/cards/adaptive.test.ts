// Every card of every stage is a valid Adaptive Card that Teams takes, in both languages, however full the room.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { LARGEST_CARD, toAdaptive } from '../../src/cards/adaptive.ts';
import { readPress } from '../../src/cards/adaptive-actions.ts';
import { VIEWS } from '../../src/cards/buttons.ts';
import type { Card } from '../../src/cards/card.ts';
import { commanderCard } from '../../src/cards/commander.ts';
import { formCard } from '../../src/cards/form.ts';
import { messageCard } from '../../src/cards/messages.ts';
import { pageCard } from '../../src/cards/page.ts';
import { personalCards, promptCard } from '../../src/cards/prompt.ts';
import { refusalCard } from '../../src/cards/refusal.ts';
import { viewCard } from '../../src/cards/views.ts';
import { wordsFor } from '../../src/cards/words/words.ts';
import { COMMANDS } from '../../src/core/commands/index.ts';
import { promptsOf } from '../../src/core/prompts.ts';
import type { Room } from '../support/room.ts';
import { fullRoom, LONG, MARKUP, STAGES } from '../support/rooms.ts';

const LANGUAGES = ['en', 'de'];
const WITH_FORMS = ['mitigating', 'a round is due', 'closed', 'full', 'full of markup'];
const SCHEMA = join(import.meta.dirname, '../../../shared/schemas/adaptive-card-1.5.json');

/** Every card that can be drawn of a room, by name. Forms hardly depend on the stage: a few stages will do for them. */
function cardsOf(room: Room, language: string, forms: boolean): [string, Card][] {
  const { incident, world } = room;
  const words = wordsFor({ language, zone: 'Europe/Berlin' }, world.people, incident);
  const by = Object.keys(incident.people)[1] ?? 'ann';
  const listed = Array.from({ length: 40 }, (_, n) => ({
    id: `INC-${n}`,
    title: incident.title,
    phase: n % 2 === 0 ? ('open' as const) : ('closed' as const),
    severity: 'SEV-1',
    declaredAt: incident.declared.at,
    drill: true,
    commander: 'ann',
  }));
  return [
    ['commander', commanderCard(incident, world, words)],
    ['commander for one', commanderCard(incident, world, words, by)],
    ...VIEWS.map((view): [string, Card] => [view, viewCard(view, { incident, world, words, listed })]),
    ...promptsOf(incident, world).map((prompt): [string, Card] => [prompt.key, promptCard(prompt, incident, words)]),
    ...personalCards(incident, world, words, by).map((card): [string, Card] => [`for ${by}: ${card.key}`, card]),
    ...incident.messages.map((one): [string, Card] => [`message ${one.id}`, messageCard(one, incident, words)]),
    ...COMMANDS.filter(({ right }) => forms && right !== 'adapter').flatMap((command): [string, Card][] => [
      [`form ${command.name}`, formCard(command, { incident, by, world }, words)],
      [`help ${command.name}`, viewCard('help', { incident, world, words, listed, about: command.name })],
    ]),
    ...['call', 'always-doing', 'watch'].map((about): [string, Card] => [
      `help ${about}`,
      viewCard('help', { world, words, listed, about }),
    ]),
    ['page', pageCard({ person: by, wanted: incident.title, attempt: 3 }, incident, words)],
    ['refusal', refusalCard(room.isRefused('nobody', 'mitigated'), incident, words, by)],
  ];
}

function bytes(json: object): number {
  return Buffer.byteLength(JSON.stringify(json));
}

/** Undefined where the schema is not at hand: it is Microsoft's, and not ours to carry. */
const validate = existsSync(SCHEMA) ? compiled() : undefined;

function compiled() {
  const { id, ...rest } = JSON.parse(readFileSync(SCHEMA, 'utf8'));
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  ajv.addMetaSchema(createRequire(import.meta.url)('ajv/dist/refs/json-schema-draft-06.json'));
  return ajv.compile({ ...rest, $id: id });
}

const rooms: [string, Room][] = [
  ...Object.entries(STAGES).map(([stage, make]): [string, Room] => [stage, make()]),
  ['full', fullRoom()],
  ['full of markup', fullRoom(MARKUP.padEnd(4_000, MARKUP))],
];

describe.each(LANGUAGES)('in %s', (language) => {
  describe.each(rooms)('%s', (stage, room) => {
    const cards = cardsOf(room, language, WITH_FORMS.includes(stage)).map(([name, card]): [string, object] => [
      name,
      toAdaptive(card, { incident: room.incident.id }),
    ]);

    test('no card is too large for Teams', () => {
      expect(
        cards.map(([name, json]) => [name, bytes(json)]).filter(([, size]) => Number(size) > LARGEST_CARD),
      ).toEqual([]);
    });

    test('no sentence is missing and no fact is left unfilled', () => {
      const raw = cards.flatMap(([name, json]) =>
        [...JSON.stringify(json).matchAll(/"(?:[a-z]+\.[a-z-]+(?:\.[a-z-]+)*)"|\{\{(?!title|DATE)[^}]*\}\}/g)].map(
          ([found]) => `${name}: ${found}`,
        ),
      );
      expect(raw.filter((one) => !/Action\.|Input\./.test(one))).toEqual([]);
    });

    if (validate) {
      test('each card is valid by the schema of Adaptive Cards 1.5', () => {
        for (const [name, { msteams: _, ...json }] of cards as [string, { msteams?: object }][]) {
          // The schema was not brought up to date with the searched list that 1.5 added.
          const dated = JSON.parse(JSON.stringify(json).replaceAll('"style":"filtered"', '"style":"compact"'));
          expect([name, validate(dated) ? [] : validate.errors]).toEqual([name, []]);
        }
      });
    } else {
      test.todo('each card is valid by the schema: ../shared/schemas/adaptive-card-1.5.json is not there');
    }
  });
});

/** Every object of a card, however deep. */
function elements(json: unknown): Record<string, unknown>[] {
  if (Array.isArray(json)) return json.flatMap(elements);
  if (typeof json !== 'object' || json === null) return [];
  const own = json as Record<string, unknown>;
  return [own, ...Object.values(own).flatMap(elements)];
}

describe('people’s words', () => {
  const room = fullRoom(MARKUP.padEnd(4_000, MARKUP));
  const words = wordsFor({ language: 'en', zone: 'UTC' }, room.world.people, room.incident);
  const json = toAdaptive(commanderCard(room.incident, room.world, words), { incident: 'INC-1' });

  test('stand in text runs, never in elements that read markup', () => {
    const types = new Set(elements(json).map(({ type }) => type));
    expect(types).toContain('TextRun');
    expect(types).not.toContain('TextBlock');
    expect(types).not.toContain('FactSet');
  });

  test('are not filled in by the client', () => {
    expect(JSON.stringify(json.body)).not.toContain('{{DATE(');
    expect(JSON.stringify(json.body)).toContain('DATE(2020-01-01T00:00:00Z)');
  });

  test('open nothing but calls and pages', () => {
    const links = ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'https://meet.example.com/1'];
    const urls = links.flatMap((link) => {
      const { incident, world } = STAGES.declared?.() ?? room;
      const card = commanderCard({ ...incident, call: { link, at: 0 } }, world, words);
      return elements(toAdaptive(card)).flatMap(({ type, url }) => (type === 'Action.OpenUrl' ? [url] : []));
    });
    expect(urls).toEqual(['https://meet.example.com/1']);
  });
});

describe('presses', () => {
  const button = { label: 'Go', command: 'start-mitigation', fields: { activity: 3 }, form: false };
  const card: Card = { key: 'k', title: 'T', version: 7, blocks: [{ type: 'buttons', buttons: [button] }] };
  const [action] = elements(toAdaptive(card, { incident: 'INC-1' })).filter(({ type }) => type === 'Action.Execute');

  test('carry the command, its fields, the version seen and the incident', () => {
    expect(action).toMatchObject({ verb: 'start-mitigation', title: 'Go' });
    expect(readPress(action?.data)).toEqual({
      command: 'start-mitigation',
      fields: { activity: 3 },
      form: false,
      incident: 'INC-1',
      seen: 7,
    });
  });

  test('mean the same where the client knows only Action.Submit', () => {
    expect(action?.fallback).toMatchObject({ type: 'Action.Submit', title: 'Go', data: action?.data });
  });

  test('bring what was put in, which wins over what was given', () => {
    const data = { ...(action?.data as object), 'field:activity': '4', 'field:owner': 'dan', other: 'x' };
    expect(readPress(data)?.fields).toEqual({ activity: '4', owner: 'dan' });
  });

  test('of others are no presses', () => {
    expect([undefined, null, 'x', {}, { command: 3 }].map(readPress)).toEqual(Array(5).fill(undefined));
    expect(readPress({ command: 'note', fields: { text: { deep: 1 } } })?.fields).toEqual({});
  });

  test('too heavy for a card lose the longest text, and keep the rest', () => {
    const heavy = { ...button, fields: { activity: 3, overlap: LONG, what: LONG } };
    const json = toAdaptive({ ...card, blocks: [{ type: 'buttons', buttons: [heavy] }] });
    expect(bytes(json)).toBeLessThan(LARGEST_CARD);
    expect(readPress(elements(json).find(({ type }) => type === 'Action.Execute')?.data)?.fields).toEqual({
      activity: 3,
      overlap: LONG,
    });
  });

  test('beyond a handful are behind the overflow', () => {
    const many = Array.from({ length: 12 }, () => button);
    const json = toAdaptive({ ...card, blocks: [{ type: 'buttons', buttons: many }] });
    const shown = elements(json).filter(({ type, mode }) => type === 'Action.Execute' && mode !== 'secondary');
    expect(shown).toHaveLength(6);
  });
});

describe('inputs', () => {
  const room = STAGES.mitigating?.() as Room;
  const words = wordsFor({ language: 'en', zone: 'UTC' }, room.world.people, room.incident);
  const form = (name: string, given = {}, world = room.world) => {
    const command = COMMANDS.find((one) => one.name === name);
    if (!command) throw new Error(`no command ${name}`);
    const json = toAdaptive(formCard(command, { incident: room.incident, by: 'ann', world }, words, given));
    return Object.fromEntries(
      elements(json)
        .filter(({ id }) => typeof id === 'string')
        .map((one) => [String(one.id).replace('field:', ''), one]),
    );
  };

  test('follow the kind of field', () => {
    const types = Object.entries(form('declare')).map(([name, { type }]) => [name, type]);
    expect(types).toEqual([
      ['title', 'Input.Text'],
      ['service', 'Input.ChoiceSet'],
      ['severity', 'Input.ChoiceSet'],
      ['customer', 'Input.Text'],
      ['drill', 'Input.Toggle'],
    ]);
    expect(form('move-mitigation').place?.type).toBe('Input.Number');
    expect(form('mitigated').stays).toMatchObject({ type: 'Input.ChoiceSet', isMultiSelect: true });
  });

  test('have a name, and say when they must be filled', () => {
    expect(form('declare').title).toMatchObject({
      label: 'Title',
      isRequired: true,
      errorMessage: 'Please fill this in',
    });
    expect(form('declare').service).not.toHaveProperty('isRequired');
  });

  test('keep what was given', () => {
    const kept = form('delegate', { owner: 'dan', what: 'Read **logs**', kind: 'paging' });
    expect(kept.owner?.value).toBe('dan');
    expect(kept.what?.value).toBe('Read **logs**');
    expect(kept.kind?.value).toBe('paging');
    expect(form('delegate').kind?.value).toBe('information');
    expect(form('mitigated', { stays: ['dan', 'cat', 'zoe'] }).stays?.value).toBe('dan,cat');
  });

  test('are typed where there is too much to pick from', () => {
    const people = Object.fromEntries(
      Array.from({ length: 500 }, (_, n) => [`p${n}`, { id: `p${n}`, name: `Person ${n}` }]),
    );
    const world = { ...room.world, people };
    expect(form('delegate', { owner: 'p3' }, world).owner).toMatchObject({ type: 'Input.Text', value: 'p3' });
  });
});
