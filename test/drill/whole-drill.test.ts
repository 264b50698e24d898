// Each scenario is played whole: by a commander who follows the prompts, by one who does nothing, and by one who does all wrong.
import { describe, expect, test } from '@jest/globals';
import { CATALOGUES } from '../../src/cards/words/catalogues.ts';
import { promptsOf } from '../../src/core/prompts.ts';
import { following } from '../../src/drill/people/commander.ts';
import { SCENARIOS } from '../../src/drill/scenarios/index.ts';
import type { Scene, Wish } from '../../src/drill/scene.ts';
import { LEA, type Learner, type Played, play, takesCommand } from './playing.ts';

const good: Learner = (scene) => [...takesCommand(scene), ...following(scene, LEA)];
const absent: Learner = () => [];

const kept = ({ review }: Played) => review.flatMap((one) => (one.kept ? [one.finding] : []));
const missed = ({ review }: Played) => review.flatMap((one) => (one.kept ? [] : [one.finding]));

/** Does what the wrong kind of commander does: acts first, asks nothing, judges nothing, and goes home early. */
function wrong({ incident, beat }: Scene): Wish[] {
  const since = incident.declared.at;
  const wish = (key: string, beats: number, command: string, fields: Wish['fields'] = {}): Wish => ({
    key: `wrong:${key}`,
    by: LEA,
    at: since + beat * beats,
    command,
    fields,
  });
  const named = (what: string) => incident.activities.find((one) => one.what === what)?.id ?? 0;
  return [
    wish('propose', 2, 'propose-mitigation', { what: 'Try something', owner: 'sim-ida' }),
    wish('propose-more', 3, 'propose-mitigation', { what: 'Try something else', owner: 'sim-sofia' }),
    wish('command', 8, 'take-command'),
    wish('worst', 9, 'set-severity', { severity: 'SEV-1' }),
    wish('start', 10, 'start-mitigation', { activity: named('Try something') }),
    wish('start-more', 11, 'start-mitigation', { activity: named('Try something else') }),
    wish('overlap', 12, 'start-mitigation', { activity: named('Try something else'), overlap: 'I have no patience' }),
    wish('act', 13, 'delegate', { owner: LEA, what: 'Look at the logs myself' }),
    wish('to-otto', 14, 'delegate', { owner: 'sim-otto', what: 'Look at the machines' }),
    ...[60, 140, 220].map((beats) => wish(`skip-${beats}`, beats, 'skip-round', { reason: 'No time for this' })),
    wish('home', 240, 'close', { reason: 'I go home' }),
  ];
}

/** Presses anything, in any order, with anything in it. */
function chaotic(scene: Scene): Wish[] {
  const { incident, world, beat } = scene;
  const turn = Math.floor(incident.version / 3);
  const at = Math.max(incident.declared.at, incident.command.lastActed ?? 0) + beat * 2;
  const buttons = promptsOf(incident, world).flatMap((prompt) => prompt.buttons);
  const button = buttons[(turn * 7 + scene.seed.length) % Math.max(1, buttons.length)];
  const filler = {
    owner: 'sim-otto',
    to: 'sim-ben',
    what: 'Restart',
    text: '?',
    reason: 'because',
    due: '20s',
    person: 'sim-ben',
  };
  return [
    ...takesCommand(scene),
    ...(button
      ? [{ key: `chaos:${turn}`, by: LEA, at, command: button.command, fields: { ...filler, ...button.fields } }]
      : []),
    // What a command has no use for is refused, so the same again with nothing in it.
    ...(button
      ? [{ key: `plain:${turn}`, by: LEA, at: at + 1, command: button.command, fields: { ...button.fields } }]
      : []),
  ];
}

const EVERY = SCENARIOS.flatMap(({ name }) => Object.keys(CATALOGUES).map((language) => [name, language] as const));

describe.each(EVERY)('%s, in %s', (scenario, language) => {
  test('whoever follows the prompts alone brings it to its end, and the review has little to add', () => {
    const played = play(good, { scenario, language });
    expect(played.room.incident.phase).toBe('closed');
    expect(played.room.incident.drill).toBe(true);
    expect(new Set(missed(played))).toEqual(new Set(['lull', 'ungathered']));
    expect(kept(played)).toEqual(
      expect.arrayContaining([
        'quorum-reached',
        'commander-found',
        'impact-first',
        'severity-decided',
        'stakeholders-told',
        'one-at-a-time',
        'judged',
        'worse-undone',
        'unclaimed-given',
        'rounds-held',
        'handed-over',
        'watched',
      ]),
    );
    expect(played.minutes).toBeGreaterThan(6);
    expect(played.minutes).toBeLessThan(15);
    // Nobody is refused but the one who starts something by himself.
    expect(played.refused.map(([by, command, { refused }]) => [by, command, refused])).toEqual([
      ['sim-rasmus', 'start-mitigation', 'commander-only'],
    ]);
  });

  test('nobody says a key in place of words, or leaves a gap in them', () => {
    const { room } = play(good, { scenario, language });
    const texts = room.events.flatMap((event) => Object.values(event).filter((value) => typeof value === 'string'));
    expect(texts.filter((text) => /^drill\.|\{\{/.test(text))).toEqual([]);
    expect(texts.length).toBeGreaterThan(100);
  });
});

describe.each(SCENARIOS.map(({ name }) => name))('%s', (scenario) => {
  test('where nobody comes to a browser the deputy takes command in the end, and the drill ends by itself', () => {
    const played = play(absent, { scenario });
    expect(played.room.incident.phase).toBe('closed');
    expect(missed(played)).toContain('commander-late');
    expect(played.room.happened('command-taken')[0]).toMatchObject({ person: 'sim-mara' });
    expect(played.room.happened('commander-sought').length).toBeGreaterThanOrEqual(3);
  });

  test('whoever takes command and then does nothing is asked for, loses it, and reads so in the review', () => {
    const played = play((scene) => (scene.incident.command.shifts.length === 0 ? takesCommand(scene) : []), {
      scenario,
    });
    expect(missed(played)).toEqual(
      expect.arrayContaining(['commander-silent', 'command-lapsed', 'severity-assumed', 'lull']),
    );
    expect(played.room.incident.command.shifts.map(({ person }) => person)).toEqual([LEA, 'sim-mara', 'sim-ida']);
    expect(played.room.incident.phase).toBe('closed');
  });

  test('whoever does all of it wrong is told what, one by one', () => {
    const played = play(wrong, { scenario });
    expect(missed(played)).toEqual(
      expect.arrayContaining([
        'seat-empty',
        'impact-unasked',
        'overlapped',
        'unjudged',
        'unclaimed-left',
        'round-skipped',
        'closed-early',
      ]),
    );
    expect(kept(played)).not.toContain('one-at-a-time');
    expect(played.refused.map(([by, , { refused }]) => [by, refused])).toEqual(
      expect.arrayContaining([
        [LEA, 'mitigation-running'],
        [LEA, 'commander-acts'],
      ]),
    );
  });

  test.each(['1', '22', '333', '4444', '55555'])(
    'in any order and with anything pressed it neither fails nor hangs (%s)',
    (seed) => {
      const played = play(chaotic, { scenario, seed, minutes: 30 });
      expect(played.room.events.length).toBeGreaterThan(60);
      expect(played.review.length).toBeGreaterThan(5);
    },
  );

  test.each(['responder', 'watch'] as const)('as %s somebody simulated commands at once', (role) => {
    const played = play(absent, { scenario, role });
    expect(played.room.happened('command-taken')[0]).toMatchObject({ person: 'sim-mara' });
    expect(kept(played)).toContain('commander-found');
    expect(played.room.incident.phase).toBe('closed');
  });

  test('fast, and with other seeds, it is the same story', () => {
    for (const seed of ['a', 'b', 'c', 'd']) {
      const played = play(good, { scenario, seed, pace: 'fast' });
      expect([seed, played.room.incident.phase]).toEqual([seed, 'closed']);
      expect(missed(played).filter((finding) => finding !== 'lull' && finding !== 'ungathered')).toEqual([]);
      expect(played.minutes).toBeLessThan(6);
    }
  });
});

test('at the real pace the doctrine’s own times hold', () => {
  const played = play(good, { pace: 'real', minutes: 180 });
  expect(played.room.world.settings.severities.map(({ round }) => round / 60_000)).toEqual([10, 20, 60]);
  expect(played.room.incident.phase).toBe('closed');
});
