// What the counts take for lost or doubled: an order that was answered and is not there as it was answered.
import { expect, test } from '@jest/globals';
import type { Recorded } from '../../src/core/events.ts';
import { countOrders } from './count.ts';
import type { Acknowledged } from './crowd.ts';
import type { Ledger } from './ledger.ts';

const ring = (seq: number, order?: string) => ({ type: 'lull-began', since: 1, seq, at: seq, by: 'baton', order });
const joined = (seq: number, order: string) => ({
  type: 'call-joined',
  person: 'anna',
  seq,
  at: seq,
  by: 'anna',
  order,
});

function counted(asked: Partial<Acknowledged>, events: readonly object[]) {
  const order: Acknowledged = {
    order: 'anna-1',
    incident: 'INC-1',
    command: 'join-call',
    done: true,
    repeated: false,
    version: 2,
    tries: 1,
    ...asked,
  };
  const promised = { orders: [order], alerts: [], people: new Map(), incidents: [], strange: [] };
  const incidents = [{ id: 'INC-1', version: events.length, events: events as Recorded[] }];
  return countOrders(promised, { incidents, people: new Map() } as unknown as Ledger);
}

test('an order that is there as it was answered is neither', () => {
  expect(counted({}, [ring(1), joined(2, 'anna-1')])).toEqual({ lost: [], doubled: [] });
  expect(counted({}, [ring(1), ring(2)])).toEqual({ lost: [], doubled: [] });
});

test('one that happened at another version than was answered is lost', () => {
  expect(counted({ tries: 2 }, [ring(1), ring(2), joined(3, 'anna-1')]).lost).toHaveLength(1);
  expect(counted({}, [ring(1), ring(2), ring(3, 'anna-1')]).lost).toHaveLength(1);
});

test('one that changed nothing, of which a copy came later and changed nothing either, is neither', () => {
  expect(counted({ tries: 2 }, [ring(1), ring(2), ring(3, 'anna-1')])).toEqual({ lost: [], doubled: [] });
  expect(counted({ tries: 2, command: 'note' }, [ring(1), ring(2), ring(3, 'anna-1')]).lost).toHaveLength(1);
});

test('one that is gone is lost, and one that is there twice is doubled', () => {
  expect(counted({ command: 'note' }, [ring(1), ring(2)]).lost).toHaveLength(1);
  expect(counted({ version: 9 }, [ring(1), ring(2)]).lost).toHaveLength(1);
  expect(counted({ version: 1 }, [joined(1, 'anna-1'), ring(2), joined(3, 'anna-1')]).doubled).toHaveLength(1);
});
