// What a power cut may undo of what surfaces remember: how new a card is, and nothing else.
import { expect, test } from '@jest/globals';
import { isOnlyRedrawn } from '../../src/desk/redrawn.ts';

const room: { readonly room: string; readonly painted: number; readonly lost?: string } = { room: 'r1', painted: 3 };

test('a card that was drawn anew may be drawn again', () => {
  expect(isOnlyRedrawn(room, { ...room, painted: 4 })).toBe(true);
});

test('a new room, another one, and one that is lost or found again must be remembered', () => {
  expect(isOnlyRedrawn(undefined, room)).toBe(false);
  expect(isOnlyRedrawn(room, { ...room, room: 'r2', painted: 4 })).toBe(false);
  expect(isOnlyRedrawn(room, { ...room, lost: 'gone' })).toBe(false);
  expect(isOnlyRedrawn({ ...room, lost: 'gone' }, room)).toBe(false);
});
