// Every line can be put off or answered with one press, and the record keeps it.
import { describe, expect, test } from '@jest/globals';
import { commandNamed } from '../../../src/core/commands/index.ts';
import { promptsOf } from '../../../src/core/prompts.ts';
import { commanded, done, lines, MINUTE, restart } from '../../support/commanded-room.ts';
import { Room } from '../../support/room.ts';
import { STAGES } from '../../support/rooms.ts';

describe.each(Object.entries(STAGES))('%s', (_stage, tell) => {
  test('[VOICE] every line can be put off with one press, by whom it is for; it goes and comes back', () => {
    const keys = promptsOf(tell().incident, tell().world).map(({ key }) => key);
    for (const key of keys) {
      const room = tell();
      const prompt = promptsOf(room.incident, room.world).find((one) => one.key === key);
      const by = prompt === undefined || prompt.to === 'room' ? 'dan' : prompt.to;
      room.does(by, 'snooze', { prompt: key });
      expect(promptsOf(room.incident, room.world).map((one) => one.key)).not.toContain(key);
      const says = prompt?.line;
      expect(room.happened('prompt-snoozed').at(-1)).toMatchObject({
        prompt: key,
        says,
        until: room.now + 5 * MINUTE,
        by,
      });
      expect(room.incident.snoozed[key]).toBe(room.now + 5 * MINUTE);
      room.fastForward('5m');
      expect(room.incident.snoozed[key]).toBeUndefined();
      expect(room.happened('snooze-ended')).toContainEqual(expect.objectContaining({ prompt: key, says }));
    }
  });

  test('[VOICE] every line has a button, and every button is a command or a card', () => {
    const room = tell();
    for (const { buttons } of promptsOf(room.incident, room.world)) {
      expect(buttons.length).toBeGreaterThan(0);
      for (const { command } of buttons) expect(command === 'help' || commandNamed(command) !== undefined).toBe(true);
    }
  });
});

test('[VOICE] put off for as long as one likes, over a restart', () => {
  const room = commanded();
  done(room, 'bob');
  room.fastForward('3m');
  room.does('ann', 'snooze', { prompt: 'judge:1', for: '25m' });
  restart(room);
  room.fastForward('24m59s');
  expect(lines(room)).not.toContain('judge-mitigation');
  room.fastForward('1s');
  expect(lines(room)).toContain('judge-mitigation');
  expect(room.happened('snooze-ended')).toHaveLength(1);
});

test('[VOICE] what is settled meanwhile does not come back', () => {
  const room = commanded();
  done(room, 'bob');
  room.fastForward('3m');
  room.does('ann', 'snooze', { prompt: 'judge:1' });
  room.does('ann', 'judge-mitigation', { activity: 1, verdict: 'helped' });
  room.fastForward('5m');
  expect(lines(room)).not.toContain('judge-mitigation');
});

test('[VOICE] waved aside, it does not come back for the same fact, and the record says by whom', () => {
  const room = commanded();
  done(room, 'bob');
  room.does('ann', 'judge-mitigation', { activity: 1, verdict: 'worse' });
  room.presses('ann', 'reverse-mitigation', 'leave-it');
  room.fastForward('1h');
  expect(lines(room)).not.toContain('reverse-mitigation');
  expect(room.happened('prompt-dismissed')).toMatchObject([{ prompt: 'reverse:1', by: 'ann' }]);
});

test('[VOICE] only what offers it can be waved aside: never that there is no commander', () => {
  const room = new Room('Checkout fails').joins('bob');
  room.fastForward('3m');
  expect(room.line).toMatch(/^no-commander/);
  const prompt = room.prompts[0]?.key;
  expect(room.isRefused('bob', 'dismiss', { prompt })).toMatchObject({
    refused: 'not-dismissible',
    next: [{ command: 'snooze', fields: { prompt } }],
  });
  expect(room.line).toMatch(/^no-commander/);
});

test('[VOICE] put off without naming it, it is the line that stands first before whoever puts it off', () => {
  const room = commanded();
  done(room, 'bob');
  room.fastForward('3m');
  room.does('ann', 'delegate', { owner: 'bob', what: 'Read the logs' });
  room.does('ann', 'snooze', { for: '10m' });
  room.does('bob', 'snooze');
  expect(room.happened('prompt-snoozed')).toMatchObject([
    { prompt: 'judge:1', by: 'ann', until: room.now + 10 * MINUTE },
    { prompt: expect.stringMatching(/^acknowledge:/), by: 'bob' },
  ]);
});

test('[VOICE] what is no longer there is neither put off nor waved aside', () => {
  const room = commanded();
  for (const command of ['snooze', 'dismiss']) {
    expect(room.isRefused('ann', command, { prompt: 'judge:7' }).refused).toBe('prompt-gone');
  }
});

test('[VOICE] a press on a card that shows an older state is refused where that state has changed', () => {
  const room = commanded();
  done(room, 'bob');
  room.fastForward('3m');
  const seen = room.incident.version;
  room.does('ann', 'judge-mitigation', { activity: 1, verdict: 'helped' });
  room.does('ann', 'propose-mitigation', { what: 'Restart', owner: 'cat' });
  const fresh = room.tries('ann', 'start-mitigation', { activity: 2 }, { seen: room.incident.version });
  expect(fresh).toHaveProperty('events');
  expect(room.tries('ann', 'judge-mitigation', { activity: 1, verdict: 'worse' }, { seen })).toMatchObject({
    refusal: { next: expect.anything() },
  });
  expect(room.incident.activities[0]?.mitigation?.verdict).toBe('helped');
});
