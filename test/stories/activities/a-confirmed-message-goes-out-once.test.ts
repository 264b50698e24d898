// A confirmed message is published to the configured places, to each of them once.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { commanded, lines, patient, underWay } from '../../support/commanded-room.ts';
import { RacingHouse } from '../../support/racing-house.ts';
import { type Room, SETTINGS } from '../../support/room.ts';

const places = {
  status: { name: 'Status page', audience: 'customers' },
  forum: { name: 'Customer forum', audience: 'customers' },
  board: { name: 'Stakeholders', audience: 'stakeholders' },
} as const;

const published = (room: Room) => room.effects.flatMap((effect) => (effect.type === 'publish' ? [effect.place] : []));

function confirmed(fields: Record<string, unknown> = {}, settings = { ...SETTINGS, places }, declared = {}): Room {
  const room = commanded('SEV-2', { settings: patient(settings), declared });
  underWay(room, 'dan', 'Tell the customers', { kind: 'customers' });
  room.does('dan', 'draft-message', { text: 'We are on it' });
  room.does('ann', 'confirm-message', { message: 1, ...fields });
  return room;
}

let house: RacingHouse;
beforeEach(() => {
  house = new RacingHouse({ ...SETTINGS, places, commsLeads: ['eve'] });
});
afterEach(() => house.stop());

test('[ACT-3] it goes to every place where customers read, and nowhere else', () => {
  const room = confirmed();
  expect(published(room)).toEqual(['status', 'forum']);
  expect(room.effects.find(({ type }) => type === 'publish')).toMatchObject({ text: 'We are on it', message: 1 });
});

test('[ACT-3] or to those of them that whoever confirms it picks', () => {
  expect(published(confirmed({ places: ['Customer forum'] }))).toEqual(['forum']);
  const room = commanded();
  room.world = { ...room.world, settings: { ...room.world.settings, commsLeads: ['eve'] } };
  room.does('eve', 'draft-message', { text: 'x' });
  expect(room.isRefused('ann', 'confirm-message', { message: 1, places: ['billboard'] }).refused).toBe('field-choice');
});

test('[ACT-3] confirmed twice, even at once in two processes, it is published once to each', async () => {
  await house.gives({ by: 'ann', command: 'declare', fields: { title: 'Checkout fails' } });
  await house.gives({ by: 'ann', command: 'take-command' });
  await house.gives({ by: 'eve', command: 'draft-message', fields: { text: 'We are on it' } });
  const confirm = { command: 'confirm-message', fields: { message: 1 } };
  const answers = await house.race({ by: 'ann', ...confirm }, { by: 'eve', ...confirm });
  expect(answers.filter((answer) => 'refusal' in answer)).toMatchObject([{ refusal: { refused: 'not-a-draft' } }]);
  const events = await house.handlers[0].events('INC-1');
  expect(events.filter(({ type }) => type === 'message-confirmed')).toHaveLength(1);
});

test('[ACT-3] delivered again after a crash, it is the same effect, so that a place can tell', () => {
  const ids = (room: Room) => room.effects.flatMap(({ type, id }) => (type === 'publish' ? [id] : []));
  expect(new Set(ids(confirmed())).size).toBe(2);
  expect(ids(confirmed())).toEqual(ids(confirmed()));
});

test('[ACT-3] what is reported as out is out: later reports change nothing', () => {
  const room = confirmed();
  const report = { message: 1, place: 'status' };
  room.does('baton', 'report-publication', { ...report, link: 'https://status.example.com/1' });
  expect(room.incident.messages[0]?.published).toEqual([
    { place: 'status', at: room.now, link: 'https://status.example.com/1' },
  ]);
  expect(room.does('baton', 'report-publication', report)).toEqual([]);
  expect(room.does('baton', 'report-publication', { ...report, reason: 'timeout' })).toEqual([]);
  expect(room.does('baton', 'report-publication', { ...report, message: 9 })).toEqual([]);
});

test('[ACT-3] nothing that is still a draft can be reported as published', () => {
  const room = commanded();
  underWay(room, 'dan', 'Tell the customers', { kind: 'customers' });
  room.does('dan', 'draft-message', { text: 'We are on it' });
  expect(room.does('baton', 'report-publication', { message: 1, place: 'status' })).toEqual([]);
  expect(room.isRefused('ann', 'posted', { message: 1 })).toMatchObject({
    refused: 'not-confirmed',
    next: [{ command: 'confirm-message', fields: { message: 1 } }],
  });
});

test('[ACT-3] in a drill nothing goes out to customers, and nobody is asked to post it', () => {
  const room = confirmed({}, { ...SETTINGS, places }, { drill: true });
  expect(published(room)).toEqual([]);
  expect(lines(room).filter((line) => ['publication-failed', 'post-by-hand'].includes(line))).toEqual([]);
  const nowhere = confirmed({}, { ...SETTINGS, places: {} as typeof places }, { drill: true });
  expect(lines(nowhere)).not.toContain('post-by-hand');
});
