// What several surfaces report of one effect is kept side by side: none of them repeats another.
import { expect, test } from '@jest/globals';
import { decide } from '../../src/core/decide.ts';
import type { Intake } from '../../src/core/ports.ts';
import { reporter } from '../../src/desk/report.ts';
import { Room } from '../support/room.ts';

test('a room on each surface is known, and the same report twice counts once', async () => {
  const room = new Room('Checkout fails');
  let { incident } = room;
  const happened: string[] = [];
  const handle: Intake['handle'] = async (order) => {
    const decision = decide(incident, order, room.world, room.now);
    if ('incident' in decision) {
      incident = decision.incident;
      happened.push(...decision.events.map(({ type }) => type));
    }
    return { incident, events: [] };
  };
  for (const surface of ['console', 'teams', 'discord', 'teams']) {
    await reporter({ handle }, surface)('INC-1/1/0', 'report-room', incident.id, { room: `${surface}-room` });
  }
  expect(Object.keys(incident.rooms).sort()).toEqual(['console', 'discord', 'teams']);
  expect(happened.filter((type) => type === 'room-opened')).toHaveLength(3);
});
