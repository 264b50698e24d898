// The pinned card: the next line to say with its buttons on top, the state below it.
import { describe, expect, test } from '@jest/globals';
import { commanderCard, nextLine } from '../../src/cards/commander.ts';
import { personalCards, promptCard } from '../../src/cards/prompt.ts';
import { statusCard } from '../../src/cards/status.ts';
import { blocksOf, buttonOf, buttonsOf, lineOf, listOf, valueAt, wordsOf } from '../support/reading.ts';
import { Room, SETTINGS } from '../support/room.ts';
import { fullRoom, STAGES } from '../support/rooms.ts';

const stage = (name: string): Room => {
  const make = STAGES[name];
  if (!make) throw new Error(`no stage ${name}`);
  return make();
};
const card = (room: Room, language?: string, viewer?: string) =>
  commanderCard(room.incident, room.world, wordsOf(room, language), viewer);

describe('links', () => {
  function commanded(): Room {
    const room = new Room('Checkout fails', { settings: SETTINGS });
    room.joins('ann');
    room.does('ann', 'take-command');
    return room;
  }
  const linked = (room: Room) => {
    const world = { ...room.world, settings: { ...room.world.settings, address: 'https://baton.example' } };
    return (commanderCard(room.incident, world, wordsOf(room)).links ?? []).map(({ url }) => url);
  };
  const ways = ['record.md', 'timeline.png'].map((ending) => `https://baton.example/incidents/INC-1/${ending}`);

  test('[REC-1] once the impact has ended the record and its picture are one press away', () => {
    const room = commanded();
    expect(linked(room)).not.toEqual(expect.arrayContaining(ways));
    room.does('ann', 'mitigated');
    expect(linked(room)).toEqual(expect.arrayContaining(ways));
    room.does('ann', 'close', { reason: 'Seen enough' });
    expect(linked(room)).toEqual(ways);
    expect(card(room).links).toEqual([]);
  });

  test('nobody is sent to the call of a closed incident', () => {
    const room = commanded();
    room.does('ann', 'set-call', { link: 'https://call.example/1' });
    expect(linked(room)).toContain('https://call.example/1');
    room.does('ann', 'mitigated');
    room.does('ann', 'close', { reason: 'Seen enough' });
    expect(linked(room)).not.toContain('https://call.example/1');
  });
});

describe('the line', () => {
  test('is the most pressing one, with its reason and its buttons first', () => {
    const room = stage('no commander');
    const [line, buttons] = card(room).blocks;
    expect(line).toMatchObject({
      type: 'line',
      text: 'We have no incident commander. If you are qualified, take command now.',
    });
    expect(line).toHaveProperty('why', 'Until one person leads, nobody decides.');
    expect(buttons).toMatchObject({ type: 'buttons' });
    expect(
      buttonsOf(card(room))
        .slice(0, 3)
        .map(({ label }) => label),
    ).toEqual(['Take command', 'Page', 'Later']);
  });

  test('is said in the reader’s language', () => {
    expect(lineOf(card(stage('no commander'), 'de'))).toMatch(/^Wir haben keinen Incident Commander/);
  });

  test('offers whoever hands over the brief to read from, and not to take it back', () => {
    const room = stage('command is offered');
    expect(room.line).toBe('brief-successor');
    const [first] = buttonsOf(card(room)).filter(({ primary }) => primary);
    expect(first).toMatchObject({ command: 'brief' });
  });

  test('is the same as is read aloud', () => {
    for (const make of Object.values(STAGES)) {
      const room = make();
      expect(nextLine(room.incident, room.world, wordsOf(room))).toBe(lineOf(card(room)));
    }
  });

  test('comes with one press that puts it off', () => {
    const room = stage('made worse');
    const later = buttonOf(card(room), 'Later');
    expect(later).toMatchObject({ command: 'snooze', form: false, fields: { prompt: room.prompts[0]?.key } });
    room.does('ann', later.command, later.fields);
    expect(lineOf(card(room))).not.toMatch(/made it worse/);
  });

  test('is followed by a short list of what else is due', () => {
    const room = fullRoom('Some words');
    expect(room.prompts.length).toBeGreaterThan(5);
    const due = listOf(card(room), 'Also due');
    expect(due).toHaveLength(5);
    expect(due.at(-1)).toBe(`and ${room.prompts.length - 5} more`);
  });

  test('to confirm words brings the words, and to hand over the brief', () => {
    const drafted = stage('a message is drafted');
    const confirm = promptCard(drafted.prompt('confirm-message'), drafted.incident, wordsOf(drafted));
    expect(blocksOf(confirm, 'text')).toEqual([{ type: 'text', text: 'We are working on it.' }]);
    const offered = stage('command is offered');
    const accept = promptCard(offered.prompt('accept-hand-over'), offered.incident, wordsOf(offered));
    expect(buttonOf(accept, 'Brief')).toMatchObject({ command: 'brief', form: false });
  });

  test('gives way to calm when nothing is due', () => {
    const room = stage('mitigating');
    room.does('dan', 'acknowledge', { activity: 3 });
    for (const { key } of room.prompts) room.does('ann', 'snooze', { prompt: key, for: '1h' });
    expect(room.prompts).toEqual([]);
    expect(lineOf(card(room))).toBe('Nothing to say right now. Give people room to work.');
    expect(lineOf(card(stage('standing down')))).toMatch(/^Standing down until Wed 07:00/);
    expect(lineOf(card(stage('closed')))).toBe('Closed');
  });
});

describe('the state', () => {
  test('says severity, commander, impact, mitigation, people and the next round', () => {
    const room = stage('mitigating');
    expect(valueAt(card(room), 'Severity')).toBe('SEV-2');
    expect(valueAt(card(room), 'Incident commander')).toBe('Ann Archer, since 14:00');
    expect(valueAt(card(room), 'Impact')).toBe('Nobody can pay');
    expect(valueAt(card(room), 'Mitigation')).toBe('M3, Roll back 4.2: Dan Dyer since 14:00, expected by 14:10');
    expect(valueAt(card(room), 'On the call')).toBe('Ann Archer, Cat Carter, and Dan Dyer');
    expect(valueAt(card(room), 'Next update round')).toBe('14:20');
    expect(listOf(card(room), 'Mitigations in the queue')).toEqual(['M4: Restart the workers']);
  });

  test('marks a severity that is only assumed, and says who is wanted', () => {
    const room = new Room('x', { settings: SETTINGS, declared: { service: 'payments' } });
    expect(valueAt(card(room), 'Severity')).toBe('SEV-2 (assumed)');
    expect(valueAt(card(room), 'Incident commander')).toBe('Nobody');
    expect(listOf(card(room), 'Who is needed')).toEqual([
      'Incident commander: Ann Archer: paged',
      'Payments on-call: Cat Carter: paged',
    ]);
  });

  test('follows a mitigation through its window to the judgement', () => {
    const room = stage('observing');
    expect(valueAt(card(room), 'Mitigation')).toBe('M3, Roll back 4.2: watching what it does until 14:03');
    room.fastForward('4m');
    expect(valueAt(card(room), 'Mitigation')).toBe('M3, Roll back 4.2: waiting for your judgement');
    room.does('ann', 'judge-mitigation', { activity: 3, verdict: 'no-effect' });
    expect(valueAt(card(room), 'Mitigation')).toBe('None running');
  });

  test('puts activities that need attention first, and says why', () => {
    const room = stage('waiting');
    expect(listOf(card(room), 'Activities')).toEqual([
      'A1 Dan Dyer: Read the database logs · by 14:10 · waiting for Cat Carter',
      'A2 Cat Carter: Draft words for customers · by 14:10 · waiting for A1',
      'M3 Dan Dyer: Roll back 4.2 · by 14:10 · waiting for Cat Carter',
    ]);
    const other = stage('working');
    expect(listOf(card(other), 'Activities')[0]).toBe(
      'A2 Cat Carter: Draft words for customers · by 14:10 · not acknowledged yet',
    );
    other.does('cat', 'decline', { activity: 2, reason: 'On another call' });
    expect(listOf(card(other), 'Activities')[0]).toContain('declined by Cat Carter: On another call');
  });

  test('says that command is offered and not yet accepted', () => {
    expect(valueAt(card(stage('command is offered')), 'Incident commander')).toBe(
      'Ann Archer, since 14:00 (offered to Bob Baker, not accepted yet)',
    );
  });

  test('says that it is a drill', () => {
    expect(card(stage('drill')).title).toBe('DRILL INC-1: Practice');
  });

  test('cuts long lists and says how to see them', () => {
    const room = fullRoom('Some words');
    const open = listOf(card(room), 'Activities');
    expect(open).toHaveLength(9);
    expect(open.at(-1)).toMatch(/^and \d+ more: \/status$/);
    expect(listOf(statusCard(room.incident, room.world, wordsOf(room)), 'Activities').length).toBeGreaterThan(20);
  });
});

describe('for one person', () => {
  test('what waits for them stands on top, and on cards of their own', () => {
    const room = stage('mitigating');
    const own = card(room, 'en', 'dan');
    expect(own.blocks[0]).toMatchObject({ type: 'heading', text: 'For you' });
    expect(lineOf(own)).toBe('Dan Dyer, M3 is yours: Roll back 4.2. We come back to you by 14:10. Have you got it?');
    expect(personalCards(room.incident, room.world, wordsOf(room), 'dan').map(lineOf)).toEqual([lineOf(own)]);
  });

  test('the commander’s own lines are those of the room', () => {
    const room = stage('mitigating');
    expect(personalCards(room.incident, room.world, wordsOf(room), 'ann')).toEqual([]);
    expect(card(room, 'en', 'ann')).toEqual(card(room));
  });
});

test('a closed card says that nobody owes anything any more', () => {
  const room = stage('mitigating');
  room.does('ann', 'close', { reason: 'A false alarm' });
  const titles = blocksOf(card(room), 'list').map(({ title }) => title);
  expect(titles).toEqual([]);
  expect(valueAt(card(room), 'On the call')).toBeUndefined();
});

describe('the buttons at hand', () => {
  test('fit the phase', () => {
    const commands = (name: string) =>
      blocksOf(card(stage(name)), 'buttons')
        .at(-1)
        ?.buttons.map((one) => one.command);
    expect(commands('mitigating')).toContain('propose-mitigation');
    expect(commands('watching')).toContain('checklist');
    expect(commands('standing down')).toContain('stand-up');
    expect(commands('closed')).toContain('reopen');
    expect(commands('closed')).not.toContain('delegate');
  });

  test('offer nothing that the line offers already', () => {
    const offered = buttonsOf(card(stage('no commander'))).map(({ command }) => command);
    expect(offered.filter((command) => command === 'take-command')).toHaveLength(1);
  });
});
