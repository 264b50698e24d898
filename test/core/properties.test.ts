/** Whatever people do in whatever order, and however late or often clocks ring: the promises of the core hold. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { heldBy, inSlot } from '../../src/core/activities.ts';
import { COMMANDS, commandNamed } from '../../src/core/commands/index.ts';
import { type Field, type Fields, RANKS, ROOM, type Suggestion } from '../../src/core/contract.ts';
import { replay } from '../../src/core/evolve.ts';
import { choicesOf, fieldsOf } from '../../src/core/fields.ts';
import { promptsOf } from '../../src/core/prompts.ts';
import { severityRow } from '../../src/core/severity.ts';
import { BATON, type Duration } from '../../src/core/units.ts';
import { PEOPLE, Room, SETTINGS, TUESDAY_AFTERNOON, TUESDAY_NIGHT } from '../support/room.ts';

const MINUTE = 60_000;
const WHO = Object.keys(PEOPLE);

/** One thing that happens: an order with fields chosen by lot, a press of a button on show, or time passing. */
type Step =
  | { readonly kind: 'order'; readonly by: string; readonly command: string; readonly lots: readonly number[] }
  | { readonly kind: 'press'; readonly by: string; readonly lots: readonly number[] }
  | { readonly kind: 'wait'; readonly time: Duration }
  /** Time passes with every ring missing; they all come late, at once. */
  | { readonly kind: 'sleep'; readonly time: Duration }
  | { readonly kind: 'ring again' };

const lots = fc.array(fc.nat(1_000), { minLength: 6, maxLength: 6 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('order' as const),
      by: fc.constantFrom(...WHO),
      command: fc.constantFrom(...COMMANDS.filter(({ opens }) => !opens).map(({ name }) => name)),
      lots,
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('press' as const), by: fc.constantFrom(...WHO), lots }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), time: fc.integer({ min: 1, max: 40 * MINUTE }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('sleep' as const), time: fc.integer({ min: 1, max: 600 * MINUTE }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'ring again' } as const) },
);
const story = fc.record({
  steps: fc.array(step, { maxLength: 60 }),
  night: fc.boolean(),
  leaders: fc.boolean(),
});
type Story = typeof story extends fc.Arbitrary<infer S> ? S : never;

/** Plays a story, calling `check` after every step. */
function play({ steps, night, leaders }: Story, check: (room: Room, step: Step) => void): Room {
  const settings = leaders
    ? { ...SETTINGS, severities: SETTINGS.severities.map((row, n) => (n === 0 ? { ...row, leaders: ['bob'] } : row)) }
    : SETTINGS;
  const at = night ? TUESDAY_NIGHT : TUESDAY_AFTERNOON;
  const room = new Room('Checkout fails', { settings, at, declared: { service: 'payments' } });
  for (const one of steps) {
    take(room, one);
    check(room, one);
  }
  return room;
}

function take(room: Room, one: Step) {
  switch (one.kind) {
    case 'order':
      room.tries(one.by, one.command, fill(room, one.by, one.command, {}, one.lots));
      return;
    case 'press': {
      const prompts = promptsOf(room.incident, room.world);
      const buttons = prompts.flatMap((prompt) => prompt.buttons.map((button) => ({ prompt, button })));
      const chosen = buttons[(one.lots[5] ?? 0) % Math.max(1, buttons.length)];
      if (!chosen) return;
      const by = chosen.prompt.to === ROOM ? one.by : chosen.prompt.to;
      const { command, fields } = chosen.button;
      room.tries(by, command, fill(room, by, command, fields, one.lots));
      return;
    }
    case 'wait':
      room.fastForward(room.now + one.time);
      return;
    case 'sleep':
      room.now += one.time;
      room.rings();
      return;
    default:
      room.rings();
  }
}

/** Fills required fields always and others sometimes, from what the field offers. */
function fill(room: Room, by: string, name: string, given: Suggestion['fields'], dice: readonly number[]) {
  const command = commandNamed(name);
  const fields: Fields = command ? fieldsOf(command, room.incident, by) : {};
  const filled: Record<string, unknown> = { ...given };
  Object.entries(fields).forEach(([field, kind], n) => {
    const die = dice[n % dice.length] ?? 0;
    if (filled[field] !== undefined || (!kind.required && die % 3 === 0)) return;
    const value = valueFor(room, by, kind, die);
    if (value !== undefined) filled[field] = value;
  });
  return filled;
}

function valueFor(room: Room, by: string, field: Field, die: number): unknown {
  const choices = choicesOf(field, room.incident, by, room.world);
  if (choices) {
    const one = choices[die % Math.max(1, choices.length)];
    return field.type === 'people' || field.type === 'places' ? (one === undefined ? undefined : [one]) : one;
  }
  if (field.type === 'moment' || field.type === 'duration') return `${1 + (die % 200)}m`;
  if (field.type === 'number') return 1 + (die % 4);
  if (field.type === 'yes') return die % 2 === 0;
  const prompts = Object.keys(room.incident.prompts);
  return prompts[die % Math.max(1, prompts.length)] ?? `words ${die}`;
}

const runs = { numRuns: 150 };

describe('in any order of orders, races and rings', () => {
  test('[CMD-2] there is at most one commander', () => {
    fc.assert(
      fc.property(story, (told) => {
        play(told, ({ incident }) => {
          const open = incident.command.shifts.filter(({ to }) => to === undefined).map(({ person }) => person);
          const { commander } = incident.command;
          expect(open).toEqual(
            commander === undefined || ['closed', 'standing-down'].includes(incident.phase) ? [] : [commander],
          );
        });
      }),
      runs,
    );
  });

  test('[CMD-4] the commander owns nothing but updates', () => {
    fc.assert(
      fc.property(story, (told) => {
        play(told, ({ incident }) => {
          const { commander } = incident.command;
          const held = commander === undefined ? [] : heldBy(incident, commander);
          expect(held.filter(({ kind }) => kind !== 'updates')).toEqual([]);
        });
      }),
      runs,
    );
  });

  test('[MIT-1] [MIT-3] one mitigation at a time, or all of them marked as confounded', () => {
    fc.assert(
      fc.property(story, (told) => {
        play(told, ({ incident }) => {
          const taken = inSlot(incident);
          for (const { id, mitigation } of taken) {
            const others = taken.map((one) => one.id).filter((other) => other !== id);
            expect(mitigation?.confounded).toEqual(expect.arrayContaining(others));
          }
        });
      }),
      runs,
    );
  });

  test('[UPD-4] once rung, nothing due is left, and a doubled ring changes nothing', () => {
    fc.assert(
      fc.property(story, (told) => {
        play(told, (room) => {
          room.rings();
          const version = room.incident.version;
          room.rings();
          expect(room.incident.version).toBe(version);
        });
      }),
      runs,
    );
  });

  test('[VOICE] nobody is pinged twice for one fact within its interval', () => {
    const { acknowledgement, command, lull, rounds, shift } = SETTINGS;
    const intervals: readonly (readonly [string, Duration])[] = [
      ['acknowledge:', acknowledgement.callOut],
      ['no-commander', command.askEvery],
      ['still-in-command', command.askEvery],
      ['lull', lull.after],
      ['report:', rounds.askEvery],
      ['shift', shift.every],
    ];
    fc.assert(
      fc.property(story, (told) => {
        const room = play(told, () => undefined);
        const causes = new Map(room.events.map(({ seq, by }) => [seq, by]));
        const last = new Map<string, number>();
        for (const { fact, to, at, seq } of room.pings.map((ping) => ping as typeof ping & { seq: number })) {
          const interval = intervals.find(([prefix]) => fact.startsWith(prefix))?.[1] ?? 1;
          for (const person of to) {
            const key = `${person} ${fact}`;
            const before = last.get(key);
            // What a person does to another is theirs to do; Baton itself keeps its intervals.
            if (causes.get(seq) === BATON && before !== undefined) expect(at - before).toBeGreaterThanOrEqual(interval);
            last.set(key, at);
          }
        }
      }),
      runs,
    );
  });

  test('[REC-3] folding the same events gives the same state', () => {
    fc.assert(
      fc.property(story, (told) => {
        const room = play(told, () => undefined);
        const events = JSON.parse(JSON.stringify(room.events));
        expect(replay('INC-1', events)).toEqual(JSON.parse(JSON.stringify(room.incident)));
        expect(room.events.map(({ seq }) => seq)).toEqual(room.events.map((_, n) => n + 1));
      }),
      runs,
    );
  });

  test('[VOICE] every refusal names a next step that exists', () => {
    fc.assert(
      fc.property(story, (told) => {
        play(told, (room, one) => {
          if (one.kind !== 'order') return;
          const outcome = room.tries(one.by, one.command, fill(room, one.by, one.command, {}, one.lots));
          if (!('refusal' in outcome)) return;
          expect(outcome.refusal.next.length).toBeGreaterThan(0);
          for (const way of outcome.refusal.next) expectPressable(room, way, one.by);
        });
      }),
      runs,
    );
  });

  test('[VOICE] every button on show can be pressed by whom it is shown to', () => {
    const shut = /^(when-|commander-only|needs-commander|unknown-command|field-|not-yours|prompt-gone|stale)/;
    fc.assert(
      fc.property(story, (told) => {
        const room = play(told, () => undefined);
        for (const prompt of promptsOf(room.incident, room.world)) {
          for (const way of prompt.buttons) {
            const by = prompt.to === ROOM ? (room.incident.command.commander ?? 'ann') : prompt.to;
            expectPressable(room, way, by);
            const before = { incident: room.incident, events: room.events.length };
            const outcome = room.tries(by, way.command, fill(room, by, way.command, way.fields, [1, 2, 4, 5, 7, 8]));
            if ('refusal' in outcome)
              expect(`${prompt.key} ${way.command} ${outcome.refusal.refused}`).not.toMatch(
                new RegExp(` ${shut.source.slice(1)}`),
              );
            room.incident = before.incident;
            room.events.length = before.events;
          }
        }
      }),
      runs,
    );
  });

  test('[VOICE] prompts stand in the order of the doctrine, each fact once', () => {
    fc.assert(
      fc.property(story, (told) => {
        play(told, (room) => {
          const prompts = promptsOf(room.incident, room.world);
          const ranks = prompts.map(({ rank }) => RANKS.indexOf(rank));
          expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
          expect(new Set(prompts.map(({ key }) => key)).size).toBe(prompts.length);
        });
      }),
      runs,
    );
  });

  test('[MIT-2] an observation lasts its window, to the moment', () => {
    fc.assert(
      fc.property(story, (told) => {
        const room = play({ ...told, steps: told.steps.filter(({ kind }) => kind !== 'sleep') }, () => undefined);
        for (const ended of room.happened('observation-ended')) {
          const began = room.happened('observation-began').find(({ activity }) => activity === ended.activity);
          expect(ended.at).toBe(began?.until);
        }
        expect(severityRow(SETTINGS.severities, 'SEV-1').observation).toBe(MINUTE);
      }),
      runs,
    );
  });
});

function expectPressable(room: Room, way: Suggestion, by: string) {
  if (way.command === 'help') return;
  const command = commandNamed(way.command);
  expect([way.command, command?.name]).toEqual([way.command, way.command]);
  if (!command) return;
  const known = Object.keys(fieldsOf(command, room.incident, by));
  for (const field of Object.keys(way.fields ?? {})) expect(known).toContain(field);
}
