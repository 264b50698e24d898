// Where no surface can open a call, the house's bridge or a pasted link is the call.
import { expect, test } from '@jest/globals';
import { DEFAULTS } from '../../../src/core/settings.ts';
import { Room } from '../../support/room.ts';

const buttons = (room: Room) => room.prompts[0]?.buttons.map(({ command }) => command);

test('[CALL-1] a call that could not be opened is said, and anybody may paste a link', () => {
  const room = new Room();
  room.tries('ann', 'report-call', { reason: 'no permission' });
  expect(room.incident.callFailed).toBe('no permission');
  expect(room.effects.filter(({ type }) => type === 'announce')).toContainEqual(
    expect.objectContaining({ event: expect.objectContaining({ type: 'call-failed' }) }),
  );
  expect(buttons(room)).toContain('set-call');
  expect(room.isRefused('dan', 'set-call', { link: 'javascript:alert(1)' })).toMatchObject({
    refused: 'link-wrong',
    next: [{ command: 'set-call' }],
  });
  room.does('dan', 'set-call', { link: 'https://meet.example.com/1' });
  expect(room.incident).toMatchObject({ call: { link: 'https://meet.example.com/1' } });
  expect(room.incident.callFailed).toBeUndefined();
  expect(buttons(room)).not.toContain('set-call');
  expect(room.does('dan', 'set-call', { link: 'https://meet.example.com/1' })).toEqual([]);
});

test('[CALL-1] a standing bridge is the call from the first moment', () => {
  const settings = { ...DEFAULTS, call: { link: 'tel:+15550199' } };
  const room = new Room('Checkout fails', { settings });
  expect(room.incident.call).toEqual({ link: 'tel:+15550199', at: room.now });
});

test('[CALL-1] a room that could not be opened stops nothing', () => {
  const room = new Room();
  room.does('ann', 'report-room', { reason: 'no permission' });
  expect(room.incident.roomsFailed).toEqual({ test: 'no permission' });
  room.joins('ann');
  room.does('ann', 'take-command');
  expect(room.line).toBe('impact-sees');
  expect(room.does('ann', 'report-room', { room: '17', link: 'https://chat.example.com/17' })).toHaveLength(1);
  expect(room.does('ann', 'report-room', { room: '17' })).toEqual([]);
});
