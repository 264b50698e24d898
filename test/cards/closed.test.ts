// Once an incident is closed nothing on any card is still wanted of anybody: no seat, no work, no clock, no decision.
import { describe, expect, test } from '@jest/globals';
import type { View } from '../../src/cards/buttons.ts';
import { commanderCard } from '../../src/cards/commander.ts';
import { viewCard } from '../../src/cards/views.ts';
import { clocksOf } from '../../src/core/clocks.ts';
import { commandNamed } from '../../src/core/commands/index.ts';
import { promptsOf } from '../../src/core/prompts.ts';
import { buttonsOf, rowsOf, wordsOf } from '../support/reading.ts';
import type { Room } from '../support/room.ts';
import { STAGES } from '../support/rooms.ts';

const ABOUT_IT: readonly View[] = ['status', 'seats', 'rounds', 'brief', 'checklist', 'messages'];

/** By whoever commands it, whatever stands open. */
function closed(tell: () => Room): Room {
  const room = tell();
  if (room.incident.phase === 'standing-down') room.tries('ann', 'stand-up');
  if (room.incident.command.commander === undefined) room.tries('ann', 'take-command');
  const by = room.incident.command.commander ?? 'ann';
  room.tries(by, 'mitigated');
  room.tries(by, 'close', { reason: 'over' });
  expect(room.incident.phase).toBe('closed');
  return room;
}

describe.each(Object.entries(STAGES))('%s, then closed', (_stage, tell) => {
  test('nothing is asked of anybody', () => {
    const { incident, world } = closed(tell);
    expect(promptsOf(incident, world)).toEqual([]);
    expect(clocksOf(incident, world)).toEqual([]);
  });

  test('no card wants anything', () => {
    const room = closed(tell);
    const { incident, world } = room;
    const words = wordsOf(room);
    const views = ABOUT_IT.map((name) => viewCard(name, { world, words, incident, listed: [], about: undefined }));
    for (const card of [commanderCard(incident, world, words, 'bob'), ...views]) {
      const pending = rowsOf(card).filter(({ value }) =>
        /expected by|watching what|offered to|not .* yet|paged/i.test(value),
      );
      expect([card.key, pending]).toEqual([card.key, []]);
      const impossible = buttonsOf(card)
        .map(({ command }) => commandNamed(command))
        .filter((command) => command && !command.opens && !command.during.includes('closed'));
      expect([card.key, impossible.map((command) => command?.name)]).toEqual([card.key, []]);
    }
  });
});
