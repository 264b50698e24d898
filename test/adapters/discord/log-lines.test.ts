// The room's log where what was said cannot be noted: nothing is said twice, and nothing is tried without a pause.
import { expect, test } from '@jest/globals';
import type { Desk } from '../../../src/adapters/discord/desk.ts';
import { createLogLines } from '../../../src/adapters/discord/log-lines.ts';
import { createCabinet } from '../../../src/adapters/discord/papers.ts';
import type { Rooms } from '../../../src/adapters/discord/rooms.ts';

test('a line that was said and cannot be noted is not said again', async () => {
  const posted: unknown[] = [];
  const waits: number[] = [];
  let broken = 3;
  const cabinet = createCabinet({
    recall: async () => ({}),
    async remember(_incident, _surface, key) {
      if (key !== 'logged' || broken === 0) return;
      broken -= 1;
      throw new Error('the store is out of order');
    },
  });
  const api = { post: async (_channel: string, { content }: { content?: string }) => posted.push(content) };
  const time = { wait: async (delay: number) => void waits.push(delay) };
  const log = { error() {}, warn() {}, info() {} };
  const rooms: Partial<Rooms> = {
    writable: async () => ({ text: '1' }) as never,
    unlessLost: (_id, work) => work(),
  };
  const lines = createLogLines({ api, cabinet, time, log } as unknown as Desk, rooms as Rooms);
  await lines.add('INC-1', 'INC-1/3/0', 'Ann has command.');
  await lines.settled();
  expect(posted).toEqual(['Ann has command.']);
  expect(waits.slice(0, 3)).toEqual([2_000, 4_000, 8_000]);
  expect((await cabinet.of('INC-1')).lines.size).toBe(0);
  expect((await cabinet.of('INC-1')).logged).toBe('INC-1/3/0');
});
