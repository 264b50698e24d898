// The commander owns, accepts, starts and finishes nothing but stakeholder updates and notes.
import { expect, test } from '@jest/globals';
import { KINDS } from '../../../src/core/events.ts';
import { activity, commanded, running, underWay } from '../../support/commanded-room.ts';

test('[CMD-4] the commander cannot own work of any kind but updates; the refusal offers whom to give it to', () => {
  for (const kind of KINDS.filter((one) => one !== 'updates')) {
    const room = commanded();
    const refusal = room.isRefused('ann', 'delegate', { owner: 'ann', what: 'Look', kind });
    expect(refusal.refused).toBe('commander-acts');
    expect(refusal.next[0]).toMatchObject({ command: 'delegate', fields: { kind, what: 'Look' } });
    // The owner is left out, so that the press opens the picker.
    expect(refusal.next[0].fields).not.toHaveProperty('owner');
    expect(room.incident.activities).toEqual([]);
  }
});

test('[CMD-4] they cannot have a mitigation in the queue, start one themselves, or be given one', () => {
  const room = commanded();
  expect(room.isRefused('cat', 'propose-mitigation', { what: 'Roll back', owner: 'ann' })).toMatchObject({
    refused: 'commander-acts',
    next: [{ command: 'propose-mitigation', fields: { what: 'Roll back' } }],
  });
  room.does('cat', 'propose-mitigation', { what: 'Roll back' });
  expect(room.isRefused('ann', 'start-mitigation', { activity: 1, owner: 'ann' })).toMatchObject({
    refused: 'commander-acts',
    next: [{ command: 'start-mitigation', fields: { activity: 1 } }],
  });
  room.does('ann', 'start-mitigation', { activity: 1, owner: 'bob' });
  expect(room.isRefused('bob', 'give', { activity: 1, to: 'ann' })).toMatchObject({
    refused: 'commander-acts',
    next: [{ command: 'give', fields: { activity: 1 } }],
  });
});

test('[CMD-4] they cannot accept, report on or finish what is another’s; the refusal offers to give it away', () => {
  const room = commanded();
  const id = underWay(room, 'cat');
  for (const [command, fields] of [
    ['acknowledge', {}],
    ['finish', {}],
    ['report', { text: 'Nearly' }],
  ] as const) {
    expect(room.isRefused('ann', command, { activity: id, ...fields })).toMatchObject({
      refused: 'not-yours',
      facts: { owner: { person: 'cat' } },
      next: [{ command: 'give', fields: { activity: id } }],
    });
  }
  expect(room.isRefused('ann', 'finish').refused).toBe('nothing-yours');
});

test('[CMD-4] stakeholder updates and notes are theirs to own, accept and finish', () => {
  const room = commanded();
  room.does('ann', 'delegate', { owner: 'ann', what: 'Tell the board', kind: 'updates' });
  room.does('ann', 'acknowledge');
  room.does('ann', 'report', { text: 'Half written' });
  room.does('ann', 'finish');
  expect(activity(room, 1).status).toBe('finished');
  room.does('ann', 'note', { text: 'Deploy was at 13:40' });
  expect(room.incident.evidence).toMatchObject([{ kind: 'note', by: 'ann' }]);
});

test('[CMD-4] deciding is not acting: they start another’s mitigation, judge it, call it off, note a spoken time', () => {
  const room = commanded();
  const id = running(room, 'bob');
  room.does('ann', 'give-estimate', { activity: id, due: '20m' });
  room.does('bob', 'finish');
  room.does('ann', 'judge-mitigation', { activity: id, verdict: 'helped' });
  const other = underWay(room, 'cat');
  room.does('ann', 'cancel', { activity: other, reason: 'Not needed' });
  expect(activity(room, other)).toMatchObject({ status: 'cancelled', result: 'Not needed' });
});

test('[CMD-4] writing to customers is work as well, even for a communications lead who commands', () => {
  const room = commanded();
  room.world = { ...room.world, settings: { ...room.world.settings, commsLeads: ['ann', 'dan'] } };
  expect(room.isRefused('ann', 'draft-message', { text: 'We are on it' })).toMatchObject({
    refused: 'draft-whose',
    next: [{ command: 'delegate', fields: { kind: 'customers' } }],
  });
  room.does('dan', 'draft-message', { text: 'We are on it' });
});
