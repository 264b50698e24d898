// What Teams remembers of an incident, by one instance or by several at once.
import { beforeEach, expect, test } from '@jest/globals';
import { createCabinet, type Room } from '../../../src/adapters/teams/papers.ts';

const ROOM: Room = { service: 'https://x', conversation: '19:x', kind: 'groupChat', card: 'card-1', painted: 1 };

let kept: Record<string, string>;
let readings: number;
const store = {
  async recall() {
    readings += 1;
    return { ...kept };
  },
  async remember(_id: string, _outlet: string, key: string, value: string | undefined) {
    await new Promise(setImmediate);
    if (value === undefined) delete kept[key];
    else kept[key] = value;
  },
};
const listed = async () => [{ id: 'INC-1', phase: 'open' } as const];
const known = () => JSON.parse(kept.room ?? '{}') as Room;
const loses = (room?: Room) => room && { ...room, lost: 'Baton was removed' };
const shows = (version: number) => (room?: Room) => room && { ...room, painted: version };

beforeEach(() => {
  kept = {};
  readings = 0;
});

test('who is alone on the store reads an incident once, whatever is asked and noted', async () => {
  const cabinet = createCabinet(store);
  await cabinet.room('INC-1', () => ROOM);
  for (let version = 2; version < 5; version += 1) {
    await cabinet.room('INC-1', shows(version));
    await cabinet.of('INC-1');
    expect(await cabinet.in('19:x')).toEqual(['INC-1']);
    expect(await cabinet.isCard('INC-1', '19:x', 'of-another-message')).toBe(false);
  }
  expect([known().painted, readings]).toEqual([4, 1]);
});

test('of two things that are noted of a room at once neither undoes the other', async () => {
  for (const cabinet of [createCabinet(store), createCabinet(store, listed)]) {
    await cabinet.room('INC-1', () => ROOM);
    await Promise.all([cabinet.room('INC-1', loses), cabinet.room('INC-1', shows(2))]);
    expect(known()).toEqual({ ...ROOM, lost: 'Baton was removed', painted: 2 });
  }
});

test('what one instance notes of a room leaves standing what another has noted since the first looked', async () => {
  const [one, other] = [createCabinet(store, listed), createCabinet(store, listed)];
  await one.room('INC-1', () => ROOM);
  await one.of('INC-1');
  await other.room('INC-1', loses);
  expect(await one.room('INC-1', shows(2))).toBe(true);
  expect(known()).toEqual({ ...ROOM, lost: 'Baton was removed', painted: 2 });
});

test('a card that this instance knows is known without the store, one of another instance by a look at it', async () => {
  const [one, other] = [createCabinet(store, listed), createCabinet(store, listed)];
  await one.room('INC-1', () => ROOM);
  await other.of('INC-1');
  const before = readings;
  expect(await other.isCard('INC-1', '19:x', 'card-1')).toBe(true);
  expect(readings).toBe(before);
  await one.sheet('INC-1', { service: 'https://x', conversation: 'a:ann', card: 'card-2', painted: 1 });
  expect(await other.isCard('INC-1', 'a:ann', 'card-2')).toBe(true);
});
