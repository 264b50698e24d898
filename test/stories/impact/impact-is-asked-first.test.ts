// The commander's first prompt is the impact, one question at a time.
import { expect, test } from '@jest/globals';
import { lines, patient } from '../../support/commanded-room.ts';
import { Room, SETTINGS } from '../../support/room.ts';

function asked(): Room {
  const room = new Room('x', { settings: patient(SETTINGS) }).joins('ann', 'bob', 'cat');
  room.does('ann', 'take-command');
  return room;
}

test('[IMP-1] the first prompt of a commander is what customers see', () => {
  const room = asked();
  expect(room.line).toBe('impact-sees');
  expect(room.prompt('impact-sees')).toMatchObject({ to: 'ann', rank: 'safety', since: room.now });
  expect(room.prompt('impact-sees').buttons.map(({ label }) => label)).toEqual(['answer-in-words', 'answer-unknown']);
});

test('[IMP-1] then reproduced, how often, retries, how many and which, one line and one press each', () => {
  const room = asked();
  const line = () => room.prompts.find((prompt) => prompt.line.startsWith('impact-'))?.line;
  room.presses('ann', 'impact-sees', 'answer-in-words', { sees: 'Nobody can pay' });
  for (const [next, press] of [
    ['impact-reproduced', 'answer-yes'],
    ['impact-frequency', 'answer-sometimes'],
    ['impact-retries', 'answer-succeed'],
    ['impact-scope', 'answer-subset'],
  ] as const) {
    expect(line()).toBe(next);
    room.presses('ann', next, press);
  }
  expect(line()).toBe('impact-which');
  room.presses('ann', 'impact-which', 'answer-in-words', { which: 'Customers in Norway' });
  expect(room.incident.impact.answers).toEqual({
    sees: 'Nobody can pay',
    reproduced: 'yes',
    frequency: 'sometimes',
    retries: 'succeed',
    scope: 'subset',
    which: 'Customers in Norway',
  });
  expect(line()).toBeUndefined();
});

test('[IMP-1] which ones is asked of a subset only', () => {
  const room = asked();
  room.does('ann', 'assess-impact', { sees: 'x', reproduced: 'yes', frequency: 'sometimes', retries: 'fail' });
  room.presses('ann', 'impact-scope', 'answer-everybody');
  expect(lines(room)).not.toContain('impact-which');
  room.does('ann', 'assess-impact', { scope: 'subset' });
  expect(lines(room)).toContain('impact-which');
});

test('[IMP-1] anybody may answer, in any order, and change the answer; the same answer again is no news', () => {
  const room = asked();
  room.does('cat', 'assess-impact', { scope: 'everybody' });
  room.does('bob', 'assess-impact', { scope: 'subset', retries: 'fail' });
  expect(room.happened('impact-answered').map(({ question, answer, by }) => [question, answer, by])).toEqual([
    ['scope', 'everybody', 'cat'],
    ['retries', 'fail', 'bob'],
    ['scope', 'subset', 'bob'],
  ]);
  expect(room.does('bob', 'assess-impact', { scope: 'subset' })).toEqual([]);
  expect(room.isRefused('bob', 'assess-impact')).toMatchObject({
    refused: 'nothing-answered',
    next: [{ command: 'assess-impact' }],
  });
  expect(room.isRefused('bob', 'assess-impact', { scope: 'half' }).refused).toBe('field-choice');
});

test('[IMP-1] impact stands before everything until the severity is decided, and then still before other work', () => {
  const room = asked();
  room.does('cat', 'propose-mitigation', { what: 'Roll back', owner: 'cat' });
  room.fastForward('3m');
  room.does('ann', 'delegate', { owner: 'bob', what: 'Read the logs' });
  room.does('bob', 'decline', { reason: 'I have to drive' });
  expect(room.line).toBe('impact-sees');
  room.does('ann', 'set-severity', { severity: 'SEV-2' });
  expect(lines(room).slice(0, 3)).toEqual(['declined', 'impact-sees', 'start-next']);
});
