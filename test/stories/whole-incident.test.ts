/** A whole incident through all nine chapters, following the prompts alone. */
import { expect, test } from '@jest/globals';
import { Room, SETTINGS } from '../support/room.ts';

test('the prompts alone lead from the declaration to the record', () => {
  const room = new Room('Checkout fails', { settings: SETTINGS, declared: { service: 'payments' } });
  expect(room.line).toBe('join-the-call');
  expect(room.pages.map(({ person }) => person)).toEqual(['ann', 'cat']);

  room.presses('ann', 'join-the-call', 'join-call');
  expect(room.line).toBe('gathering');
  room.joins('cat');
  expect(room.line).toBe('no-commander-but');
  room.presses('ann', 'no-commander-but', 'take-command');

  expect(room.line).toBe('impact-sees');
  room.presses('ann', 'impact-sees', 'answer-in-words', { sees: 'Nobody can pay' });
  room.presses('ann', 'impact-reproduced', 'answer-yes');
  room.presses('ann', 'impact-frequency', 'answer-every-time');
  room.presses('ann', 'impact-retries', 'answer-fail');
  room.presses('ann', 'impact-scope', 'answer-everybody');
  expect(room.line).toBe('decide-severity');
  room.presses('ann', 'decide-severity', 'set-severity-to');
  expect(room.incident.severity.severity).toBe('SEV-1');
  expect(room.pages.map(({ person }) => person)).toContain('eve');
  room.joins('eve');

  room.fastForward('2m');
  expect(room.line).toBe('lull-proposals');
  room.presses('ann', 'lull-proposals', 'propose-mitigation', { what: 'Roll back 4.2', owner: 'cat' });
  expect(room.line).toBe('lull-queue');
  room.presses('ann', 'lull-queue', 'start-mitigation');
  expect(room.promptsTo('cat').map(({ line }) => line)).toEqual(['acknowledge']);
  room.presses('cat', 'acknowledge', 'acknowledge');
  room.does('cat', 'finish', { result: 'Rolled back' });
  room.fastForward('1m');
  expect(room.line).toBe('judge-mitigation');
  room.presses('ann', 'judge-mitigation', 'verdict-fixed');
  expect(room.line).toBe('end-impact');
  room.presses('ann', 'end-impact', 'mitigated');

  expect(room.line).toBe('watching');
  room.fastForward('30m');
  expect(room.line).toBe('close');
  room.presses('ann', 'close', 'close');
  expect(room.incident.phase).toBe('closed');
});
