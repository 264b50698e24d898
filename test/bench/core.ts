/** How fast the core decides: orders in a busy incident, with all that follows from them. */
import { decide } from '../../src/core/decide.ts';
import { Room, SETTINGS } from '../support/room.ts';
import { median, type Result } from './result.ts';

/** Runs before anything is measured, so that the engine has compiled what it will. */
const WARM_UP = 20_000;
const ROUNDS = 7;
const PER_ROUND = 20_000;

/** Times a call: calls per second, the median of several rounds. */
function perSecond(call: (n: number) => void): number {
  for (let n = 0; n < WARM_UP; n += 1) call(n);
  const rates = Array.from({ length: ROUNDS }, () => {
    const start = process.hrtime.bigint();
    for (let n = 0; n < PER_ROUND; n += 1) call(n);
    return (PER_ROUND * 1e9) / Number(process.hrtime.bigint() - start);
  });
  return median(rates);
}

/** A busy incident, run until it has `events` events. */
export function busyRoom(events: number): Room {
  const room = new Room('Checkout fails', { settings: SETTINGS, declared: { service: 'payments' } });
  room.joins('ann', 'bob', 'cat', 'dan');
  room.does('ann', 'take-command');
  room.does('ann', 'assess-impact', {
    sees: 'Nobody can pay',
    scope: 'everybody',
    frequency: 'every-time',
    retries: 'fail',
  });
  room.does('ann', 'set-severity', { severity: 'SEV-2' });
  for (let n = 1; room.events.length < events; n += 1) {
    const owner = ['bob', 'cat', 'dan'][n % 3] ?? 'bob';
    room.does('ann', 'delegate', { owner, what: `Look at shard ${n}`, due: '30m' });
    room.does(owner, 'acknowledge', { activity: n });
    room.does(owner, 'report', { activity: n, text: 'Nothing yet' });
    if (n % 4 !== 0) room.does(owner, 'finish', { activity: n });
    room.fastForward('1m');
  }
  return room;
}

export async function measure(): Promise<Result[]> {
  const room = busyRoom(300);
  const order = (n: number, command: string, by: string, fields: Record<string, unknown>) => ({
    id: `bench-${n}`,
    command,
    by,
    fields,
    via: 'bench',
    incident: 'INC-1',
  });
  const note = (n: number) =>
    void decide(room.incident, order(n, 'note', 'bob', { text: 'Seen' }), room.world, room.now);
  const delegation = (n: number) =>
    void decide(room.incident, order(n, 'delegate', 'ann', { owner: 'cat', what: 'Look' }), room.world, room.now);
  const refusal = (n: number) =>
    void decide(room.incident, order(n, 'delegate', 'ann', { owner: 'ann', what: 'Look' }), room.world, room.now);
  return [
    {
      name: `a note, decided and followed through, at ${room.events.length} events`,
      value: perSecond(note),
      unit: '/s',
    },
    { name: 'a delegation, decided and followed through', value: perSecond(delegation), unit: '/s' },
    { name: 'a refusal', value: perSecond(refusal), unit: '/s' },
  ];
}
