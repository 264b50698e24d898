// Stood down, an incident sleeps: no lines, no rounds, no pings; at its time the named people are called back.
import { expect, test } from '@jest/globals';
import { promptsOf } from '../../../src/core/prompts.ts';
import {
  activity,
  commanded,
  done,
  HOUR,
  lines,
  patient,
  queued,
  restart,
  underWay,
} from '../../support/commanded-room.ts';
import { type Room, SETTINGS, TUESDAY_NIGHT } from '../../support/room.ts';

/** A long night's work, with something of everything going on. */
function busy(settings = patient(SETTINGS)): Room {
  const room = commanded('SEV-2', { at: TUESDAY_NIGHT, settings, declared: { service: 'payments' } });
  underWay(room, 'bob', 'Read the logs', { due: '5m' });
  room.does('ann', 'delegate', { owner: 'cat', what: 'Count failures' });
  queued(room, 'dan', 'Fail over');
  return room;
}

test('[ROT-4] it stands down until a time at the next milder severity, and the room is told who is called back', () => {
  const room = busy();
  room.does('ann', 'stand-down', { until: '07:00', people: ['ann', 'bob'] });
  expect(room.incident).toMatchObject({
    phase: 'standing-down',
    severity: { severity: 'SEV-3' },
    standDown: { until: TUESDAY_NIGHT + 8 * HOUR, people: ['ann', 'bob'], before: 'SEV-2' },
  });
  expect(room.effects.flatMap((effect) => (effect.type === 'announce' ? [effect.event.type] : []))).toContain(
    'stood-down',
  );
});

test('[ROT-4] nobody named: everybody on the call, and the commander', () => {
  const room = commanded('SEV-2', { at: TUESDAY_NIGHT });
  room.does('eve', 'leave-call');
  room.does('ann', 'stand-down', { until: '8h' });
  expect(room.incident.standDown?.people).toEqual(['ann', 'bob', 'cat', 'dan']);
});

test('[ROT-4] while it sleeps there is no line, no round, no ping, no page and no call-out', () => {
  const room = busy();
  room.fastForward('30s');
  room.does('ann', 'stand-down', { until: '8h', people: ['ann'] });
  const { events, effects } = room;
  const [before, said] = [events.length, effects.length];
  expect(promptsOf(room.incident, room.world)).toEqual([]);
  room.fastForward('7h59m');
  expect(events).toHaveLength(before);
  expect(effects).toHaveLength(said);
});

test('[ROT-4] at its time it wakes at the severity it had, and pages the named people and nobody else', () => {
  const room = busy();
  room.does('ann', 'stand-down', { until: '8h', people: ['ann', 'bob'] });
  const pages = room.pages.length;
  room.fastForward('8h');
  expect(room.incident).toMatchObject({ phase: 'open', severity: { severity: 'SEV-2' } });
  expect(room.happened('stood-up')).toMatchObject([{ early: false }]);
  expect(room.pages.slice(pages).map(({ person }) => person)).toEqual(['ann', 'bob']);
  expect(room.pages.at(-1)?.wanted).toBe('Incident commander');
  room.fastForward('4m');
  expect([...new Set(room.pages.slice(pages).map(({ person }) => person))]).toEqual(['ann', 'bob']);
});

test('[ROT-4] who is called back and does not answer is paged again, and the commander is told', () => {
  const room = busy();
  room.does('ann', 'stand-down', { until: '8h', people: ['ann', 'bob'] });
  room.fastForward('8h');
  room.joins('ann');
  const pages = room.pages.length;
  room.fastForward('5m');
  expect(room.pages.slice(pages).filter(({ person }) => person === 'bob').length).toBeGreaterThan(0);
  expect(lines(room)).toContain('person-missing');
});

test('[ROT-4] [ROT-3] who rests is let sleep, unless everybody named does', () => {
  const room = busy();
  room.does('ann', 'relieve', { person: 'bob', until: '10h' });
  room.does('ann', 'stand-down', { until: '8h', people: ['ann', 'bob'] });
  const pages = room.pages.length;
  room.fastForward('8h');
  expect(room.pages.slice(pages).map(({ person }) => person)).toEqual(['ann']);

  const all = busy();
  all.does('ann', 'relieve', { person: 'bob', until: '10h' });
  all.does('ann', 'stand-down', { until: '8h', people: ['bob'] });
  const before = all.pages.length;
  all.fastForward('8h');
  expect(all.pages.slice(before).map(({ person }) => person)).toEqual(['bob']);
});

test('[ROT-4] anybody wakes it early; one of the named resting does not stand in the way', () => {
  const room = busy();
  room.does('ann', 'relieve', { person: 'bob', until: '10h' });
  room.does('ann', 'stand-down', { until: '8h', people: ['ann', 'bob'] });
  room.fastForward('1h');
  room.joins('dan');
  room.does('dan', 'stand-up');
  expect(room.incident.phase).toBe('open');
  expect(room.happened('stood-up')).toMatchObject([{ early: true, by: 'dan' }]);
  expect(room.pages.at(-1)?.person).toBe('ann');
  room.fastForward('8h');
  expect(room.happened('stood-up')).toHaveLength(1);
});

test('[ROT-4] nobody is blamed for the time asleep', () => {
  const room = busy();
  room.fastForward('30s');
  room.does('ann', 'stand-down', { until: '8h', people: ['ann', 'bob', 'cat'] });
  room.fastForward('8h');
  const woken = room.events.length;
  const since = (type: string) => room.events.slice(woken).filter((event) => event.type === type);
  for (const type of ['owner-called-out', 'activity-unclaimed', 'estimate-asked', 'lull-began', 'shift-ending']) {
    expect(room.events.filter((event) => event.type === type && event.at >= room.now)).toEqual([]);
  }
  room.joins('ann', 'bob', 'cat');
  room.fastForward('1m');
  expect(since('owner-called-out')).toHaveLength(1);
  room.fastForward('2m');
  expect(since('activity-unclaimed')).toHaveLength(1);
  room.fastForward('2m');
  expect(since('estimate-asked')).toHaveLength(1);
});

test('[ROT-4] [DO-2] [DO-3] what somebody has who sleeps on is not being done, and nobody is asked for it at home', () => {
  const room = commanded('SEV-2', { at: TUESDAY_NIGHT, settings: patient(SETTINGS) });
  underWay(room, 'cat', 'Find the cause', { due: '20m' });
  room.does('ann', 'stand-down', { until: '8h', people: ['ann', 'bob'] });
  room.fastForward('8h');
  const woken = room.now;
  expect(activity(room, 1).status).toBe('offered');
  room.joins('ann', 'bob');
  room.fastForward(woken + room.world.settings.lull.after);
  expect(room.happened('lull-began')).toMatchObject([{ at: room.now, since: woken }]);
  room.fastForward('20m');
  expect(room.pings.filter(({ to, at }) => at >= woken && to.includes('cat'))).toEqual([]);
  expect(room.prompt('unclaimed').facts).toMatchObject({ owner: { person: 'cat' } });
});

test('[ROT-4] [DO-2] whoever is called back, or wakes it, goes on with what they had', () => {
  const room = commanded('SEV-2', { at: TUESDAY_NIGHT, settings: patient(SETTINGS) });
  for (const owner of ['bob', 'cat', 'dan', 'eve']) underWay(room, owner, 'Look', { due: '9h' });
  room.does('ann', 'stand-down', { until: '8h', people: ['ann', 'bob'] });
  room.fastForward('1h');
  room.joins('cat');
  room.does('dan', 'stand-up');
  expect(room.incident.activities.map(({ status }) => status)).toEqual([
    'under-way',
    'under-way',
    'under-way',
    'offered',
  ]);
});

test('[ROT-4] [ROT-1] the commander begins a new shift, and hours asleep are no hours', () => {
  const room = busy();
  room.fastForward('2h');
  room.does('ann', 'stand-down', { until: '8h', people: ['ann', 'bob'] });
  room.fastForward('8h');
  room.joins('ann', 'bob');
  expect(room.incident.command).toMatchObject({ commander: 'ann', since: room.now });
  expect(room.incident.command.shifts).toMatchObject([
    { person: 'ann', to: TUESDAY_NIGHT + 2 * HOUR },
    { person: 'ann', from: TUESDAY_NIGHT + 10 * HOUR },
  ]);
  room.fastForward('5h');
  expect(room.happened('relief-due')).toEqual([]);
});

test('[ROT-4] [UPD-4] the rhythm begins anew, whatever round was open or put off', () => {
  const room = busy();
  room.fastForward('19m');
  room.does('ann', 'snooze-round', { until: '2h', reason: 'Quiet' });
  room.does('ann', 'stand-down', { until: '8h' });
  room.fastForward('8h');
  room.joins('ann');
  room.fastForward('19m');
  expect(room.happened('round-opened')).toEqual([]);
  room.fastForward('1m');
  expect(room.happened('round-opened')).toMatchObject([{ round: 1, at: room.now }]);
});

test('[ROT-4] [MIT-2] a window that passed in the night is judged in the morning', () => {
  const room = commanded('SEV-2', { at: TUESDAY_NIGHT });
  const id = done(room, 'bob');
  room.does('ann', 'stand-down', { until: '8h' });
  room.fastForward('7h');
  expect(activity(room, id).mitigation?.stage).toBe('observing');
  room.fastForward('1h');
  expect(activity(room, id).mitigation?.stage).toBe('observed');
  expect(lines(room)).toContain('judge-mitigation');
});

test('[ROT-4] work is not done in its sleep: the refusal offers to wake it', () => {
  const room = busy();
  room.does('ann', 'stand-down', { until: '8h' });
  for (const [by, command, fields] of [
    ['bob', 'finish', { activity: 1 }],
    ['ann', 'delegate', { owner: 'bob', what: 'Look' }],
    ['ann', 'start-mitigation', { activity: 3 }],
  ] as const) {
    expect(room.isRefused(by, command, fields)).toMatchObject({
      refused: 'when-standing-down',
      next: [{ command: 'stand-up' }],
    });
  }
});

test('[ROT-4] the worst severity never sleeps, and none sleeps at a worse one', () => {
  const room = commanded('SEV-1', { at: TUESDAY_NIGHT });
  expect(room.isRefused('ann', 'stand-down', { until: '8h' }).refused).toBe('no-stand-down');
  const milder = commanded('SEV-2', { at: TUESDAY_NIGHT });
  expect(milder.isRefused('ann', 'stand-down', { until: '8h', severity: 'SEV-1' }).refused).toBe('no-stand-down');
  expect(milder.isRefused('bob', 'stand-down', { until: '8h' }).refused).toBe('commander-only');
  const mildest = commanded('SEV-3', { at: TUESDAY_NIGHT });
  mildest.does('ann', 'stand-down', { until: '8h' });
  expect(mildest.incident).toMatchObject({ phase: 'standing-down', severity: { severity: 'SEV-3' } });
});

test('[ROT-4] Baton down at the hour wakes it when it is back, once', () => {
  const room = busy();
  room.does('ann', 'stand-down', { until: '8h', people: ['ann'] });
  room.now += 9 * HOUR;
  restart(room);
  room.rings();
  room.rings();
  expect(room.happened('stood-up')).toHaveLength(1);
  expect(room.pages.filter(({ at }) => at === room.now).map(({ person }) => person)).toEqual(['ann']);
});

test('[ROT-4] whoever takes command in its sleep has no shift before it wakes', () => {
  const room = commanded('SEV-2', { at: TUESDAY_NIGHT });
  room.does('ann', 'stand-down', { until: '8h', people: ['ann', 'bob'] });
  room.does('ann', 'hand-over', { to: 'bob' });
  room.does('bob', 'accept-hand-over');
  expect(room.incident.command).toMatchObject({ commander: 'bob' });
  expect(room.incident.command.shifts).toMatchObject([{ person: 'ann', to: TUESDAY_NIGHT }]);
  room.fastForward('8h');
  expect(room.incident.command.shifts.filter(({ to }) => to === undefined)).toMatchObject([
    { person: 'bob', from: TUESDAY_NIGHT + 8 * HOUR },
  ]);
  room.fastForward(`${3 * 60 + 29}m`);
  expect(room.happened('shift-ending')).toEqual([]);
});

test('[ROT-4] [CMD-5] a commander who is not to be called back is asked for as it wakes, and somebody there takes over at once', () => {
  const room = commanded('SEV-2', { at: TUESDAY_NIGHT });
  room.does('ann', 'stand-down', { until: '8h', people: ['bob', 'cat'] });
  const pages = room.pages.length;
  room.fastForward('8h');
  expect(room.pages.slice(pages).map(({ person }) => person)).toEqual(['bob', 'cat']);
  expect(room.prompt('commander-left')).toMatchObject({ to: 'room', facts: { commander: { person: 'ann' } } });
  expect(room.line).toBe('commander-left');
  room.joins('bob');
  room.does('bob', 'take-command');
  expect(room.incident.command.commander).toBe('bob');
  expect(lines(room)).not.toContain('commander-left');
});

test('[ROT-4] [CMD-5] a commander who is called back, is there, or wakes it themselves is not asked for', () => {
  const called = commanded('SEV-2', { at: TUESDAY_NIGHT });
  called.does('ann', 'stand-down', { until: '8h', people: ['ann'] });
  called.fastForward('8h');
  const there = commanded('SEV-2', { at: TUESDAY_NIGHT });
  there.does('ann', 'stand-down', { until: '8h', people: ['bob'] });
  there.joins('ann');
  there.fastForward('8h');
  const early = commanded('SEV-2', { at: TUESDAY_NIGHT });
  early.does('ann', 'stand-down', { until: '8h', people: ['bob'] });
  early.does('ann', 'stand-up');
  for (const room of [called, there, early]) expect(room.happened('commander-questioned')).toEqual([]);
});

test('[ROT-4] [CMD-1] whoever took command in its sleep is called back with the named people', () => {
  const room = commanded('SEV-2', { at: TUESDAY_NIGHT });
  room.does('ann', 'stand-down', { until: '8h', people: ['ann', 'cat'] });
  room.fastForward('1h');
  room.does('ann', 'hand-over', { to: 'bob' });
  room.does('bob', 'accept-hand-over');
  const pages = room.pages.length;
  room.fastForward('7h');
  expect(room.pages.slice(pages).map(({ person }) => person)).toEqual(['ann', 'cat', 'bob']);
  expect(lines(room)).not.toContain('commander-left');
});
