// The record can be had at any moment, as Markdown, as JSON and as a picture, and each holds the whole story.
import { expect, test } from '@jest/globals';
import { recordJson, recordMarkdown } from '../../../src/cards/record.ts';
import { timelineSvg } from '../../../src/cards/timeline.ts';
import { commanded, done, underWay } from '../../support/commanded-room.ts';
import { wordsOf } from '../../support/reading.ts';
import type { Room } from '../../support/room.ts';

const markdown = (room: Room) => recordMarkdown(room.incident, room.events, room.world.settings, wordsOf(room));
const json = (room: Room) => recordJson(room.incident, room.events, room.world.settings);
const picture = (room: Room) => timelineSvg(room.incident, room.events, room.world.settings, wordsOf(room));

/** One of everything that the record tells, step by step; after each step the record is had. */
function told(after: (room: Room) => void): Room {
  const room = commanded('SEV-2');
  const steps: readonly (() => unknown)[] = [
    () => underWay(room, 'cat', 'Read the logs', { due: '3h' }),
    () => done(room, 'bob', 'Roll back 4.2'),
    () => room.fastForward('3m'),
    () => room.does('ann', 'judge-mitigation', { activity: 2, verdict: 'no-effect' }),
    () => room.fastForward('17m'),
    () => room.does('cat', 'report', { text: 'Timeouts from the ledger' }),
    () => room.does('ann', 'restate-impact', { trend: 'worse' }),
    () => room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'Everybody is hit' }),
    () => room.fastForward('10m'),
    () => room.fastForward('10m'),
    () => room.does('ann', 'hand-over', { to: 'dan' }),
    () => room.does('dan', 'accept-hand-over'),
    () => done(room, 'bob', 'Fail over'),
    () => room.fastForward('1m'),
    () => room.does('dan', 'judge-mitigation', { activity: 3, verdict: 'fixed' }),
    () => room.does('dan', 'mitigated'),
    () => room.fastForward('30m'),
    () => room.does('dan', 'close'),
    () => room.does('eve', 'correct', { event: 1, text: 'It began at 13:40' }),
  ];
  for (const step of steps) {
    step();
    after(room);
  }
  return room;
}

test('[REC-1] at every step of an incident there is a whole record in all three forms', () => {
  told((room) => {
    expect(markdown(room)).toContain('Checkout fails');
    expect(json(room).events).toEqual(room.events);
    expect(picture(room)).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });
});

test('[REC-1] impact and severity over time, shifts, activities by owner, mitigations, rounds and hours', () => {
  const room = told(() => undefined);
  for (const page of [markdown(room), picture(room)]) {
    for (const word of ['SEV-1', 'SEV-2', 'worse', 'Ann Archer', 'Dan Dyer', 'Cat Carter', 'Bob Baker']) {
      expect(page).toContain(word);
    }
    for (const word of ['A1', 'Roll back 4.2', 'Fail over', 'no effect', 'fixed']) {
      expect(page).toContain(word);
    }
  }
  expect(markdown(room)).toContain('Read the logs');
  expect(markdown(room)).toMatch(/missed/i);
  expect(markdown(room)).toMatch(/held/i);
  expect(markdown(room)).toContain('It began at 13:40');
  expect(markdown(room)).toMatch(/Everybody is hit/);
});

test('[REC-1] the JSON is the truth itself: it can be read back into the same incident', () => {
  const room = told(() => undefined);
  const file = JSON.parse(JSON.stringify(json(room)));
  expect(file).toMatchObject({ version: 1, incident: { id: 'INC-1', phase: 'closed' } });
  expect(file.measures.rounds).toMatchObject({ held: 1 });
  expect(file.events).toEqual(JSON.parse(JSON.stringify(room.events)));
});
