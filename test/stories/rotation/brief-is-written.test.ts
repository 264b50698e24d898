// The brief of a hand-over is written by Baton: what the incoming commander must know before saying yes.
import { expect, test } from '@jest/globals';
import { briefCard, briefText } from '../../../src/cards/brief.ts';
import { commanded, done, queued, underWay } from '../../support/commanded-room.ts';
import { buttonsOf, wordsOf } from '../../support/reading.ts';
import type { Room } from '../../support/room.ts';

const brief = (room: Room) => briefCard(room.incident, room.world, wordsOf(room));

function handedOver(): Room {
  const room = commanded('SEV-2');
  done(room, 'bob', 'Roll back 4.2');
  room.does('ann', 'judge-mitigation', { activity: 1, verdict: 'no-effect' });
  done(room, 'bob', 'Restart the pool');
  room.fastForward('3m');
  underWay(room, 'cat', 'Read the ledger’s logs', { due: '40m' });
  queued(room, 'dan', 'Fail over');
  room.does('eve', 'park', { topic: 'Why did the alert come so late?' });
  room.does('ann', 'restate-impact', { trend: 'worse' });
  room.does('ann', 'hand-over', { to: 'eve' });
  return room;
}

test('[ROT-2] impact and severity, what was tried and judged, what is in progress and queued, what is pending, the next round', () => {
  const text = briefText(brief(handedOver()));
  for (const said of [
    'SEV-2',
    'Some payments fail',
    'worse',
    'Roll back 4.2',
    'no effect',
    'Restart the pool',
    'Read the ledger’s logs',
    'Cat Carter',
    '14:43',
    'Fail over',
    'Why did the alert come so late?',
    '14:20',
  ]) {
    expect(text).toContain(said);
  }
});

test('[ROT-2] with it stands the way to accept, and to decline', () => {
  expect(buttonsOf(brief(handedOver())).map(({ command }) => command)).toEqual([
    'accept-hand-over',
    'decline-hand-over',
  ]);
});

test('[ROT-2] [WAT-3] what did not hold is not passed on as a fix', () => {
  const room = commanded();
  done(room, 'bob', 'Roll back 4.2');
  room.does('ann', 'judge-mitigation', { activity: 1, verdict: 'fixed' });
  room.does('ann', 'mitigated');
  room.does('bob', 'recurred', { what: 'Again' });
  room.does('ann', 'hand-over', { to: 'eve' });
  expect(briefText(brief(room))).toMatch(/Roll back 4\.2.*did not hold/);
});
