/** Plays a drill whole on a simulated clock: the pure core, the simulated people, and somebody at the browser. */
import { wordsFor } from '../../src/cards/words/words.ts';
import { readConfig } from '../../src/config.ts';
import { clocksOf } from '../../src/core/clocks.ts';
import type { Refusal } from '../../src/core/contract.ts';
import { type Finding, reviewOf } from '../../src/core/review.ts';
import type { Instant } from '../../src/core/units.ts';
import { BEATS, houseOf, type Pace } from '../../src/drill/house.ts';
import { SCENARIOS } from '../../src/drill/scenarios/index.ts';
import type { Role, Scene, Wish } from '../../src/drill/scene.ts';
import { wishesOf } from '../../src/drill/wishes.ts';
import { Room, TUESDAY_AFTERNOON } from '../support/room.ts';

/** Whoever practises. */
export const LEA = 'lea';

/** What somebody at the browser wants to do now, as `Wish` has it. */
export type Learner = (scene: Scene) => readonly Wish[];

export interface Options {
  readonly scenario?: string;
  readonly pace?: Pace;
  readonly role?: Role;
  readonly seed?: string;
  readonly language?: string;
  /** When it begins. */
  readonly at?: Instant;
  /** Longest that it may last, in minutes of its own clock. */
  readonly minutes?: number;
}

export interface Played {
  readonly room: Room;
  readonly scene: Scene;
  readonly review: readonly Finding[];
  readonly minutes: number;
  /** Everything that Baton refused, by who asked. */
  readonly refused: readonly (readonly [by: string, command: string, refusal: Refusal])[];
}

/** Ends when the incident is closed, or when its time is up. */
export function play(learner: Learner, options: Options = {}): Played {
  const {
    pace = 'brisk',
    role = 'commander',
    seed = '1',
    language = 'en',
    at = TUESDAY_AFTERNOON,
    minutes = 45,
  } = options;
  const scenario = SCENARIOS.find(({ name }) => name === (options.scenario ?? 'bad-release'));
  if (!scenario) throw new Error(`there is no scenario ${options.scenario}`);
  const speak =
    (room?: Room) =>
    (key: string, facts = {}) =>
      wordsFor({ language, zone: 'UTC' }, room?.world.people ?? {}, room?.incident).t(`drill.${key}`, facts);
  const yaml = JSON.stringify(houseOf(scenario, pace, 'UTC', speak()));
  const { settings, people } = readConfig({ BATON_CONFIG: 'drill.yaml' }, () => yaml);
  const room = new Room(speak()(`${scenario.name}.title`), {
    at,
    settings,
    people: { ...people, [LEA]: { id: LEA, name: 'Lea Lerner' } },
    declared: { service: scenario.name, origin: 'alert', key: 'drill' },
  });
  const sceneNow = (): Scene => {
    const { incident, world } = room;
    return { incident, world, scenario, role, seed, beat: BEATS[pace], say: speak(room) };
  };

  const refused: (readonly [string, string, Refusal])[] = [];
  const done = new Set<string>();
  const until: Instant = at + minutes * 60_000;
  room.rings();
  while (room.incident.phase !== 'closed' && room.now < until) {
    const scene = sceneNow();
    const wishes = [...wishesOf(scene), ...learner(scene)].filter(({ key }) => !done.has(key));
    const [next] = wishes.sort((a, b) => a.at - b.at);
    const clock = clocksOf(room.incident, room.world)[0]?.at ?? Number.POSITIVE_INFINITY;
    if (!next && clock === Number.POSITIVE_INFINITY) break;
    if (!next || clock < next.at) {
      room.now = Math.max(room.now, Math.min(clock, until));
      room.rings();
      continue;
    }
    room.now = Math.min(Math.max(room.now, next.at), until);
    if (room.now >= until) break;
    done.add(next.key);
    const outcome = room.tries(next.by, next.command, next.fields);
    if ('refusal' in outcome) refused.push([next.by, next.command, outcome.refusal]);
  }
  const { incident, events } = room;
  const review = reviewOf(incident, events, settings);
  return { room, scene: sceneNow(), review, refused, minutes: (room.now - at) / 60_000 };
}

/** Somebody who takes command when there is a line to take it by. */
export function takesCommand({ incident, beat }: Scene): Wish[] {
  const since = incident.declared.at;
  const wish = (key: string, at: Instant, command: string): Wish => ({ key, by: LEA, at, command, fields: {} });
  return incident.command.commander === undefined
    ? [wish('lea-joins', since + beat * 5, 'join-call'), wish('lea-commands', since + beat * 12, 'take-command')]
    : [];
}
