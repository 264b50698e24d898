// SEV-1 is led by somebody on the call-leader list, or by somebody acting until one answers.
import { expect, test } from '@jest/globals';
import { lines, patient } from '../../support/commanded-room.ts';
import { Room, SETTINGS } from '../../support/room.ts';

const severities = SETTINGS.severities.map((row) => (row.id === 'SEV-1' ? { ...row, leaders: ['bob', 'eve'] } : row));
const settings = patient({ ...SETTINGS, severities });

function worst(): Room {
  return new Room('x', { settings, declared: { severity: 'SEV-1' } }).joins('ann', 'cat');
}

test('[CMD-3] at SEV-1 only somebody on the list may command; anybody else is refused, with the list to page', () => {
  const room = worst();
  expect(room.isRefused('ann', 'take-command')).toEqual({
    refused: 'leaders-only',
    facts: { severity: { severity: 'SEV-1' }, people: { people: ['bob', 'eve'] } },
    next: [
      { command: 'take-command', fields: { acting: true }, label: 'take-acting', primary: true },
      { command: 'page', fields: { person: 'bob' }, label: 'page-person', facts: { person: { person: 'bob' } } },
      { command: 'page', fields: { person: 'eve' }, label: 'page-person', facts: { person: { person: 'eve' } } },
    ],
  });
  expect(room.incident.command.commander).toBeUndefined();
  room.does('bob', 'take-command');
  expect(room.incident.command).toMatchObject({ commander: 'bob', acting: false });
});

test('[CMD-3] or takes it as acting, until a listed one answers', () => {
  const room = worst();
  room.does('ann', 'take-command', { acting: true });
  expect(room.incident.command).toMatchObject({ commander: 'ann', acting: true });
  expect(room.prompt('leader-wanted')).toMatchObject({ to: 'ann', facts: { people: { people: ['bob', 'eve'] } } });
  room.presses('ann', 'leader-wanted', 'page-person');
  expect(room.pages.at(-1)).toMatchObject({ person: 'bob' });

  room.joins('eve');
  expect(lines(room)).not.toContain('leader-wanted');
  expect(room.prompt('leader-here').facts).toMatchObject({ person: { person: 'eve' } });
  room.presses('ann', 'leader-here', 'hand-over');
  room.does('eve', 'accept-hand-over');
  expect(room.incident.command).toMatchObject({ commander: 'eve', acting: false });
  expect(lines(room)).not.toContain('leader-here');
});

test('[CMD-3] the acting commander may go on, in one press, and is asked again when a leader comes', () => {
  const room = worst();
  room.does('ann', 'take-command', { acting: true });
  room.presses('ann', 'leader-wanted', 'go-on-acting');
  expect(lines(room)).not.toContain('leader-wanted');
  room.joins('bob');
  expect(lines(room)).toContain('leader-here');
});

test('[CMD-3] the list binds a hand-over as well', () => {
  const room = worst();
  room.does('bob', 'take-command');
  room.does('bob', 'hand-over', { to: 'ann' });
  const refusal = room.isRefused('ann', 'accept-hand-over');
  expect(refusal).toMatchObject({
    refused: 'leaders-only',
    next: [{ command: 'accept-hand-over', fields: { acting: true } }, {}, {}],
  });
  expect(room.incident.command.commander).toBe('bob');
  room.does('ann', 'accept-hand-over', { acting: true });
  expect(room.incident.command).toMatchObject({ commander: 'ann', acting: true });
});

test('[CMD-3] when it becomes a SEV-1, the commander stays, and is told that a leader is wanted', () => {
  const room = new Room('x', { settings }).joins('ann', 'cat');
  room.does('ann', 'take-command');
  expect(lines(room)).not.toContain('leader-wanted');
  room.does('ann', 'set-severity', { severity: 'SEV-1' });
  expect(room.incident.command.commander).toBe('ann');
  expect(lines(room)).toContain('leader-wanted');
  room.does('ann', 'set-severity', { severity: 'SEV-2', reason: 'Only a few' });
  expect(lines(room)).not.toContain('leader-wanted');
});

test('[CMD-3] without a list anybody may command a SEV-1', () => {
  const room = new Room('x', { settings: SETTINGS, declared: { severity: 'SEV-1' } });
  room.does('dan', 'take-command');
  expect(room.incident.command).toMatchObject({ commander: 'dan', acting: false });
});

test('[CMD-3] [CMD-4] taken as acting, work is still given away, and stays acting while it is', () => {
  const room = worst();
  room.does('bob', 'take-command');
  room.does('bob', 'delegate', { owner: 'ann', what: 'Read the logs' });
  room.does('bob', 'release-command');
  const [way] = room.isRefused('ann', 'take-command', { acting: true }).next;
  expect(way).toMatchObject({ command: 'take-command', fields: { acting: true }, label: 'give-away' });
  room.does('ann', way.command, { ...way.fields, 'give:1': 'cat' });
  expect(room.incident.command).toMatchObject({ commander: 'ann', acting: true });
});
