/** Whatever people do in whatever order, and however late or often clocks ring: the promises of the core hold. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { heldBy, inSlot } from '../../src/core/activities.ts';
import { commandNamed } from '../../src/core/commands/index.ts';
import { RANKS, ROOM, type Suggestion } from '../../src/core/contract.ts';
import { replay } from '../../src/core/evolve.ts';
import { fieldsOf } from '../../src/core/fields.ts';
import { holdOf } from '../../src/core/one-person.ts';
import { promptsOf } from '../../src/core/prompts.ts';
import { severityRow } from '../../src/core/severity.ts';
import { summaryOf } from '../../src/core/summary.ts';
import { BATON, type Duration } from '../../src/core/units.ts';
import { fill, play, story } from '../support/random-story.ts';
import { PEOPLE, type Room, SETTINGS } from '../support/room.ts';

const MINUTE = 60_000;

// One seed for everybody, so that a change is judged by itself; these two are for hunting with others.
const { HUNT_SEED = '2026', HUNT_RUNS = '100' } = process.env;
const runs = { numRuns: Number(HUNT_RUNS), seed: Number(HUNT_SEED) };

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

  test('whoever an incident has for something is named by its summary, so that nobody need read all to know', () => {
    fc.assert(
      fc.property(story, (told) => {
        play(told, ({ incident }) => {
          const everybody = Object.keys(PEOPLE);
          const { named = [] } = summaryOf(incident);
          const held = everybody.filter((person) => holdOf(incident, person));
          expect(held.filter((person) => !named.includes(person))).toEqual([]);
        });
      }),
      runs,
    );
  });

  test('[REC-3] folding the same events gives the same state', () => {
    fc.assert(
      fc.property(story, (told) => {
        const room = play(told, () => undefined);
        const events = JSON.parse(JSON.stringify(room.events));
        expect(replay('INC-1', events)).toEqual(structuredClone(room.incident));
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
