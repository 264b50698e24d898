// "Unknown" is an answer; it becomes an information activity on offer, and is asked again once found out.
import { expect, test } from '@jest/globals';
import { lines, patient } from '../../support/commanded-room.ts';
import { Room, SETTINGS } from '../../support/room.ts';

function unknown(): Room {
  const room = new Room('x', { settings: patient(SETTINGS) }).joins('ann', 'bob', 'cat');
  room.does('ann', 'take-command');
  room.does('ann', 'assess-impact', { sees: 'x', reproduced: 'yes', frequency: 'sometimes', retries: 'unknown' });
  room.does('ann', 'assess-impact', { scope: 'everybody' });
  room.does('ann', 'set-severity', { severity: 'SEV-2' });
  return room;
}

test('[IMP-1] an unknown is an answer: the question is not asked again, and work to find out is on offer', () => {
  const room = unknown();
  expect(lines(room).filter((line) => line.startsWith('impact-'))).toEqual(['impact-unknown']);
  expect(room.prompt('impact-unknown')).toMatchObject({ to: 'ann', facts: { question: { word: 'question.retries' } } });
  room.presses('ann', 'impact-unknown', 'delegate', { owner: 'cat' });
  expect(room.incident.activities).toMatchObject([
    { kind: 'information', question: 'retries', owner: 'cat', status: 'offered' },
  ]);
  expect(lines(room)).not.toContain('impact-unknown');
});

test('[IMP-1] what is typed as "Unknown" is one too', () => {
  const room = unknown();
  room.does('ann', 'assess-impact', { sees: ' Unknown ' });
  expect(room.incident.impact.answers.sees).toBe('unknown');
  expect(room.prompts.filter(({ line }) => line === 'impact-unknown')).toHaveLength(2);
});

test('[IMP-1] once found out, the question is put once more, to be answered', () => {
  const room = unknown();
  room.presses('ann', 'impact-unknown', 'delegate', { owner: 'cat' });
  room.does('cat', 'acknowledge');
  expect(lines(room)).not.toContain('impact-retries');
  room.does('cat', 'finish', { result: 'They go through at the third attempt' });
  expect(lines(room)).toContain('impact-retries');
  room.presses('ann', 'impact-retries', 'answer-succeed');
  expect(room.incident.impact.answers.retries).toBe('succeed');
  expect(lines(room)).not.toContain('impact-retries');
});

test('[IMP-1] found out without an answer, it may stay unknown', () => {
  const room = unknown();
  room.presses('ann', 'impact-unknown', 'delegate', { owner: 'cat' });
  room.does('cat', 'finish', { result: 'Cannot tell' });
  room.presses('ann', 'impact-retries', 'answer-unknown');
  expect(lines(room)).not.toContain('impact-retries');
  expect(room.incident.impact.answers.retries).toBe('unknown');
});

test('[IMP-1] called off, it is on offer again; not needed, it is not', () => {
  const room = unknown();
  room.presses('ann', 'impact-unknown', 'delegate', { owner: 'cat' });
  room.does('ann', 'cancel', { activity: 1 });
  expect(lines(room)).toContain('impact-unknown');
  room.presses('ann', 'impact-unknown', 'not-needed');
  expect(lines(room)).not.toContain('impact-unknown');
});
