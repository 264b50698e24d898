/** The picture of the timeline shows what happened, and nothing that people wrote can be more than text in it. */
import { expect, test } from '@jest/globals';
import { timelinePicture, timelineSvg } from '../../src/cards/timeline.ts';
import { wordsFor } from '../../src/cards/words/words.ts';
import { wordsOf } from '../support/reading.ts';
import { Room, SETTINGS } from '../support/room.ts';

function worked(title = 'Checkout fails'): Room {
  const room = new Room(title, { settings: SETTINGS });
  room.joins('ann', 'bob', 'cat');
  room.does('ann', 'take-command');
  room.does('ann', 'delegate', { owner: 'cat', what: 'Read the logs' });
  room.fastForward('2m');
  room.does('cat', 'acknowledge');
  room.does('ann', 'propose-mitigation', { what: 'Roll back', owner: 'bob' });
  room.does('ann', 'start-mitigation', { activity: 2 });
  room.does('bob', 'acknowledge');
  room.fastForward('4m');
  room.does('bob', 'finish');
  room.fastForward('4m');
  room.does('ann', 'judge-mitigation', { activity: 2, verdict: 'helped' });
  room.fastForward('25m');
  return room;
}

function drawn(room: Room): string {
  return timelineSvg(
    room.incident,
    room.events,
    SETTINGS,
    wordsFor({ language: 'en', zone: 'UTC' }, room.world.people, room.incident),
  );
}

test('[REC-1] severity, shifts, mitigations with their judgement, work by owner and rounds are in the picture', () => {
  const picture = drawn(worked());
  for (const words of ['SEV-2', 'Ann Archer', 'M2 Roll back', 'Cat Carter', 'A1']) expect(picture).toContain(words);
  expect(picture).toMatch(/<circle/);
  expect(picture).not.toMatch(/NaN|undefined/);
});

test('[REC-1] an incident just declared has a picture too', () => {
  expect(drawn(new Room())).toMatch(/^<svg[\s\S]*<\/svg>\n$/);
});

test('a severity has its own colour, whichever others there were', () => {
  const colour = (room: Room) => /fill="(#\w+)"\/>\s*<text[^>]*>SEV-2</.exec(drawn(room))?.[1];
  const [mild, grave] = [new Room(), new Room()];
  for (const room of [mild, grave]) room.fastForward('2m');
  grave.joins('ann');
  grave.does('ann', 'take-command');
  grave.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'everybody' });
  for (const room of [mild, grave]) room.fastForward('2m');
  expect(colour(mild)).toMatch(/^#/);
  expect(colour(grave)).toBe(colour(mild));
});

test('nothing lies on the words for what stands behind the lanes', () => {
  const room = worked();
  const { shapes } = timelinePicture(room.incident, room.events, SETTINGS, wordsOf(room));
  const words = shapes.flatMap((shape) =>
    shape.is === 'text' && shape.text === 'Lull' ? [shape.at[1] - shape.size] : [],
  );
  expect(words.length).toBeGreaterThan(0);
  const lines = shapes.flatMap((shape) =>
    shape.is === 'box' && shape.height === 2 ? [shape.at[1] + shape.height] : [],
  );
  expect(lines.length).toBeGreaterThan(0);
  expect(Math.max(...lines)).toBeLessThanOrEqual(Math.min(...words));
});

test('markup in a title stays text', () => {
  const picture = drawn(worked('</title><script>alert(1)</script> & "more" \u0000'));
  expect(picture).not.toContain('<script');
  expect(picture).toContain('&lt;script&gt;');
});
