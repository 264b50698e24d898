// Nothing is delegated until its owner has said that they have it.
import { expect, test } from '@jest/globals';
import { activity, commanded, lines, MINUTE, pinged, restart, underWay } from '../../support/commanded-room.ts';

function asked() {
  const room = commanded();
  underWay(room, 'dan', 'Keep the log');
  room.does('ann', 'delegate', { owner: 'bob', what: 'Read the logs' });
  return room;
}

test('[DO-2] after 1 min its owner is called out by name, after 3 min the commander is asked to give it away', () => {
  const room = asked();
  room.fastForward('59s');
  expect(room.happened('owner-called-out')).toEqual([]);
  room.fastForward('1s');
  expect(room.happened('owner-called-out')).toMatchObject([{ activity: 2, owner: 'bob' }]);
  expect(lines(room)).not.toContain('unclaimed');
  room.fastForward('2m');
  expect(room.happened('activity-unclaimed')).toMatchObject([{ activity: 2, owner: 'bob' }]);
  expect(room.line).toBe('unclaimed');
  expect(room.prompt('unclaimed')).toMatchObject({ to: 'ann', rank: 'people', facts: { owner: { person: 'bob' } } });
});

test('[DO-2] the owner is pinged when asked and when called out, the commander once, nobody again', () => {
  const room = asked();
  room.fastForward('30m');
  expect(pinged(room, 'acknowledge:2')).toEqual([
    { to: ['bob'], after: 0 },
    { to: ['bob'], after: MINUTE },
  ]);
  expect(pinged(room, 'unclaimed:2')).toEqual([{ to: ['ann'], after: 3 * MINUTE }]);
});

test('[DO-2] acknowledged in time, nobody is called out', () => {
  const room = asked();
  room.fastForward('59s');
  room.presses('bob', 'acknowledge', 'acknowledge');
  room.fastForward('9m');
  expect(room.happened('owner-called-out')).toEqual([]);
  expect(room.happened('activity-unclaimed')).toEqual([]);
});

test.each([
  ['gives it a time', 'give-estimate', { due: '10m' }],
  ['says what it waits for', 'wait-for', { thing: 'Access to the database' }],
])(
  '[DO-2] [UPD-3] an owner who %s has taken it on: nobody is called out, and there is no lull',
  (_, command, fields) => {
    const room = commanded();
    room.does('ann', 'delegate', { owner: 'bob', what: 'Read the logs', due: '30m' });
    room.fastForward('20s');
    room.does('bob', command, fields);
    expect(room.happened('activity-acknowledged')).toMatchObject([{ activity: 1, owner: 'bob', at: room.now }]);
    room.fastForward('9m');
    for (const type of ['owner-called-out', 'activity-unclaimed', 'lull-began'] as const) {
      expect(room.happened(type)).toEqual([]);
    }
  },
);

test('[DO-2] a time that the commander writes down is not the owner’s word', () => {
  const room = asked();
  room.does('ann', 'give-estimate', { activity: 2, due: '10m' });
  room.fastForward('1m');
  expect(room.happened('owner-called-out')).toMatchObject([{ activity: 2, owner: 'bob' }]);
});

test('[DO-2] acknowledged late it is done all the same, and the commander’s line is gone', () => {
  const room = asked();
  room.fastForward('4m');
  room.does('bob', 'acknowledge', { activity: 2 });
  expect(lines(room)).not.toContain('unclaimed');
  expect(activity(room, 2).status).toBe('under-way');
});

test('[DO-2] only acknowledged work counts as being done', () => {
  const room = commanded();
  room.does('ann', 'delegate', { owner: 'bob', what: 'Read the logs' });
  room.fastForward('2m');
  expect(room.happened('lull-began')).toHaveLength(1);
  room.does('bob', 'acknowledge');
  expect(room.incident.lulls).toMatchObject([{ to: room.now }]);
});

test('[DO-2] declined, the commander is asked at once, with the reason', () => {
  const room = asked();
  room.does('bob', 'decline', { activity: 2, reason: 'No access' });
  expect(room.prompt('declined')).toMatchObject({ to: 'ann', facts: { reason: 'No access' } });
  expect(pinged(room, 'unclaimed:2')).toEqual([{ to: ['ann'], after: 0 }]);
  room.fastForward('5m');
  expect(room.happened('owner-called-out')).toEqual([]);
  expect(room.promptsTo('bob')).toEqual([]);
});

test('[DO-2] work taken on is given back in the same way, and no longer counts', () => {
  const room = commanded();
  const id = underWay(room, 'bob');
  room.does('bob', 'decline', { activity: id, reason: 'I must go' });
  expect(activity(room, id).status).toBe('offered');
  room.fastForward('2m');
  expect(room.happened('lull-began')).toHaveLength(1);
});

test('[DO-2] given to somebody else, the time begins anew and the first owner is left alone', () => {
  const room = asked();
  room.fastForward('2m');
  room.does('ann', 'give', { activity: 2, to: 'cat' });
  room.fastForward('1m');
  expect(room.happened('owner-called-out').map(({ owner }) => owner)).toEqual(['bob', 'cat']);
  expect(room.happened('activity-unclaimed')).toEqual([]);
  room.fastForward('2m');
  expect(room.happened('activity-unclaimed')).toMatchObject([{ owner: 'cat' }]);
});

test('[DO-2] reporting on it, giving a time for it or finishing it acknowledges it', () => {
  for (const [command, fields] of [
    ['report', { text: 'Found something' }],
    ['finish', {}],
  ] as const) {
    const room = asked();
    room.does('bob', command, { activity: 2, ...fields });
    expect(room.happened('activity-acknowledged').at(-1)).toMatchObject({ activity: 2, owner: 'bob' });
  }
});

test('[DO-2] an owner may put the question off, but not hide from the commander', () => {
  const room = asked();
  const [question] = room.promptsTo('bob');
  room.does('bob', 'snooze', { prompt: question?.key, for: '30m' });
  room.fastForward('2m');
  expect(room.happened('owner-called-out')).toEqual([]);
  room.fastForward('1m');
  expect(room.line).toBe('unclaimed');
  room.fastForward('1h');
  expect(room.happened('owner-called-out')).toEqual([]);
});

test('[DO-2] nobody acknowledges for somebody else', () => {
  const room = asked();
  expect(room.isRefused('cat', 'acknowledge', { activity: 2 })).toMatchObject({
    refused: 'not-yours',
    facts: { owner: { person: 'bob' } },
  });
});

test('[DO-2] without a commander the room is asked to give it away', () => {
  const room = asked();
  room.does('ann', 'release-command');
  room.fastForward('3m');
  expect(room.prompt('unclaimed')).toMatchObject({ to: 'room' });
});

test('[DO-2] rings that come late, twice or after a restart tell each fact once', () => {
  const room = asked();
  room.now += 10 * MINUTE;
  restart(room);
  room.rings();
  room.rings();
  restart(room);
  room.rings();
  expect(room.happened('owner-called-out')).toHaveLength(1);
  expect(room.happened('activity-unclaimed')).toHaveLength(1);
});
