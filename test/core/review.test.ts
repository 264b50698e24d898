// The review says what was kept and what was late or missed, by the record alone, and points to the guide's own headings.
import { describe, expect, test } from '@jest/globals';
import { CHAPTERS, readings, reviewLines, reviewMarkdown } from '../../src/cards/review.ts';
import { wordsFor } from '../../src/cards/words/words.ts';
import { reviewOf } from '../../src/core/review.ts';
import { text } from '../house/tree.ts';
import { commanded, MINUTE, patient, queued, running, underWay } from '../support/commanded-room.ts';
import { PEOPLE, Room, SETTINGS } from '../support/room.ts';

const review = ({ incident, events, world }: Room) => reviewOf(incident, events, world.settings);
const kept = (room: Room) => review(room).flatMap((one) => (one.kept ? [one.finding] : []));
const missed = (room: Room) => review(room).flatMap((one) => (one.kept ? [] : [one.finding]));
const found = (room: Room, finding: string) => review(room).filter((one) => one.finding === finding);

describe('people and the commander', () => {
  test('an incident that nobody came to', () => {
    const room = new Room();
    room.fastForward('10m');
    expect(missed(room)).toEqual([
      'call-empty',
      'commander-none',
      'impact-unasked',
      'nothing-tried',
      'nothing-delegated',
      'still-open',
    ]);
  });

  test('a seat that nobody filled is named; one whose person came and went was filled', () => {
    const room = new Room('Checkout fails', { settings: SETTINGS, declared: { service: 'payments' } }).joins('cat');
    room.does('cat', 'leave-call');
    room.fastForward('30m');
    expect(found(room, 'seat-empty')).toMatchObject([{ kept: false, facts: { wanted: { seat: 'commander' } } }]);
  });

  test('whoever takes command when first asked is in time; after that it is late, with how often it was asked', () => {
    const room = new Room('Checkout fails', { settings: SETTINGS }).joins('bob');
    room.does('bob', 'take-command');
    expect(kept(room)).toContain('commander-found');
    const late = new Room('Checkout fails', { settings: SETTINGS }).joins('bob');
    late.fastForward('8m');
    late.does('bob', 'take-command');
    expect(found(late, 'commander-late')).toMatchObject([
      { kept: false, at: late.now, facts: { count: late.happened('commander-sought').length } },
    ]);
    expect(late.happened('commander-sought').length).toBeGreaterThan(1);
  });

  test('a commander who fell silent, and a command that lapsed', () => {
    const room = commanded('SEV-2', { settings: SETTINGS });
    room.fastForward('40m');
    expect(missed(room)).toEqual(expect.arrayContaining(['commander-silent', 'command-lapsed']));
  });
});

describe('impact and mitigations', () => {
  test('asked first, or only after something was begun, or never', () => {
    expect(kept(commanded())).toEqual(expect.arrayContaining(['impact-first', 'severity-decided']));
    const late = new Room().joins('ann', 'bob');
    late.does('ann', 'take-command');
    running(late, 'bob');
    expect(missed(late)).toContain('impact-unasked');
    late.does('ann', 'assess-impact', { sees: 'Nobody can pay' });
    expect(found(late, 'impact-late')).toMatchObject([{ facts: { activity: { activity: 1 } } }]);
  });

  test('a severity that was only assumed', () => {
    const room = new Room().joins('ann', 'bob');
    room.does('ann', 'take-command');
    room.fastForward('6m');
    expect(found(room, 'severity-assumed')).toMatchObject([{ facts: { severity: { severity: 'SEV-1' } } }]);
  });

  test('one after the other and judged; overlapped; never judged', () => {
    const room = commanded('SEV-1');
    const first = running(room, 'bob');
    const second = queued(room, 'cat', 'Restart');
    room.does('ann', 'start-mitigation', { activity: second, overlap: 'Both are harmless' });
    room.does('bob', 'finish', { activity: first });
    room.does('ann', 'judge-mitigation', { activity: first, verdict: 'no-effect' });
    room.does('cat', 'finish', { activity: second });
    room.fastForward('5m');
    expect(found(room, 'overlapped')).toMatchObject([
      { kept: false, facts: { activity: { activity: second }, activities: { activities: [first] } } },
    ]);
    expect(found(room, 'judged')).toMatchObject([{ facts: { activity: { activity: first } } }]);
    expect(found(room, 'unjudged')).toMatchObject([{ facts: { activity: { activity: second } } }]);
    expect(kept(room)).not.toContain('one-at-a-time');
  });

  test('what made it worse was undone, or left as it was', () => {
    const room = commanded();
    const first = running(room, 'bob');
    room.does('bob', 'finish', { activity: first });
    room.does('ann', 'judge-mitigation', { activity: first, verdict: 'worse' });
    expect(missed(room)).toContain('worse-left');
    room.does('ann', 'propose-mitigation', { reverses: first });
    room.does('ann', 'start-mitigation', { activity: first + 1 });
    expect(missed(room)).not.toContain('worse-left');
    expect(kept(room)).toContain('worse-undone');
  });
});

describe('work and rhythm', () => {
  test('work that nobody took on, and what became of it', () => {
    const room = commanded();
    room.does('ann', 'delegate', { owner: 'bob', what: 'Read the logs' });
    room.fastForward('4m');
    expect(found(room, 'unclaimed-left')).toMatchObject([{ facts: { owner: { person: 'bob' } } }]);
    room.does('ann', 'give', { activity: 1, to: 'cat' });
    expect(found(room, 'unclaimed-given')).toMatchObject([{ kept: true, facts: { took: { lasting: MINUTE } } }]);
  });

  test('work that everybody left unacknowledged is no work acknowledged', () => {
    const room = commanded();
    for (const what of ['Read the logs', 'Look at the queue']) room.does('ann', 'delegate', { owner: 'bob', what });
    expect(kept(room)).not.toContain('acknowledged');
    expect(found(room, 'unacknowledged')).toMatchObject([{ kept: false, facts: {} }]);
    room.fastForward('1m');
    room.does('bob', 'acknowledge', { activity: 1 });
    expect(missed(room)).not.toContain('unacknowledged');
    expect(found(room, 'acknowledged')).toMatchObject([{ facts: { took: 1, all: 2, slowest: { lasting: MINUTE } } }]);
  });

  test('each lull, with its length; or none', () => {
    const busy = commanded();
    underWay(busy, 'bob');
    expect(kept(busy)).toContain('no-lull');
    const idle = commanded();
    idle.fastForward('5m');
    idle.does('ann', 'note', { text: 'Still nothing' });
    expect(found(idle, 'lull')).toMatchObject([{ kept: false, facts: { lasting: { lasting: 5 * MINUTE } } }]);
  });

  test('rounds held, missed, skipped and put off; stakeholders told or not', () => {
    const room = commanded();
    room.fastForward('20m');
    room.does('ann', 'restate-impact', { trend: 'same' });
    expect(missed(room)).toContain('stakeholders-untold');
    room.does('ann', 'send-update', { text: 'We are on it' });
    expect(found(room, 'stakeholders-told')).toMatchObject([{ facts: { count: 1 } }]);
    room.does('ann', 'snooze-round', { until: '30m', reason: 'All are reading logs' });
    room.fastForward('50m');
    room.does('ann', 'skip-round', { reason: 'The vendor is on the line' });
    expect(found(room, 'rounds-held')).toMatchObject([{ facts: { held: 1, onTime: 1 } }]);
    expect(missed(room)).toEqual(expect.arrayContaining(['round-skipped', 'round-put-off']));
  });

  test('a round that nobody took up was missed; one that the end of the impact overtook was not', () => {
    const room = commanded();
    room.fastForward('40m');
    expect(found(room, 'round-missed')).toMatchObject([{ facts: { round: 1 } }]);
    room.fastForward('1m');
    room.does('ann', 'mitigated');
    expect(room.incident.rounds.map(({ outcome }) => outcome)).toEqual(['missed', 'missed']);
    expect(found(room, 'round-missed')).toHaveLength(1);
  });

  test('a shift handed over, and one that went on past its end', () => {
    const room = commanded('SEV-1', { settings: patient(SETTINGS) });
    room.fastForward('3h');
    expect(missed(room)).toContain('shift-overrun');
    room.does('ann', 'hand-over', { to: 'bob' });
    room.does('bob', 'accept-hand-over');
    expect(found(room, 'handed-over')).toMatchObject([{ kept: true, facts: { from: { person: 'ann' } } }]);
  });
});

describe('relief', () => {
  const tired = () => {
    const room = new Room('Checkout fails', { settings: patient(SETTINGS) }).joins('ann', 'cat');
    room.does('ann', 'take-command');
    room.does('ann', 'set-severity', { severity: 'SEV-2' });
    room.fastForward('6h');
    return room;
  };
  const ofCat = (room: Room) =>
    review(room).filter(({ facts }) => JSON.stringify(facts.person) === JSON.stringify({ person: 'cat' }));

  test('that was given before anybody had to ask again was in time', () => {
    const room = tired();
    room.fastForward('20m');
    room.does('ann', 'relieve', { person: 'cat' });
    expect(ofCat(room)).toMatchObject([{ finding: 'relieved', kept: true, at: room.now }]);
  });

  test('that was asked for again and again is said once: how late it came, or that it never did', () => {
    const room = tired();
    room.fastForward('2h');
    expect(room.happened('relief-due').filter(({ person }) => person === 'cat')).toHaveLength(5);
    expect(ofCat(room)).toMatchObject([{ finding: 'unrelieved', kept: false, at: room.now - 120 * MINUTE }]);
    room.does('ann', 'relieve', { person: 'cat' });
    expect(ofCat(room)).toMatchObject([
      { finding: 'relieved-late', kept: false, facts: { took: { lasting: 120 * MINUTE } } },
    ]);
  });

  test('of somebody who went and rested by themselves is not counted from before that', () => {
    const room = tired();
    room.does('cat', 'leave-call');
    room.fastForward('9h');
    room.joins('cat');
    room.fastForward('6h');
    room.does('ann', 'relieve', { person: 'cat' });
    expect(ofCat(room).map(({ finding }) => finding)).toEqual(['unrelieved', 'relieved']);
  });
});

describe('the end', () => {
  const over = () => {
    const room = commanded();
    room.does('ann', 'mitigated');
    return room;
  };

  test('closed from a watch that ran out, or early with a reason, or not at all', () => {
    const watched = over();
    expect(missed(watched)).toContain('unwatched');
    watched.fastForward('15m');
    watched.does('ann', 'close');
    expect(found(watched, 'watched')).toMatchObject([{ facts: { lasting: { lasting: 15 * MINUTE } } }]);
    const early = over();
    early.does('ann', 'close', { reason: 'I was tired' });
    expect(found(early, 'closed-early')).toMatchObject([{ kept: false, facts: { reason: 'I was tired' } }]);
  });

  test('what came back and was still going on had ended neither watched nor closed', () => {
    const room = over();
    room.does('ann', 'recurred', { what: 'It fails again' });
    expect(missed(room)).toContain('still-open');
    expect(missed(room)).not.toContain('unwatched');
    room.does('ann', 'mitigated');
    room.fastForward('15m');
    room.does('ann', 'close');
    expect(kept(room)).toContain('watched');
    room.does('ann', 'reopen', { reason: 'It fails once more' });
    expect(missed(room)).toContain('still-open');
    expect(kept(room)).not.toContain('watched');
  });

  test('the record was gathered, or how much of it is not there', () => {
    const room = over();
    expect(found(room, 'ungathered')).toMatchObject([{ facts: { count: 5 } }]);
    room.does('ann', 'note', { text: 'It began with a release' });
    for (const kind of ['action', 'screenshot', 'log', 'link']) room.does('ann', 'keep-evidence', { kind, text: kind });
    expect(kept(room)).toContain('gathered');
  });
});

describe('as people read it', () => {
  const room = commanded();
  room.fastForward('5m');
  const findings = review(room);
  const words = wordsFor({ language: 'en', zone: 'UTC' }, PEOPLE, room.incident);

  test('a line for each, with its time, and each heading of the guide once', () => {
    const lines = reviewLines(findings, words);
    expect(lines).toHaveLength(findings.length);
    expect(lines[0]).toMatch(/^14:00 {2}✓ The first person was on the call after 0 s/);
    expect(lines.join('\n')).toMatch(/^14:00 {2}→ Nothing was being done for/m);
    const read = readings(findings, words);
    expect(read).toContain('Always be doing something: docs/guide.md#6-always-be-doing-something');
    expect(new Set(read).size).toBe(read.length);
  });

  test('as Markdown it has all of them, and nothing that people wrote becomes markup', () => {
    const hostile = commanded();
    hostile.does('ann', 'close', { reason: '**done** | # [x](y)' });
    const said = reviewMarkdown(hostile.incident, review(hostile), words);
    expect(said).toMatch(/^# Review of INC-1: Checkout fails\n/);
    expect(said).toContain('\\*\\*done\\*\\*');
    expect(said.match(/^- /gm)?.length).toBeGreaterThanOrEqual(review(hostile).length);
  });

  test('its places in docs/guide.md are there', async () => {
    const headings = (await text('docs/guide.md')).match(/^## .*$/gm) ?? [];
    const anchors = headings.map((heading) =>
      heading
        .slice(3)
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    );
    expect(Object.values(CHAPTERS).filter((anchor) => !anchors.includes(anchor))).toEqual([]);
  });
});
