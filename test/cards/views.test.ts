// What somebody asks to see: help, the board, seats, the round, the brief, the checklist, customer messages, a page.
import { describe, expect, test } from '@jest/globals';
import { boardCard, type Listing } from '../../src/cards/board.ts';
import { briefCard, briefText } from '../../src/cards/brief.ts';
import { VIEWS } from '../../src/cards/buttons.ts';
import { helpCard, helpSentence } from '../../src/cards/help.ts';
import { messagesCard } from '../../src/cards/messages.ts';
import { pageCard, pageText } from '../../src/cards/page.ts';
import { roundCard } from '../../src/cards/round.ts';
import { seatRows, seatsCard } from '../../src/cards/seats.ts';
import { updateDraft } from '../../src/cards/update.ts';
import { viewCard } from '../../src/cards/views.ts';
import { checklistCard } from '../../src/cards/watch.ts';
import { COMMANDS } from '../../src/core/commands/index.ts';
import { buttonOf, buttonsOf, lineOf, listOf, rowsOf, valueAt, wordsOf } from '../support/reading.ts';
import { Room, SETTINGS, TUESDAY_AFTERNOON } from '../support/room.ts';
import { STAGES } from '../support/rooms.ts';

const stage = (name: string): Room => {
  const make = STAGES[name];
  if (!make) throw new Error(`no stage ${name}`);
  return make();
};

describe('help', () => {
  const words = wordsOf(new Room());
  const offered = COMMANDS.filter(({ right }) => right !== 'adapter');

  test('names every command under its chapter, once', () => {
    const said = rowsOf(helpCard(words))
      .map(({ value }) => value)
      .join(' ')
      .split(' ');
    expect(offered.filter(({ name }) => said.filter((one) => one === `/${name}`).length !== 1)).toEqual([]);
    expect(said.filter((one) => one === '/report-page')).toEqual([]);
  });

  test('about a chapter says what each command does', () => {
    expect(listOf(helpCard(words, 'commander'), 'One commander')).toContain(
      '/take-command: Makes you the incident commander. You lead and do nothing else.',
    );
  });

  test('about a command, by any of its names, says its fields and whose it is', () => {
    for (const name of ['delegate', 'task']) {
      const card = helpCard(words, name);
      expect(valueAt(card, 'Typed as')).toBe('/delegate /assign /task');
      expect(valueAt(card, 'Decided by')).toBe('the incident commander');
      expect(listOf(card, 'What it takes')[0]).toBe('Who: owner, needed');
    }
  });

  test('offers the command where it can be given now', () => {
    const room = stage('mitigating');
    expect(buttonOf(helpCard(words, 'note', room.incident), 'Note').form).toBe(true);
    expect(buttonsOf(helpCard(words, 'reopen', room.incident))).toEqual([]);
  });

  test('about nothing that is known shows the chapters', () => {
    expect(helpCard(words, 'no-such-thing')).toEqual(helpCard(words));
    expect(helpCard(words, 'report-page')).toEqual(helpCard(words));
  });

  test('has a sentence for every name that can be typed', () => {
    for (const { name, aliases } of offered) {
      expect(aliases.map((alias) => helpSentence(alias, words))).toEqual(aliases.map(() => helpSentence(name, words)));
      expect(helpSentence(name, words)).toMatch(/\.$/);
    }
    expect(VIEWS.map((view) => helpSentence(view, words)).every((sentence) => sentence.endsWith('.'))).toBe(true);
    expect(helpSentence('no-such-thing', words)).toBe('');
  });
});

describe('the board', () => {
  const words = wordsOf(new Room());
  const one: Listing = {
    id: 'INC-1',
    title: 'Checkout fails',
    phase: 'open',
    severity: 'SEV-2',
    declaredAt: TUESDAY_AFTERNOON,
    drill: false,
    commander: 'ann',
  };
  const board = (...listed: Listing[]) => boardCard(listed, ['SEV-1', 'SEV-2', 'SEV-3'], words);

  test('puts the worst first, then the newest, and closed ones apart', () => {
    const card = board(
      { ...one, id: 'INC-3', phase: 'closed', closedAt: TUESDAY_AFTERNOON + 3_600_000 },
      one,
      { ...one, id: 'INC-2', declaredAt: TUESDAY_AFTERNOON + 60_000 },
      { ...one, id: 'INC-4', severity: 'SEV-1', phase: 'watching' },
      { ...one, id: 'INC-5', severity: 'gone' },
    );
    expect(listOf(card, 'Open').map((row) => row.slice(0, 11))).toEqual([
      'SEV-1 INC-4',
      'SEV-2 INC-2',
      'SEV-2 INC-1',
      'gone INC-5:',
    ]);
    expect(listOf(card, 'Closed lately')).toEqual([
      'SEV-2 INC-3: Checkout fails · closed · since 14:00 · closed 15:00',
    ]);
  });

  test('says what stands out: a drill, nobody in command', () => {
    const { commander: _, ...alone } = one;
    expect(listOf(board({ ...alone, drill: true }), 'Open')).toEqual([
      'SEV-2 INC-1: Checkout fails · drill · impact lasts · since 14:00 · no incident commander',
    ]);
  });

  test('says that all is quiet, and lets declare', () => {
    expect(board().blocks[0]).toMatchObject({ text: 'No incident is open.' });
    expect(buttonOf(board(), 'Declare an incident')).toMatchObject({ command: 'declare', form: true });
  });
});

describe('seats', () => {
  test('are wanted until the impact has ended; then only whoever is paged once more', () => {
    const room = stage('watching');
    const wanted = () => listOf(seatsCard(room.incident, wordsOf(room)), 'Who is needed');
    expect(wanted()).toEqual([]);
    room.does('ann', 'page', { person: 'eve' });
    expect(wanted()).toEqual([expect.stringContaining('Eve Ellis: paged')]);
    room.does('ann', 'close', { reason: 'Nothing came back' });
    expect(wanted()).toEqual([]);
  });

  test('show each from wanted to on the call, the missing first', () => {
    const room = stage('declared').joins('bob');
    room.does('cat', 'answer-page');
    expect(listOf(seatsCard(room.incident, wordsOf(room)), 'Who is needed')).toEqual([
      'Payments on-call: Cat Carter: answered, on the way',
      'Incident commander: Bob Baker: on the call',
    ]);
    const missing = stage('nobody came');
    expect(listOf(seatsCard(missing.incident, wordsOf(missing)), 'Who is needed')[0]).toMatch(/: missing$/);
  });

  test('somebody asked for by name has that name', () => {
    const room = new Room();
    room.does('dan', 'page', { person: 'eve' });
    expect(listOf(seatsCard(room.incident, wordsOf(room)), 'Who is needed')).toContain('Eve Ellis: paged');
  });
});

describe('the round', () => {
  test('shows who has answered and who has not', () => {
    const room = stage('mitigating');
    room.does('dan', 'acknowledge', { activity: 3 });
    room.fastForward('20m');
    room.does('dan', 'report', { activity: 1, text: 'Half way through', due: '10m' });
    const card = roundCard(room.incident, room.world, wordsOf(room));
    expect(card.blocks[0]).toMatchObject({ type: 'heading', text: 'Update round 1: impact first, then each by name' });
    expect(listOf(card, 'Answered')).toEqual(['A1 Dan Dyer: Read the database logs · by 14:30 · Half way through']);
    expect(listOf(card, 'We still wait for').join()).toContain('M3 Dan Dyer');
    expect(buttonOf(card, 'End the round')).toMatchObject({ command: 'close-round' });
  });

  test('before the first says so, and lets hold one', () => {
    const room = stage('mitigating');
    const card = roundCard(room.incident, room.world, wordsOf(room));
    expect(card.blocks[0]).toMatchObject({ text: 'There has been no update round yet.' });
    expect(buttonOf(card, 'Round now')).toMatchObject({ command: 'hold-round' });
  });
});

describe('the brief', () => {
  const room = stage('made worse');
  room.does('ann', 'hand-over', { to: 'bob' });
  room.does('dan', 'park', { topic: 'Late alert' });
  const card = briefCard(room.incident, room.world, wordsOf(room));

  test('says impact, severity, what was tried and judged, what is under way and queued, and what is pending', () => {
    expect(valueAt(card, 'Severity')).toBe('SEV-2');
    expect(listOf(card, 'Impact')).toContain('Impact: Nobody can pay');
    expect(listOf(card, 'Impact')).toContain('Do retries succeed in the end?: Not known yet');
    expect(listOf(card, 'What was tried, and what it did')).toEqual(['M3: Roll back 4.2 · worse']);
    expect(listOf(card, 'Under way').join()).toContain('A1 Dan Dyer: Read the database logs');
    expect(listOf(card, 'Mitigations in the queue')).toEqual(['M4: Restart the workers']);
    expect(listOf(card, 'Decisions pending')).toContain('Due: Undo what made it worse');
    expect(listOf(card, 'Decisions pending')).toContain('Parked: Late alert');
    expect(valueAt(card, 'Next update round')).toBe('14:20');
  });

  test('lets the incoming accept in so many words', () => {
    expect(buttonOf(card, 'I have command')).toMatchObject({ command: 'accept-hand-over', primary: true });
  });

  test('can be read aloud', () => {
    expect(briefText(card)).toContain('What was tried, and what it did:\n- M3: Roll back 4.2 · worse\n');
  });
});

describe('the draft for stakeholders', () => {
  test('says impact, work with its times, and when they hear next; it names nobody', () => {
    const room = stage('mitigating');
    expect(updateDraft(room.incident, room.world, wordsOf(room)).split('\n')).toEqual([
      'Checkout fails (SEV-2). The impact lasts.',
      'Impact: Nobody can pay',
      'Under way: Roll back 4.2, expected by 14:10',
      'Under way: Read the database logs, expected by 14:10',
      'Under way: Draft words for customers, expected by 14:10',
      'Next update around 14:20.',
      'Times in UTC',
    ]);
  });

  test('before anything is known says that it is being found out', () => {
    const room = stage('commanded');
    const draft = updateDraft(room.incident, room.world, wordsOf(room, 'de'));
    expect(draft).toContain('Wir klären gerade, was Kunden sehen.');
    expect(draft).toContain('Wir entscheiden gerade, was wir als Nächstes versuchen.');
  });

  test('after the fix says that it is watched', () => {
    const room = stage('watching');
    const draft = updateDraft(room.incident, room.world, wordsOf(room));
    expect(draft).toContain('Mitigated, watching until 14:19.');
    expect(draft).not.toContain('Under way');
  });
});

describe('the checklist', () => {
  test('shows what is missing until it is there', () => {
    const room = stage('watching');
    const listed = () => listOf(checklistCard(room.incident, wordsOf(room)), 'What the record has');
    expect(listed()).toContain('Log lines: missing');
    expect(listed()).toContain('What ended the impact: there');
    expect(listed()).toContain('Every question about impact answered: missing');
    room.does('dan', 'keep-evidence', { kind: 'log', text: 'ERROR' });
    expect(listed()).toContain('Log lines: there');
  });

  test('brings back what was parked, and says who stays', () => {
    const room = stage('a message is drafted');
    room.does('ann', 'mitigated', { stays: ['dan'] });
    const card = checklistCard(room.incident, wordsOf(room));
    expect(listOf(card, 'Parked topics')).toEqual(['Dan Dyer: Why is the alert so late?']);
    expect(valueAt(card, 'Staying')).toBe('Ann Archer and Dan Dyer');
  });
});

describe('customer messages', () => {
  test('wait as drafts to be read and confirmed', () => {
    const room = stage('a message is drafted');
    const card = messagesCard(room.incident, wordsOf(room));
    expect(card.blocks[0]).toMatchObject({ text: 'Customer message 1: draft by Cat Carter' });
    expect(card.blocks[1]).toMatchObject({ text: 'We are working on it.' });
    expect(buttonOf(card, 'Confirm')).toMatchObject({
      command: 'confirm-message',
      fields: { message: 1 },
      form: false,
    });
  });

  test('show where they have gone, and where not', () => {
    const room = stage('a message is confirmed');
    const report = (fields: object) => room.does('baton', 'report-publication', { message: 1, ...fields });
    report({ place: 'status', reason: 'HTTP 500' });
    const card = () => messagesCard(room.incident, wordsOf(room));
    expect(valueAt(card(), 'Status page')).toBe('HTTP 500');
    room.does('dan', 'posted', { message: 1 });
    expect(valueAt(card(), 'Posted by hand')).toBe('published 14:00');
    report({ place: 'status' });
    expect(valueAt(card(), 'Status page')).toBe('published 14:00');
  });
});

describe('a page', () => {
  test('says who is needed for what, and takes the answer in one press', () => {
    const room = stage('declared');
    const card = pageCard({ person: 'cat', wanted: 'Payments on-call', attempt: 2 }, room.incident, wordsOf(room));
    expect(lineOf(card)).toBe('Cat Carter, you are needed: Payments on-call. Please join the call.');
    expect(buttonsOf(card).map(({ command, form }) => [command, form])).toEqual([
      ['answer-page', false],
      ['join-call', false],
    ]);
    expect(pageText({ person: 'cat', wanted: '', attempt: 1 }, wordsOf(room, 'de'))).toBe(
      'Cat Carter, du wirst gebraucht. Bitte komm in den Call.',
    );
  });
});

test('every view can be asked for, and without an incident leads to the board', () => {
  const room = stage('mitigating');
  const scene = { world: room.world, words: wordsOf(room), listed: [] };
  for (const view of VIEWS) {
    expect(viewCard(view, { ...scene, incident: room.incident }).blocks.length).toBeGreaterThan(0);
    const own: Partial<Record<typeof view, string>> = { help: 'help', 'link-account': 'link' };
    expect(viewCard(view, scene).key).toBe(own[view] ?? 'board');
  }
});

test('who is to command next is told apart from who commands', () => {
  const severities = SETTINGS.severities.map((one) => ({ ...one, shift: 31 * 60_000 }));
  const settings = { ...SETTINGS, severities, commanders: ['ann', 'bob'] };
  const room = new Room('Checkout fails', { settings }).joins('ann');
  room.does('ann', 'take-command');
  room.fastForward('2m');
  for (const [language, next] of [
    ['en', 'Next incident commander'],
    ['de', 'Nächster Incident Commander'],
  ] as const) {
    const labels = seatRows(room.incident, wordsOf(room, language)).map(({ label }) => label);
    expect(labels.filter((label) => label === next)).toHaveLength(1);
    expect(new Set(labels).size).toBe(labels.length);
  }
});
