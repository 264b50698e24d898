// Declaring asks for a title; room, call and pages go out before anybody is asked anything.
import { expect, test } from '@jest/globals';
import { PEOPLE, Room, SETTINGS } from '../../support/room.ts';

test('[CALL-1] a title is enough: room and call are opened and the first pages sent at once', () => {
  const room = new Room('Checkout fails', { settings: SETTINGS });
  expect(room.effects.map(({ type }) => type)).toEqual(expect.arrayContaining(['open-room', 'open-call', 'page']));
  expect(room.pages).toMatchObject([{ person: 'ann', wanted: 'Incident commander', at: room.now }]);
  expect(room.incident).toMatchObject({ title: 'Checkout fails', phase: 'open', severity: { severity: 'SEV-2' } });
});

test('[CALL-1] the room, the call and the pages go out before the first thing that is asked', () => {
  const room = new Room('Checkout fails', { settings: SETTINGS, declared: { service: 'payments' } });
  const types = room.effects.map(({ type }) => type);
  expect(types.indexOf('ping')).toBe(-1);
  expect(types.indexOf('open-room')).toBeLessThan(types.indexOf('page'));
  const paged = room.happened('person-paged').map(({ seq }) => seq);
  const [asked] = room.happened('prompts-changed');
  expect(Math.max(...paged)).toBeLessThan(asked?.seq ?? 0);
});

test('[CALL-1] without a title, or with one of blanks, nothing is declared and the form comes back', () => {
  for (const title of ['', '   ']) expect(() => new Room(title)).toThrow(/field-(missing|empty)/);
  expect(() => new Room('x'.repeat(201))).toThrow('field-too-long');
});

test('[CALL-1] a house without any configuration still gets a room and a call, and pages nobody', () => {
  const room = new Room('Checkout fails', { people: { ann: PEOPLE.ann ?? { id: 'ann', name: 'Ann' } } });
  expect(room.effects.map(({ type }) => type)).toEqual(expect.arrayContaining(['open-room', 'open-call']));
  expect(room.pages).toEqual([]);
  expect(room.line).toBe('join-the-call');
});
