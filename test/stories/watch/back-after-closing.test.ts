// Back after closing: within a day it is offered as a reopening or as a linked incident.
import { expect, test } from '@jest/globals';
import { effectsOf } from '../../../src/core/effects.ts';
import {
  activity,
  commanded,
  done,
  HOUR,
  lines,
  MINUTE,
  mitigation,
  patient,
  queued,
  running,
  underWay,
} from '../../support/commanded-room.ts';
import { Room, SETTINGS, TUESDAY_AFTERNOON, TUESDAY_NIGHT } from '../../support/room.ts';

const lately = [{ id: 'INC-7', at: TUESDAY_AFTERNOON - HOUR, service: 'payments', key: 'alert-1' }];

function closed(): Room {
  const room = commanded('SEV-2', { settings: patient(SETTINGS), declared: { service: 'payments' } });
  done(room, 'bob');
  room.does('ann', 'judge-mitigation', { activity: 1, verdict: 'fixed' });
  room.does('ann', 'mitigated');
  room.fastForward('15m');
  room.does('ann', 'close');
  return room;
}

test.each([
  ['the service', { service: 'payments' }],
  ['the key of an alert', { key: 'alert-1' }],
])('[WAT-3] declared with %s of one closed lately, it is offered as that one come back', (_, fields) => {
  const room = new Room('Checkout fails', { settings: SETTINGS, closed: lately, declared: fields }).joins('bob');
  room.does('bob', 'take-command');
  expect(room.prompt('seen-before')).toMatchObject({ to: 'bob', facts: { incident: 'INC-7' } });
  expect(room.prompt('seen-before').buttons).toMatchObject([
    { command: 'merge-into', fields: { into: 'INC-7' } },
    { command: 'link', fields: { to: 'INC-7' } },
    { command: 'dismiss' },
  ]);
});

test('[WAT-3] named later, the service tells as well; one closed since does not', () => {
  const room = new Room('Checkout fails', { settings: SETTINGS, closed: lately }).joins('bob');
  room.does('bob', 'take-command');
  expect(lines(room)).not.toContain('seen-before');
  room.does('bob', 'name-service', { service: 'payments' });
  expect(room.prompt('seen-before').facts).toEqual({ incident: 'INC-7' });

  const parallel = new Room('Checkout fails', {
    settings: SETTINGS,
    closed: [{ id: 'INC-8', at: TUESDAY_AFTERNOON + MINUTE, service: 'payments' }],
  }).joins('bob');
  parallel.does('bob', 'take-command');
  parallel.fastForward('2m');
  parallel.does('bob', 'name-service', { service: 'payments' });
  expect(lines(parallel)).not.toContain('seen-before');
});

test('[WAT-3] merged, this one ends in that one, which is told to reopen', () => {
  const room = new Room('Checkout fails', { settings: SETTINGS, closed: lately, declared: { service: 'payments' } });
  room.joins('bob').does('bob', 'take-command');
  room.presses('bob', 'seen-before', 'merge-into');
  expect(room.incident).toMatchObject({ phase: 'closed', mergedInto: 'INC-7' });
  expect(room.effects.filter(({ type }) => type === 'order')).toMatchObject([
    { order: { command: 'reopen', incident: 'INC-7', by: 'bob', fields: { reason: 'INC-1: Checkout fails' } } },
  ]);
  const [merged] = room.happened('incident-merged');
  const derive = () => (merged ? effectsOf(merged, room.incident, room.world) : []);
  expect(derive()).toEqual(derive());
});

test('[WAT-3] [WAT-1] merging ends this one, so it is the commander’s where there is one', () => {
  const room = new Room('Checkout fails', { settings: SETTINGS, closed: lately, declared: { service: 'payments' } });
  room.joins('bob', 'cat').does('bob', 'take-command');
  expect(room.isRefused('cat', 'merge-into', { into: 'INC-7' })).toMatchObject({
    refused: 'commander-only',
    next: [{ command: 'link', fields: { to: 'INC-7' } }, { command: 'ask-for-command' }],
  });
  room.does('bob', 'release-command');
  room.does('cat', 'merge-into', { into: 'INC-7' });
  expect(room.incident.phase).toBe('closed');
});

test('[WAT-3] who may not reopen does not merge either, and is offered to link; a merge that was let through reopens', () => {
  const settings = { ...patient(SETTINGS), permissions: { reopen: ['ann'] } };
  const room = new Room('Checkout fails', { settings, closed: lately, declared: { service: 'payments' } }).joins('bob');
  expect(room.isRefused('bob', 'merge-into', { into: 'INC-7' })).toMatchObject({
    refused: 'not-permitted',
    facts: { command: { word: 'command.reopen' }, people: { people: ['ann'] } },
    next: [
      { command: 'link', fields: { to: 'INC-7' } },
      { command: 'page', fields: { person: 'ann' } },
    ],
  });
  expect(room.incident.phase).toBe('open');
  room.does('ann', 'merge-into', { into: 'INC-7' });
  expect(room.incident.mergedInto).toBe('INC-7');

  // The settings may have changed between the merge and the order that follows from it.
  const other = closed();
  other.world = { ...other.world, settings };
  expect(other.isRefused('bob', 'reopen', { reason: 'Again' }).refused).toBe('not-permitted');
  expect(other.tries('bob', 'reopen', { reason: 'INC-2: Checkout fails' }, { via: 'baton' })).toHaveProperty('events');
  expect(other.incident.phase).toBe('open');
});

test('[WAT-3] only what was closed lately is merged into; anything else may be linked', () => {
  const room = new Room('Checkout fails', { settings: SETTINGS, closed: lately });
  for (const into of ['INC-1', 'INC-99', 'the other one']) {
    expect(room.isRefused('ann', 'merge-into', { into })).toMatchObject({
      refused: 'merge-into-what',
      next: [{ command: 'link', fields: { to: into } }, { command: 'merge-into' }],
    });
  }
  room.does('ann', 'link', { to: 'inc-99' });
  expect(room.incident.links).toEqual(['INC-99']);
  expect(room.does('ann', 'link', { to: 'INC-99' })).toEqual([]);
  for (const to of ['INC-1', 'INC-0', 'INC-007', '7'])
    expect(room.isRefused('ann', 'link', { to }).refused).toBe('link-to-what');
});

test('[WAT-3] linked or called another matter, the question is gone', () => {
  for (const label of ['link', 'not-the-same']) {
    const room = new Room('Checkout fails', { settings: SETTINGS, closed: lately, declared: { service: 'payments' } });
    room.joins('bob').does('bob', 'take-command');
    room.presses('bob', 'seen-before', label);
    expect(lines(room)).not.toContain('seen-before');
    expect(room.incident.phase).toBe('open');
  }
});

test('[WAT-3] reopened within a day by anybody, its history goes on and its fix did not hold', () => {
  const room = closed();
  room.fastForward('23h59m');
  room.does('eve', 'reopen', { reason: 'Payments fail again' });
  expect(room.incident).toMatchObject({ phase: 'open', recurred: [{ what: 'Payments fail again' }] });
  expect(room.incident.closedAt).toBeUndefined();
  expect(mitigation(room, 1)).toMatchObject({ ended: false, didNotHold: true });
});

test('[WAT-3] [CALL-1] reopened it begins as any other: with pages, then people, then a commander', () => {
  const room = closed();
  room.fastForward('6h');
  const pages = room.pages.length;
  room.does('eve', 'reopen', { reason: 'Payments fail again' });
  expect(room.incident.command.commander).toBeUndefined();
  expect(room.pages.slice(pages).map(({ person }) => person)).toEqual(['ann', 'cat']);
  expect(lines(room)).toContain('join-the-call');
  expect(lines(room)).not.toContain('lull-proposals');
  room.joins('bob');
  room.does('bob', 'take-command');
  expect(room.incident.command.shifts.at(-1)).toMatchObject({ person: 'bob', from: room.now });
  expect(room.prompt('call-back').facts.people).toEqual({ people: ['cat', 'dan', 'eve'] });
  room.fastForward('20m');
  expect(room.happened('round-opened')).toHaveLength(1);
});

/** Closed with work that nobody ended, and reopened in the night by Dan, who takes command. */
function reopened(): Room {
  const room = commanded('SEV-2', { settings: patient(SETTINGS), declared: { service: 'payments' } });
  underWay(room, 'cat', 'Find the cause', { due: '20m' });
  running(room, 'bob', 'Restart the pool');
  room.does('ann', 'mitigated');
  room.fastForward('15m');
  room.does('ann', 'close');
  room.fastForward('6h');
  room.does('dan', 'reopen', { reason: 'Payments fail again' });
  room.joins('dan');
  room.does('dan', 'take-command');
  return room;
}

test('[WAT-3] [DO-2] [DO-3] what those had who went home is not being done: nobody is asked for it there, and a lull is noticed', () => {
  const room = reopened();
  const { at } = room.incident.recurred[0] ?? { at: 0 };
  room.fastForward(room.now + room.world.settings.lull.after);
  expect(room.happened('lull-began')).toMatchObject([{ at: room.now, since: at }]);
  room.fastForward('30m');
  expect(room.pings.filter((ping) => ping.at >= at).flatMap(({ to }) => to)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/bob|cat/)]),
  );
  expect(room.happened('estimate-asked').filter((event) => event.at >= at)).toEqual([]);
});

test('[WAT-3] [DO-2] whoever comes back goes on with what they had, or it is given to somebody else', () => {
  const room = reopened();
  expect(room.prompt('unclaimed').facts).toMatchObject({ owner: { person: 'cat' } });
  room.joins('cat');
  room.does('cat', 'acknowledge', { activity: 1 });
  expect(activity(room, 1).status).toBe('under-way');
  room.does('dan', 'give', { activity: 2, to: 'cat' });
  expect(lines(room)).not.toContain('unclaimed');
});

test('[WAT-3] [MIT-1] last night’s mitigation holds the slot no longer than the commander wants', () => {
  const room = reopened();
  const next = queued(room, 'eve', 'Roll back');
  const refusal = room.isRefused('dan', 'start-mitigation', { activity: next });
  expect(refusal).toMatchObject({ refused: 'mitigation-running', facts: { activity: { activity: 2 } } });
  expect(refusal.next).toEqual([
    { command: 'give', fields: { activity: 2 } },
    { command: 'cancel', fields: { activity: 2 } },
    { command: 'focus' },
  ]);
  room.does('dan', 'cancel', { activity: 2 });
  room.does('dan', 'start-mitigation', { activity: next });
  expect(mitigation(room, next).stage).toBe('running');
});

test('[WAT-3] after a day it is too late; a merge decided in time still counts', () => {
  const room = closed();
  room.fastForward('24h1s');
  expect(room.isRefused('eve', 'reopen', { reason: 'Again' })).toMatchObject({
    refused: 'too-late-to-reopen',
    next: [{ command: 'declare' }],
  });
  expect(room.incident.phase).toBe('closed');
  room.tries('eve', 'reopen', { reason: 'INC-9' }, { via: 'baton' });
  expect(room.incident.phase).toBe('open');
});

test('[WAT-3] only what is closed is reopened', () => {
  expect(commanded().isRefused('eve', 'reopen', { reason: 'Again' }).refused).toBe('when-open');
});

test('[WAT-3] [ROT-4] closed while it stood down, it comes back at the severity it had before', () => {
  const room = commanded('SEV-2', { at: TUESDAY_NIGHT });
  room.does('ann', 'stand-down', { until: '8h' });
  room.does('ann', 'close', { reason: 'It has stopped' });
  expect(room.incident.severity.severity).toBe('SEV-3');
  room.does('eve', 'reopen', { reason: 'Again' });
  expect(room.incident.severity).toMatchObject({ severity: 'SEV-2', assumed: false });
});
