// What has been recorded stays as it was; corrections are added to it.
import { expect, test } from '@jest/globals';
import { COMMANDS } from '../../../src/core/commands/index.ts';
import { replay } from '../../../src/core/evolve.ts';
import { commanded, done, underWay } from '../../support/commanded-room.ts';

test('[REC-3] every event stands as it was written, whatever comes after', () => {
  const room = commanded();
  let kept: string[] = [];
  const check = () => {
    const written = room.events.map((event) => JSON.stringify(event));
    expect(written.slice(0, kept.length)).toEqual(kept);
    kept = written;
  };
  check();
  underWay(room, 'bob');
  done(room, 'cat');
  check();
  room.does('ann', 'rename', { title: 'Payments fail' });
  room.does('ann', 'correct', { event: 1, text: 'It began at 13:40' });
  room.does('ann', 'judge-mitigation', { activity: 2, verdict: 'worse' });
  check();
  room.fastForward('1h');
  room.does('ann', 'close', { reason: 'A false alarm' });
  room.does('bob', 'reopen', { reason: 'It was none' });
  check();
  expect(room.events.map(({ seq }) => seq)).toEqual(room.events.map((_, n) => n + 1));
  expect(room.events.every(({ at }, n) => at >= (room.events[n - 1]?.at ?? 0))).toBe(true);
});

test('[REC-3] a correction names what it corrects, by whom and when, and leaves it standing', () => {
  const room = commanded();
  room.does('bob', 'note', { text: 'Began at 13:50' });
  const wrong = room.events.findLast(({ type }) => type === 'note-kept')?.seq ?? 0;
  room.fastForward('1m');
  room.does('cat', 'correct', { event: wrong, text: 'Began at 13:40' });
  expect(room.incident.corrections).toEqual([{ event: wrong, text: 'Began at 13:40', at: room.now }]);
  expect(room.incident.evidence[0]?.text).toBe('Began at 13:50');
  expect(room.happened('record-corrected')).toMatchObject([{ by: 'cat' }]);
});

test('[REC-3] it is corrected after closing as well, also a correction, but not what is not there', () => {
  const room = commanded();
  room.does('ann', 'close', { reason: 'A false alarm' });
  room.does('eve', 'correct', { event: 1, text: 'It began earlier' });
  room.does('eve', 'correct', { event: room.incident.version, text: 'By an hour' });
  expect(room.incident.corrections).toHaveLength(2);
  expect(room.isRefused('eve', 'correct', { event: room.incident.version + 1, text: 'x' })).toMatchObject({
    refused: 'entry-unknown',
    next: [{ command: 'correct', fields: { text: 'x' } }],
  });
  expect(room.isRefused('eve', 'correct', { event: 0, text: 'x' }).refused).toBe('entry-unknown');
});

test('[REC-3] there is no command that takes anything back out', () => {
  const names = COMMANDS.map(({ name }) => name);
  expect(names.filter((name) => /delete|remove|edit|undo|erase|clear/.test(name))).toEqual([]);
});

test('[REC-3] the same events mean the same, however often and wherever they are read', () => {
  const room = commanded();
  done(room, 'bob');
  room.fastForward('25m');
  const again = replay('INC-1', JSON.parse(JSON.stringify(room.events)));
  expect(JSON.parse(JSON.stringify(again))).toEqual(JSON.parse(JSON.stringify(room.incident)));
});

test('[REC-3] an order that comes twice is recorded once', () => {
  const room = commanded();
  room.tries('bob', 'note', { text: 'Look here' }, { id: 'press-1' });
  expect(room.tries('bob', 'note', { text: 'Look here' }, { id: 'press-1' })).toEqual({ repeated: true });
  expect(room.happened('note-kept')).toHaveLength(1);
});
