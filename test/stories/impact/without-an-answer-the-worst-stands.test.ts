// Impact has 5 min; without an answer the worst that is still possible stands, marked as assumed.
import { expect, test } from '@jest/globals';
import { lines, patient } from '../../support/commanded-room.ts';
import { Room, type RoomOptions, SETTINGS } from '../../support/room.ts';

function commander(options: RoomOptions = {}): Room {
  const room = new Room('x', { settings: patient(SETTINGS), ...options }).joins('ann', 'bob');
  room.does('ann', 'take-command');
  return room;
}

test('[IMP-2] after 5 min without any answer the worst severity is assumed, and marked so', () => {
  const room = commander();
  room.fastForward('4m59s');
  expect(room.incident.severities).toHaveLength(1);
  room.fastForward('1s');
  expect(room.happened('severity-set')).toMatchObject([{ severity: 'SEV-1', assumed: true, by: 'baton' }]);
  expect(room.prompt('severity-assumed')).toMatchObject({ to: 'ann', facts: { severity: { severity: 'SEV-1' } } });
  expect(lines(room)).toContain('impact-sees');
});

test('[IMP-2] answers narrow what may be assumed', () => {
  const assumed = (answers: Record<string, string>) => {
    const room = commander();
    room.does('bob', 'assess-impact', answers);
    room.fastForward('5m');
    return room.incident.severity;
  };
  expect(assumed({ scope: 'subset' })).toMatchObject({ severity: 'SEV-2', assumed: true });
  expect(assumed({ frequency: 'sometimes', retries: 'succeed' })).toMatchObject({ severity: 'SEV-3', assumed: true });
  expect(assumed({ frequency: 'unknown', scope: 'everybody' })).toMatchObject({ severity: 'SEV-1', assumed: true });
  const whole = { frequency: 'every-time', retries: 'fail', scope: 'everybody' };
  expect(assumed(whole)).toMatchObject({ severity: 'SEV-1', assumed: true });
});

test('[IMP-2] what was declared worse is not taken back by silence', () => {
  const room = commander({ declared: { severity: 'SEV-1' } });
  room.does('bob', 'assess-impact', { frequency: 'sometimes', retries: 'succeed' });
  room.fastForward('5m');
  expect(room.incident.severity).toMatchObject({ severity: 'SEV-1', assumed: true });
});

test('[IMP-2] a decision in time is never overruled, and needs no reason; nor does confirming what is assumed', () => {
  const room = commander();
  room.does('ann', 'set-severity', { severity: 'SEV-3' });
  room.fastForward('10m');
  expect(room.incident.severity).toMatchObject({ severity: 'SEV-3', assumed: false });

  const late = commander();
  late.fastForward('5m');
  late.presses('ann', 'severity-assumed', 'set-severity-to');
  expect(late.incident.severity).toMatchObject({ severity: 'SEV-1', assumed: false, by: 'ann' });
  expect(lines(late)).not.toContain('severity-assumed');
});

test('[IMP-2] the 5 min begin when the question is put: with a commander, and people to hear it', () => {
  const room = new Room('x', { settings: patient(SETTINGS) });
  room.does('ann', 'take-command');
  room.fastForward('9m');
  room.joins('bob');
  room.fastForward('4m59s');
  expect(room.happened('severity-set')).toEqual([]);
  room.fastForward('1s');
  expect(room.happened('severity-set')).toHaveLength(1);
});

test('[IMP-2] the worst is assumed even if the commander is lost meanwhile, and only once', () => {
  const room = commander();
  room.does('ann', 'release-command');
  room.fastForward('5m');
  expect(room.incident.severity).toMatchObject({ severity: 'SEV-1', assumed: true });
  room.does('bob', 'take-command');
  room.fastForward('30m');
  expect(room.happened('severity-set')).toHaveLength(1);
});

test('[IMP-2] the time is a setting', () => {
  const room = commander({ settings: patient({ ...SETTINGS, impact: { timebox: 30_000 } }) });
  room.fastForward('30s');
  expect(room.incident.severity).toMatchObject({ severity: 'SEV-1', assumed: true });
});
