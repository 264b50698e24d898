// When several lines are due, safety goes before people, people before work, work before rhythm, rhythm before writing.
import { expect, test } from '@jest/globals';
import { promptsOf } from '../../../src/core/prompts.ts';
import { commanded, done, lines, underWay } from '../../support/commanded-room.ts';
import type { Room } from '../../support/room.ts';

/** A line of every rank but safety at once. */
function everything(): Room {
  const room = commanded();
  done(room, 'bob', 'Roll back', { observation: '19m' });
  underWay(room, 'cat', 'Read the logs', { due: '2h' });
  room.fastForward('18m');
  room.does('ann', 'delegate', { owner: 'dan', what: 'Count failures' });
  room.fastForward('2m');
  room.does('ann', 'restate-impact', { trend: 'same' });
  room.does('cat', 'report', { text: 'Timeouts' });
  room.fastForward('1m');
  return room;
}

test('[VOICE] people before work before rhythm before writing', () => {
  const room = everything();
  expect(room.prompts.map(({ rank }) => rank)).toEqual(['people', 'work', 'rhythm', 'writing']);
  expect(room.line).toBe('unclaimed');
});

test('[VOICE] as each is answered, the next is the line to say', () => {
  const room = everything();
  room.presses('ann', 'unclaimed', 'give', { to: 'eve' });
  room.does('eve', 'acknowledge');
  expect(room.line).toBe('judge-mitigation');
  room.presses('ann', 'judge-mitigation', 'verdict-no-effect');
  expect(room.line).toBe('who-else');
  room.presses('ann', 'who-else', 'nobody-else');
  expect(lines(room)).toEqual(['send-update']);
  room.presses('ann', 'send-update', 'send-update', { text: 'We are rolling back.' });
  expect(lines(room)).toEqual([]);
});

test('[VOICE] made worse goes before everything that has to do with people', () => {
  const room = everything();
  room.presses('ann', 'judge-mitigation', 'verdict-worse');
  expect(lines(room).slice(0, 2)).toEqual(['reverse-mitigation', 'unclaimed']);
});

test('[VOICE] no commander goes before everything', () => {
  const room = everything();
  room.presses('ann', 'judge-mitigation', 'verdict-worse');
  room.does('ann', 'release-command');
  expect(room.line).toMatch(/^no-commander/);
});

test('[VOICE] who is unacknowledged, missing or exhausted goes before what is to be done', () => {
  const room = commanded();
  done(room, 'bob');
  room.fastForward('6h');
  const ranks = new Map(room.prompts.map(({ line, rank }) => [line, rank]));
  expect(ranks.get('relieve-hours')).toBe('people');
  expect(ranks.get('judge-mitigation')).toBe('work');
  expect(lines(room).indexOf('relieve-hours')).toBeLessThan(lines(room).indexOf('judge-mitigation'));
});

test('[VOICE] of two of a rank, the one that has waited longer', () => {
  const room = commanded();
  room.does('ann', 'delegate', { owner: 'bob', what: 'First' });
  room.fastForward('1m');
  room.does('ann', 'delegate', { owner: 'cat', what: 'Second' });
  room.fastForward('3m');
  const unclaimed = room.prompts.filter(({ line }) => line === 'unclaimed');
  expect(unclaimed.map(({ facts }) => facts.owner)).toEqual([{ person: 'bob' }, { person: 'cat' }]);
});

test('[VOICE] everybody has an order of their own, and sees nobody else’s lines', () => {
  const room = commanded();
  underWay(room, 'bob', 'Read the logs', { due: '10m' });
  room.fastForward('12m');
  room.does('ann', 'delegate', { owner: 'bob', what: 'Count' });
  expect(room.promptsTo('bob').map(({ line }) => line)).toEqual(['acknowledge', 'overdue']);
  expect(room.promptsTo('cat')).toEqual([]);
  expect(promptsOf(room.incident, room.world).filter(({ to }) => to === 'bob')).toHaveLength(2);
});
