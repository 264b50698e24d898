// Simulated people behave as people do, by what the incident says: one comes late, one is distracted, one acts alone.
import { expect, test } from '@jest/globals';
import { CATALOGUES } from '../../src/cards/words/catalogues.ts';
import { PARTS } from '../../src/drill/company.ts';
import { following } from '../../src/drill/people/commander.ts';
import { SCENARIOS } from '../../src/drill/scenarios/index.ts';
import type { Scene, Wish } from '../../src/drill/scene.ts';
import { TUESDAY_AFTERNOON, TUESDAY_NIGHT } from '../support/room.ts';
import { LEA, type Learner, play, takesCommand } from './playing.ts';

const good: Learner = (scene) => [...takesCommand(scene), ...following(scene, LEA)];

/** Lea takes command, and then these, so many beats after declaring. */
const scripted =
  (...orders: readonly (readonly [beats: number, command: string, fields?: Wish['fields']])[]): Learner =>
  ({ incident, beat, ...scene }: Scene) => [
    ...takesCommand({ incident, beat, ...scene }),
    ...orders.map(([beats, command, fields = {}], n) => {
      return { key: `scripted:${n}`, by: LEA, at: incident.declared.at + beat * beats, command, fields };
    }),
  ];

test('everybody simulated is marked as such, in each language, and so is the incident', () => {
  for (const [language, mark] of [
    ['en', '(simulated)'],
    ['de', '(simuliert)'],
  ] as const) {
    const { room } = play(good, { language, minutes: 5 });
    const names = Object.values(room.incident.people).filter(({ id }) => id.startsWith('sim-'));
    expect(names.length).toBeGreaterThanOrEqual(6);
    expect(names.filter(({ name }) => !name.endsWith(mark))).toEqual([]);
    expect(room.incident.drill).toBe(true);
  }
  expect(PARTS.length).toBe(7);
});

test('the same seed repeats it, on another day too; another seed takes other times', () => {
  const story = (seed: string, at = TUESDAY_AFTERNOON) =>
    play(good, { seed, at }).room.events.map((event) => [event.type, event.by, event.at - at]);
  expect(story('spring', TUESDAY_NIGHT)).toEqual(story('spring'));
  expect(story('autumn')).not.toEqual(story('spring'));
});

test('Ben does not hear the pages of Baton, and comes when a person asks for him', () => {
  const unasked = play(scripted(), { minutes: 3 });
  expect(unasked.room.happened('person-paged').filter(({ person }) => person === 'sim-ben').length).toBeGreaterThan(2);
  expect(unasked.room.incident.people['sim-ben']?.stints).toEqual([]);
  const asked = play(scripted([30, 'page', { person: 'sim-ben' }]), { minutes: 3 });
  expect(asked.room.incident.people['sim-ben']?.stints).toHaveLength(1);
});

test('Otto leaves his first task alone, and takes the next one on when his name is called', () => {
  const { room } = play(
    scripted(
      [20, 'delegate', { owner: 'sim-otto', what: 'Look at the machines' }],
      [50, 'give', { activity: 1, to: 'sim-ida' }],
      [55, 'delegate', { owner: 'sim-otto', what: 'Look at the network' }],
    ),
    { minutes: 4 },
  );
  const taken = room.happened('activity-acknowledged').filter(({ owner }) => owner === 'sim-otto');
  const called = room.happened('owner-called-out').filter(({ owner }) => owner === 'sim-otto');
  expect(taken.map(({ activity }) => activity)).not.toContain(1);
  expect(taken).toHaveLength(1);
  expect(called.at(-1)?.at).toBeLessThan(taken[0]?.at ?? 0);
});

test('Rasmus needs longer than he was given, says so when asked, and then has something to tell', () => {
  const { room } = play(scripted([25, 'delegate', { owner: 'sim-rasmus', what: 'Look at search', due: '20s' }]), {
    scenario: 'failover',
    minutes: 4,
  });
  const [asked] = room.happened('estimate-asked');
  const [given] = room.happened('estimate-given');
  const [finished] = room.happened('activity-finished');
  expect(asked).toMatchObject({ owner: 'sim-rasmus' });
  expect(given?.at).toBeGreaterThan(asked?.at ?? Number.POSITIVE_INFINITY);
  expect(finished?.result).toMatch(/search release/);
});

test('in a round whoever is asked by name answers', () => {
  const { room } = play(scripted([75, 'delegate', { owner: 'sim-ida', what: 'Read the logs' }], [86, 'hold-round']), {
    minutes: 4,
  });
  const [round] = room.incident.rounds;
  expect(round?.asked).toMatchObject([{ owner: 'sim-ida' }]);
  expect(round?.answered).toEqual([1]);
});

test('the commander’s question in the room is answered, and a silence too, with the next proposal', () => {
  const tried = [
    [60, 'set-severity', { severity: 'SEV-2' }],
    [75, 'start-mitigation', { activity: 1, owner: 'sim-ida' }],
    [110, 'judge-mitigation', { activity: 1, verdict: 'no-effect' }],
    [112, 'cancel', { activity: 2 }],
  ] as const;
  const proposals = (learner: Learner) => {
    const { room } = play(learner, { minutes: 6 });
    return room.happened('mitigation-queued').filter(({ what }) => what.startsWith('Roll checkout'));
  };
  const [inSilence] = proposals(scripted(...tried));
  const [onQuestion] = proposals(scripted(...tried, [114, 'note', { text: 'What else could we try?' }]));
  expect(inSilence).toBeDefined();
  expect(onQuestion?.at).toBeLessThan(inSilence?.at ?? 0);
});

test('a mitigation is what it is however people call it; what nobody thought of changes nothing', () => {
  const seen = (what: string) => {
    const { room } = play(scripted([20, 'delegate', { owner: 'sim-ida', kind: 'mitigation', what }]), { minutes: 3 });
    return room.incident.evidence.map(({ text }) => text).join('\n');
  };
  expect(seen('please revert the thing')).toMatch(/The errors are gone/);
  expect(seen('Pray')).toMatch(/no change at all/);
});

test('customer words are drafted by whoever is asked for them, and nothing is published in a drill', () => {
  const { room } = play(
    scripted(
      [20, 'delegate', { owner: 'sim-sofia', kind: 'customers', what: 'Draft words' }],
      [40, 'confirm-message', { message: 1 }],
    ),
    { minutes: 3 },
  );
  expect(room.incident.messages).toMatchObject([{ by: 'sim-sofia', status: 'confirmed' }]);
  expect(room.effects.filter(({ type }) => type === 'publish')).toEqual([]);
});

test('whoever is offered command while they have work says no; the deputy accepts', () => {
  const { room } = play(
    scripted(
      [20, 'delegate', { owner: 'sim-ida', what: 'Read the logs' }],
      [26, 'hand-over', { to: 'sim-ida' }],
      [40, 'hand-over', { to: 'sim-mara' }],
    ),
    { minutes: 3 },
  );
  expect(room.happened('hand-over-declined')).toMatchObject([{ person: 'sim-ida' }]);
  expect(room.happened('command-taken').at(-1)).toMatchObject({ person: 'sim-mara', from: LEA });
});

test('whoever came to help is given work by name, and their answers count as anybody’s', () => {
  const helps: Learner = ({ incident, beat }) => [
    { key: 'joins', by: LEA, at: incident.declared.at + beat * 5, command: 'join-call', fields: {} },
    ...incident.activities
      .filter(({ owner, status }) => owner === LEA && (status === 'offered' || status === 'under-way'))
      .map(({ id, since }) => {
        const fields = { activity: id, result: 'A release went out' };
        return { key: `does:${id}`, by: LEA, at: since + beat * 8, command: 'finish', fields };
      }),
  ];
  const { room } = play(helps, { role: 'responder' });
  expect(room.happened('activity-delegated').map(({ owner }) => owner)).toContain(LEA);
  expect(room.incident.activities.find(({ owner }) => owner === LEA)).toMatchObject({ status: 'finished' });
  expect(room.incident.phase).toBe('closed');
  const watched = play(helps, { role: 'watch' });
  expect(watched.room.incident.activities.filter(({ owner }) => owner === LEA)).toEqual([]);
});

test('each scenario has all its words in every language', () => {
  for (const { name, attempts, clues } of SCENARIOS) {
    const keys = [
      ...['about', 'title', 'service', 'sees', 'reproduced', 'frequency', 'retries', 'scope', 'log'],
      ...attempts.flatMap((one) => ['what', 'match', 'seen'].map((part) => `${one.name}.${part}`)),
      ...clues.map((part) => `clue.${part}`),
    ].map((key) => `drill.${name}.${key}`);
    for (const catalogue of Object.values(CATALOGUES)) {
      expect(keys.filter((key) => catalogue[key] === undefined)).toEqual([]);
      const own = Object.keys(catalogue).filter((key) => key.startsWith(`drill.${name}.`));
      expect(own.filter((key) => !keys.includes(key))).toEqual([]);
    }
  }
});
