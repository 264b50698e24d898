// At every moment one line is the next thing to say, with the reason for it and something to press.
import { describe, expect, test } from '@jest/globals';
import { commanderCard } from '../../../src/cards/commander.ts';
import { commanded, done, queued, running, underWay } from '../../support/commanded-room.ts';
import { blocksOf, buttonsOf, lineOf, wordsOf } from '../../support/reading.ts';
import type { Room } from '../../support/room.ts';
import { STAGES } from '../../support/rooms.ts';

const card = (room: Room, language = 'en') => commanderCard(room.incident, room.world, wordsOf(room, language));

describe.each(Object.entries(STAGES))('%s', (_stage, tell) => {
  test.each(['en', 'de'])('[VOICE] in %s there is a line, why, and something to press', (language) => {
    const room = tell();
    const drawn = card(room, language);
    const [line] = blocksOf(drawn, 'line');
    // Asleep or closed, it says so; awake, it is a sentence.
    expect(line?.text).toMatch(['standing-down', 'closed'].includes(room.incident.phase) ? /\S/ : /\S.*[.?!]$/);
    expect(line?.text).not.toMatch(/\{\{|^(prompt|card)\./);
    expect(line?.why ?? 'calm').not.toMatch(/\{\{|^prompt\./);
    expect(buttonsOf(drawn).length).toBeGreaterThan(0);
  });
});

test('[VOICE] nothing due: the line says to let people work, and the usual buttons are there', () => {
  const room = commanded();
  running(room, 'bob');
  expect(room.prompts).toEqual([]);
  expect(lineOf(card(room))).toMatch(/\S/);
  expect(buttonsOf(card(room)).map(({ command }) => command)).toEqual(
    expect.arrayContaining(['delegate', 'propose-mitigation', 'page']),
  );
});

test('[VOICE] from the first minute to the last there is never an open incident without a line', () => {
  const room = commanded('SEV-1');
  const check = () => expect(lineOf(card(room))).toMatch(/\S/);
  const steps: readonly (() => unknown)[] = [
    () => underWay(room, 'bob'),
    () => done(room, 'cat'),
    () => room.fastForward('1m'),
    () => room.does('ann', 'judge-mitigation', { activity: 2, verdict: 'worse' }),
    () => room.presses('ann', 'reverse-mitigation', 'leave-it'),
    () => queued(room, 'dan', 'Fail over'),
    () => room.does('ann', 'start-mitigation', { activity: 3 }),
    () => room.fastForward('10m'),
    () => room.does('dan', 'finish', { activity: 3 }),
    () => room.does('ann', 'judge-mitigation', { activity: 3, verdict: 'fixed' }),
    () => room.presses('ann', 'end-impact', 'not-yet'),
    () => room.fastForward('5m'),
    () => room.does('ann', 'mitigated'),
    () => room.does('bob', 'recurred', { what: 'Again' }),
    () => room.does('ann', 'release-command'),
    () => room.does('eve', 'take-command'),
    () => room.does('eve', 'mitigated'),
    () => room.fastForward('30m'),
    () => room.does('eve', 'close'),
  ];
  for (const step of steps) {
    step();
    check();
  }
});
