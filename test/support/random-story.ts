/** Random stories: orders chosen by lot, presses of buttons on show, and time that passes with or without rings. */
import fc from 'fast-check';
import { COMMANDS, commandNamed } from '../../src/core/commands/index.ts';
import { type Field, type Fields, ROOM, type Suggestion } from '../../src/core/contract.ts';
import { choicesOf, fieldsOf } from '../../src/core/fields.ts';
import { promptsOf } from '../../src/core/prompts.ts';
import type { Duration } from '../../src/core/units.ts';
import { PEOPLE, Room, SETTINGS, TUESDAY_AFTERNOON, TUESDAY_NIGHT } from './room.ts';

const MINUTE = 60_000;
const WHO = Object.keys(PEOPLE);

/** One thing that happens: an order with fields chosen by lot, a press of a button on show, or time passing. */
export type Step =
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
/** Long enough to get anywhere; most of them begin with people at work, since what is told of an empty room is soon told. */
export const story = fc.record({
  steps: fc.array(step, { minLength: 5, maxLength: 80, size: 'max' }),
  begun: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  night: fc.boolean(),
  leaders: fc.boolean(),
});
export type Story = typeof story extends fc.Arbitrary<infer S> ? S : never;

/** Plays a story, calling `check` after every step. */
export function play({ steps, begun, night, leaders }: Story, check: (room: Room, step: Step) => void): Room {
  const settings = {
    ...SETTINGS,
    commsLeads: ['dan'],
    places: {
      ...SETTINGS.places,
      shop: { name: 'Shop window', audience: 'customers' as const, byHand: true as const },
      wall: { name: 'Wall', audience: 'stakeholders' as const, byHand: true as const },
    },
    severities: SETTINGS.severities.map((row, n) => (n === 0 && leaders ? { ...row, leaders: ['bob'] } : row)),
  };
  const closed = [{ id: 'INC-0', at: TUESDAY_AFTERNOON, service: 'payments' }];
  const at = night ? TUESDAY_NIGHT : TUESDAY_AFTERNOON;
  const room = new Room('Checkout fails', { settings, closed, at, declared: { service: 'payments' } });
  if (begun) beginWork(room);
  for (const one of steps) {
    take(room, one);
    check(room, one);
  }
  return room;
}

function beginWork(room: Room) {
  room.joins('ann', 'bob', 'cat', 'dan');
  room.does('bob', 'take-command');
  room.does('bob', 'delegate', { owner: 'cat', what: 'Read the logs' });
  room.does('bob', 'delegate', { owner: 'dan', what: 'Tell the customers', kind: 'customers' });
  room.does('cat', 'acknowledge', {});
  room.does('dan', 'acknowledge', {});
  room.does('cat', 'propose-mitigation', { what: 'Roll back', owner: 'ann' });
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
export function fill(room: Room, by: string, name: string, given: Suggestion['fields'], dice: readonly number[]) {
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
  const prompts = [...room.incident.prompts.keys()];
  return prompts[die % Math.max(1, prompts.length)] ?? `words ${die}`;
}
