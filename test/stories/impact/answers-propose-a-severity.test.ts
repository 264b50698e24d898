// The answers propose a severity from the matrix; the commander decides.
import { expect, test } from '@jest/globals';
import { candidates, MATRIX, SEVERITIES } from '../../../src/core/severity.ts';
import { lines, patient } from '../../support/commanded-room.ts';
import { Room, SETTINGS } from '../../support/room.ts';

function commander(settings = SETTINGS): Room {
  const room = new Room('x', { settings: patient(settings) }).joins('ann', 'bob');
  room.does('ann', 'take-command');
  return room;
}

const proposed = (answers: Record<string, string>, settings = SETTINGS) => {
  const room = commander(settings);
  room.does('bob', 'assess-impact', answers);
  return room.prompts.find(({ line }) => line === 'decide-severity')?.facts.severity;
};

test('[IMP-2] the answers propose a severity from the matrix', () => {
  const whole = { frequency: 'every-time', retries: 'fail', scope: 'everybody' };
  expect(proposed(whole)).toEqual({ severity: 'SEV-1' });
  expect(proposed({ ...whole, scope: 'subset' })).toEqual({ severity: 'SEV-2' });
  expect(proposed({ ...whole, retries: 'succeed' })).toEqual({ severity: 'SEV-2' });
  expect(proposed({ ...whole, frequency: 'sometimes', scope: 'subset' })).toEqual({ severity: 'SEV-3' });
  expect(proposed({ frequency: 'every-time' })).toBeUndefined();
});

test('[IMP-2] an unknown leaves open whatever it could be, and the worst of that is proposed', () => {
  expect(proposed({ frequency: 'every-time', retries: 'unknown', scope: 'everybody' })).toEqual({ severity: 'SEV-1' });
  expect(proposed({ frequency: 'sometimes', retries: 'unknown', scope: 'everybody' })).toEqual({ severity: 'SEV-2' });
  expect(proposed({ frequency: 'unknown', retries: 'unknown', scope: 'unknown' })).toEqual({ severity: 'SEV-1' });
  expect(candidates(MATRIX, SEVERITIES, { frequency: 'sometimes', retries: 'unknown' })).toEqual(['SEV-2', 'SEV-3']);
});

test('[IMP-2] the matrix is the house’s own', () => {
  const matrix = [
    { when: { reproduced: 'no' }, severity: 'SEV-3' },
    { when: {}, severity: 'SEV-2' },
  ];
  const answers = { reproduced: 'no', frequency: 'every-time', retries: 'fail', scope: 'everybody' };
  expect(proposed(answers, { ...SETTINGS, matrix })).toEqual({ severity: 'SEV-3' });
});

test('[IMP-2] the commander decides: the proposal in one press, or any other; nobody else', () => {
  const room = commander();
  room.does('bob', 'assess-impact', { frequency: 'every-time', retries: 'fail', scope: 'everybody' });
  expect(room.prompt('decide-severity').buttons.map(({ fields }) => fields?.severity)).toEqual([
    'SEV-1',
    'SEV-2',
    'SEV-3',
  ]);
  expect(room.incident.severity.severity).toBe('SEV-2');
  expect(room.isRefused('bob', 'set-severity', { severity: 'SEV-1' })).toMatchObject({
    refused: 'commander-only',
    facts: { commander: { person: 'ann' } },
  });
  room.does('ann', 'set-severity', { severity: 'SEV-3' });
  expect(room.incident.severity).toMatchObject({ severity: 'SEV-3', assumed: false, by: 'ann' });
  expect(lines(room)).not.toContain('decide-severity');
});

test('[IMP-2] answers that come later propose anew, but only what is different', () => {
  const room = commander();
  room.does('bob', 'assess-impact', { frequency: 'sometimes', retries: 'succeed', scope: 'everybody' });
  room.does('ann', 'set-severity', { severity: 'SEV-3' });
  room.fastForward('1m');
  room.does('bob', 'assess-impact', { reproduced: 'yes' });
  expect(lines(room)).not.toContain('decide-severity');
  room.does('bob', 'assess-impact', { frequency: 'every-time' });
  expect(room.prompt('decide-severity').facts).toEqual({ severity: { severity: 'SEV-2' } });
});
