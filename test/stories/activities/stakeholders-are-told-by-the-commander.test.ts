// Stakeholder updates are the commander's own, from a draft made of impact, activities and times expected.
import { expect, test } from '@jest/globals';
import { formCard } from '../../../src/cards/form.ts';
import { commandNamed } from '../../../src/core/commands/index.ts';
import { commanded, lines, patient, running, underWay } from '../../support/commanded-room.ts';
import { wordsOf } from '../../support/reading.ts';
import { type Room, SETTINGS } from '../../support/room.ts';

const options = { settings: patient(SETTINGS) };

test('[ACT-4] a stakeholder update is the commander’s own to send, to the places where stakeholders read', () => {
  const room = commanded('SEV-2', options);
  expect(room.isRefused('bob', 'send-update', { text: 'All is well' })).toMatchObject({
    refused: 'commander-only',
    facts: { commander: { person: 'ann' } },
  });
  room.does('ann', 'send-update', { text: 'We are on it' });
  expect(room.incident.updates).toEqual([{ text: 'We are on it', at: room.now, by: 'ann' }]);
  expect(room.effects.filter(({ type }) => type === 'publish')).toMatchObject([
    { place: 'board', text: 'We are on it' },
  ]);
});

test('[ACT-4] an update that could not be published is said to the commander, who believes it sent', () => {
  const room = commanded('SEV-2', options);
  room.does('ann', 'send-update', { text: 'We are on it' });
  room.does('baton', 'report-publication', { place: 'board', reason: 'HTTP 503' });
  expect(room.effects.filter(({ type }) => type === 'ping').at(-1)).toMatchObject({
    to: ['ann'],
    line: 'update-failed',
  });
  expect(room.does('baton', 'report-publication', { place: 'board' })).toEqual([]);
});

test('[ACT-4] after each round that was held the commander is asked for one, unless they have just told', () => {
  const room = commanded('SEV-2', options);
  room.fastForward('20m');
  expect(lines(room)).not.toContain('send-update');
  room.presses('ann', 'round-impact', 'trend-same');
  expect(room.prompt('send-update')).toMatchObject({ to: 'ann', rank: 'writing' });
  room.presses('ann', 'send-update', 'send-update', { text: 'No change' });
  expect(lines(room)).not.toContain('send-update');

  room.fastForward('20m');
  room.does('ann', 'send-update', { text: 'Still no change' });
  room.presses('ann', 'round-impact', 'trend-same');
  expect(lines(room)).not.toContain('send-update');

  room.fastForward('20m');
  room.presses('ann', 'round-impact', 'trend-better');
  room.presses('ann', 'send-update', 'not-needed');
  expect(lines(room)).not.toContain('send-update');
});

test('[ACT-4] once mitigated, they are asked to tell that', () => {
  const room = commanded('SEV-2', options);
  room.fastForward('1m');
  room.does('ann', 'mitigated');
  expect(lines(room)).toContain('send-all-clear');
  room.does('ann', 'send-update', { text: 'It is over, we are watching' });
  expect(lines(room)).not.toContain('send-all-clear');
});

test('[ACT-4] the draft is made of the impact, the activities and the times expected', () => {
  const room = commanded('SEV-2', options);
  running(room, 'bob', 'Roll back 4.2', {});
  underWay(room, 'cat', 'Read the payment logs', { due: '15:30' });
  const draft = drafted(room);
  expect(draft).toContain('Some payments fail');
  expect(draft).toContain('Roll back 4.2');
  expect(draft).toContain('Read the payment logs');
  expect(draft).toContain('15:30');
  expect(draft).not.toContain('Baker');
});

test('[ACT-4] in a drill the stakeholders hear nothing', () => {
  const room = commanded('SEV-2', { ...options, declared: { drill: true } });
  room.does('ann', 'send-update', { text: 'We are on it' });
  expect(room.incident.updates).toHaveLength(1);
  expect(room.effects.filter(({ type }) => type === 'publish')).toEqual([]);
});

/** What stands in the box before the commander types. */
function drafted(room: Room): string {
  const command = commandNamed('send-update');
  if (!command) throw new Error('there is no send-update');
  const card = formCard(command, { incident: room.incident, by: 'ann', world: room.world }, wordsOf(room));
  const inputs = card.blocks.flatMap((block) => (block.type === 'inputs' ? block.inputs : []));
  return String(inputs.find(({ name }) => name === 'text')?.value);
}
