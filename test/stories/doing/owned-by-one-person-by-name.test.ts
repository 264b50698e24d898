// Work has one owner, by name, and a time by which the commander comes back to it.
import { expect, test } from '@jest/globals';
import { KINDS } from '../../../src/core/events.ts';
import { activity, commanded, MINUTE, underWay } from '../../support/commanded-room.ts';

test.each(['somebody', 'someone', 'Anyone', 'everybody', '@everyone', 'jemand'])(
  '[DO-1] work for "%s" is refused',
  (owner) => {
    const room = commanded();
    const refusal = room.isRefused('ann', 'delegate', { owner, what: 'Read the logs' });
    expect(refusal).toMatchObject({ refused: 'owner-by-name', next: [{ command: 'delegate' }] });
    expect(refusal.next[0].fields).toMatchObject({ what: 'Read the logs' });
    expect(room.incident.activities).toEqual([]);
  },
);

test('[DO-1] work for nobody is refused, and so is work for a stranger', () => {
  const room = commanded();
  expect(room.isRefused('ann', 'delegate', { what: 'Read the logs' }).refused).toBe('field-missing');
  expect(room.isRefused('ann', 'delegate', { owner: 'Zoe', what: 'Read the logs' }).refused).toBe('person-unknown');
});

test('[DO-1] a name that two people have is asked back, never guessed', () => {
  const people = { ...commanded().world.people, bo2: { id: 'bo2', name: 'Bob Bishop' } };
  const room = commanded('SEV-2', { people });
  expect(room.isRefused('ann', 'delegate', { owner: 'bob baker x', what: 'Look' }).refused).toBe('person-unknown');
  const twins = commanded('SEV-2', { people: { ...people, b3: { id: 'b3', name: 'Bob Bishop' } } });
  expect(twins.isRefused('ann', 'delegate', { owner: 'Bob Bishop', what: 'Look' })).toMatchObject({
    refused: 'person-ambiguous',
    facts: { people: { people: ['bo2', 'b3'] } },
  });
});

test('[DO-1] a first name is enough where only one person has it', () => {
  const room = commanded();
  room.does('ann', 'delegate', { owner: 'Cat', what: 'Read the logs' });
  expect(activity(room, 1).owner).toBe('cat');
});

test.each(KINDS)('[DO-1] %s gets a time to come back to it, whether or not one is named', (kind) => {
  const room = commanded();
  room.does('ann', 'delegate', { owner: 'bob', what: 'Something', kind });
  expect(activity(room, 1)).toMatchObject({ owner: 'bob', due: room.now + 10 * MINUTE });
  const other = commanded();
  other.does('ann', 'delegate', { owner: 'bob', what: 'Something', kind, due: '25m' });
  expect(activity(other, 1).due).toBe(other.now + 25 * MINUTE);
});

test('[DO-1] a mitigation from the queue gets its time when it starts', () => {
  const room = commanded();
  room.does('ann', 'propose-mitigation', { what: 'Roll back', owner: 'bob' });
  expect(activity(room, 1).due).toBeUndefined();
  room.fastForward('4m');
  room.does('ann', 'start-mitigation', { activity: 1, due: '15m' });
  expect(activity(room, 1).due).toBe(room.now + 15 * MINUTE);
});

test('[DO-1] there is one owner at every moment: given on, it is the new one’s alone', () => {
  const room = commanded();
  room.does('ann', 'delegate', { owner: 'bob', what: 'Read the logs' });
  room.does('ann', 'give', { activity: 1, to: 'cat' });
  expect(activity(room, 1)).toMatchObject({ owner: 'cat', before: ['bob'] });
  expect(room.isRefused('bob', 'acknowledge', { activity: 1 }).refused).toBe('not-yours');
});

test('[DO-1] [UPD-4] work that is given on after its time gets a new one: nobody is asked at once for what they have just taken', () => {
  const room = commanded();
  underWay(room, 'cat', 'Restore', { due: '10m' });
  room.fastForward('11m');
  room.does('ann', 'give', { activity: 1, to: 'bob' });
  expect(room.incident.activities[0]).toMatchObject({ owner: 'bob', due: room.now + 10 * MINUTE, overdue: false });
  room.does('bob', 'acknowledge', { activity: 1 });
  expect(room.happened('estimate-asked').filter(({ owner }) => owner === 'bob')).toEqual([]);
});

test('[DO-1] work that is given on in time keeps its time', () => {
  const room = commanded();
  underWay(room, 'cat', 'Restore', { due: '10m' });
  const due = room.now + 10 * MINUTE;
  room.fastForward('5m');
  room.does('ann', 'give', { activity: 1, to: 'bob' });
  expect(room.incident.activities[0]).toMatchObject({ owner: 'bob', due });
});
