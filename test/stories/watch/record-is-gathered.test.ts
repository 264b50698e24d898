// During the watch the record is gathered while it is easy, and a checklist shows what is missing.
import { expect, test } from '@jest/globals';
import { missingEvidence } from '../../../src/core/evidence.ts';
import { commanded, lines } from '../../support/commanded-room.ts';

function watching() {
  const room = commanded();
  room.does('ann', 'mitigated');
  return room;
}

test('[WAT-2] notes, actions, screenshots, log lines and links are asked for, last of all', () => {
  const room = watching();
  expect(missingEvidence(room.incident)).toEqual(['note', 'action', 'screenshot', 'log', 'link']);
  expect(room.prompt('gather')).toMatchObject({ rank: 'writing', facts: { missing: 5 } });
  expect(lines(room).at(-1)).toMatch(/^(gather|send-all-clear)$/);
});

test('[WAT-2] each button keeps what it says, and the list grows shorter', () => {
  const room = watching();
  room.presses('ann', 'gather', 'note', { text: 'The rollback took two minutes' });
  room.presses('ann', 'gather', 'keep-screenshot', { text: 'Error rate', attachment: 'file-1' });
  room.presses('ann', 'gather', 'keep-log', { text: 'ERROR timeout' });
  room.presses('ann', 'gather', 'keep-link', { text: 'Dashboard', link: 'https://example.com/d/1' });
  expect(missingEvidence(room.incident)).toEqual(['action']);
  expect(room.prompt('gather').facts).toMatchObject({ missing: 1, first: { word: 'evidence.action' } });
  room.presses('ann', 'gather', 'keep-action', { text: 'Restarted the pool by hand' });
  expect(lines(room)).not.toContain('gather');
  expect(room.incident.evidence).toMatchObject([
    { kind: 'note', by: 'ann' },
    { kind: 'screenshot', attachment: 'file-1' },
    { kind: 'log', text: 'ERROR timeout' },
    { kind: 'link', link: 'https://example.com/d/1' },
    { kind: 'action' },
  ]);
});

test('[WAT-2] anybody adds to it, at any time, long before the watch and after closing too', () => {
  const room = commanded();
  room.does('eve', 'note', { text: 'It began after the deployment' });
  room.does('cat', 'keep-evidence', { text: 'Graph', link: 'https://example.com/g', kind: 'link' });
  room.does('ann', 'mitigated');
  expect(missingEvidence(room.incident)).toEqual(['action', 'screenshot', 'log']);
  room.fastForward('15m');
  room.does('ann', 'close');
  room.does('dan', 'keep-evidence', { text: 'WARN slow', kind: 'log' });
  expect(room.incident.evidence).toHaveLength(3);
});

test('[WAT-2] what comes without a kind is kept as what it is', () => {
  const room = commanded();
  room.does('bob', 'keep-evidence', { text: 'A file', attachment: 'file-1' });
  room.does('bob', 'keep-evidence', { text: 'A page', link: 'https://example.com' });
  room.does('bob', 'keep-evidence', { text: 'ERROR' });
  expect(room.incident.evidence.map(({ kind }) => kind)).toEqual(['attachment', 'link', 'log']);
});

test('[WAT-2] no more is wanted, in one press; a later watch asks anew', () => {
  const room = watching();
  room.presses('ann', 'gather', 'nothing-more');
  expect(lines(room)).not.toContain('gather');
  room.does('bob', 'recurred', { what: 'Again' });
  room.fastForward('1m');
  room.does('ann', 'mitigated');
  expect(lines(room)).toContain('gather');
});

test('[WAT-2] [ACT-2] what was parked comes back with the watch', () => {
  const room = commanded();
  room.does('bob', 'park', { topic: 'Why did the alert come so late?' });
  expect(lines(room)).not.toContain('parked');
  room.does('ann', 'mitigated');
  expect(room.prompt('parked').facts).toMatchObject({ count: 1, topic: 'Why did the alert come so late?' });
});
