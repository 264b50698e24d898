// The record holds everything that happened, measured and told, and nothing in it becomes markup.
import { describe, expect, test } from '@jest/globals';
import { fenced, inline, linked, paragraphs, table } from '../../src/cards/markdown.ts';
import { promptLines, RECORD_VERSION, recordJson, recordMarkdown } from '../../src/cards/record.ts';
import { replay } from '../../src/core/evolve.ts';
import { wordsOf } from '../support/reading.ts';
import { type Room, SETTINGS } from '../support/room.ts';
import { fullRoom, MARKUP, STAGES } from '../support/rooms.ts';

const stage = (name: string): Room => {
  const make = STAGES[name];
  if (!make) throw new Error(`no stage ${name}`);
  return make();
};
const markdown = (room: Room, language?: string) =>
  recordMarkdown(room.incident, room.events, room.world.settings, wordsOf(room, language));

/** A section's own text, by its heading. */
function section(record: string, heading: string): string {
  const [, body = ''] = record.split(`\n## ${heading}\n\n`);
  return body.split('\n## ')[0]?.trim() ?? '';
}

describe('the record of an incident that was closed', () => {
  const room = stage('closed');
  const record = markdown(room);

  test('says what it was', () => {
    expect(record).toMatch(/^# INC-1: Checkout fails\n/);
    expect(record).toContain('| Where we are | Closed |');
    expect(record).toContain('| Service | Payments |');
    expect(record).toContain('| Declared | 14:00, Ann Archer |');
    expect(record).toContain('| What do customers see? | Nobody can pay |');
  });

  test('says how it was run', () => {
    const run = section(record, 'How it was run');
    expect(run).toContain('| Time to call | 0 s |');
    expect(run).toContain('| Time to first mitigation | 0 s |');
    expect(run).toContain('| Time to mitigated | 4 min |');
    expect(run).toMatch(/\| Delegations acknowledged \| 3 of 3, median 0 s, slowest 0 s \|/);
  });

  test('holds the mitigations with windows and judgements', () => {
    expect(section(record, 'Mitigations').split('\n').slice(2)).toEqual([
      '| M3 | Roll back 4.2 | Dan Dyer | 14:00 | 14:00 | 14:03 | fixed | ended the impact |',
      '| M4 | Restart the workers | – | – | – | – | queued |  |',
    ]);
  });

  test('holds activities by owner, shifts, hours, severity and impact', () => {
    expect(section(record, 'Activities by owner')).toContain('| Cat Carter | A2 | customer communication |');
    expect(section(record, 'Commanders’ shifts')).toContain('| Ann Archer | 14:00 | 14:24 | 24 min |');
    expect(section(record, 'People’s hours')).toContain('| Ann Archer | 24 min | 0 s |');
    expect(section(record, 'Severity over time').split('\n')).toHaveLength(4);
    expect(section(record, 'Prompts')).toContain('| Judge a mitigation | 1 | 1 | 1 min | 0 | 0 |');
  });

  test('holds evidence and corrections', () => {
    expect(section(record, 'Evidence')).toContain('````\nERROR ```timeout```\n````');
    expect(section(record, 'Evidence')).toContain('](<https://example.com/d?a=1|2>)');
    expect(section(record, 'Corrections')).toContain('to entry 2: That was Ben');
  });

  test('tells everything that happened, in order, and marks what was corrected', () => {
    const told = section(record, 'Timeline').split('\n').slice(2);
    expect(told.length).toBeGreaterThan(30);
    expect(told[0]).toMatch(/^\| 1 \| 14:00 \| Ann Archer \| Ann Archer declared an incident: Checkout fails\./);
    expect(told.some((line) => line.startsWith('| 2 (corrected) |'))).toBe(true);
    const untold = ['prompts-changed', 'person-introduced'];
    expect(told.filter((line) => line.startsWith('| '))).toHaveLength(
      room.events.filter(({ type }) => !untold.includes(type)).length,
    );
  });

  test('leaves out what there was none of', () => {
    expect(record).not.toContain('## Alerts');
    expect(record).not.toContain('## Lulls');
  });

  test('is there in German', () => {
    expect(markdown(room, 'de')).toContain('| Zeit bis behoben | 4 min |');
  });
});

test('overlaps, a fix that did not hold, rounds, lulls and overrides are told', () => {
  const room = stage('mitigating');
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'Everybody' });
  room.does('ann', 'start-mitigation', { activity: 4, owner: 'cat', overlap: 'Minutes count' });
  room.does('dan', 'finish', { activity: 3 });
  room.does('ann', 'judge-mitigation', { activity: 3, verdict: 'fixed' });
  room.does('cat', 'finish', { activity: 4 });
  room.does('ann', 'judge-mitigation', { activity: 4, verdict: 'cant-tell' });
  room.does('ann', 'skip-round', { reason: 'All is said' });
  for (let n = 0; n < 3; n += 1) {
    room.fastForward('8m');
    room.does('ann', 'confirm-command');
  }
  room.does('ann', 'mitigated', { mitigation: 3 });
  room.does('dan', 'recurred', { what: 'Again' });
  room.does('dan', 'park', { topic: 'Late alert' });
  const record = markdown(room);
  expect(section(record, 'Mitigations')).toContain('did not hold; confounded with M4');
  expect(section(record, 'Mitigations')).toContain(
    'confounded with M3: which one worked cannot be told; Reason: Minutes count',
  );
  expect(section(record, 'Update rounds')).toMatch(/^\| 1 \| 14:\d\d \| – \| skipped \|/m);
  expect(section(record, 'Update rounds')).toContain('missed');
  expect(section(record, 'Rules set aside')).toContain(
    'M4 overlapped another mitigation | Ann Archer | Minutes count |',
  );
  expect(section(record, 'Rules set aside')).toContain('an update round was skipped | Ann Archer | All is said |');
  expect(section(record, 'Parked topics')).toBe('- 14:24 Dan Dyer: Late alert');
});

test('every stage has a record, in both languages, with no sentence missing', () => {
  for (const make of Object.values(STAGES)) {
    const room = make();
    for (const language of ['en', 'de']) {
      expect(markdown(room, language)).not.toMatch(/\b(record|event|prompt|card|field)\.[a-z-]+|\{\{|undefined|NaN/);
    }
  }
});

describe('as JSON', () => {
  test('it is the whole of it, and survives the way through a file', () => {
    const room = stage('closed');
    const record = recordJson(room.incident, room.events, SETTINGS);
    expect(record.version).toBe(RECORD_VERSION);
    const read = JSON.parse(JSON.stringify(record));
    expect(replay('INC-1', read.events)).toEqual(room.incident);
    expect(read.measures.to.mitigated).toBe(240_000);
  });

  test('what prompts said can be told from the events', () => {
    const room = stage('closed');
    const lineOf = promptLines(room.events);
    expect(lineOf('judge:3')).toBe('judge-mitigation');
    expect(lineOf('never')).toBeUndefined();
  });
});

describe('what people wrote stays text', () => {
  const room = fullRoom(MARKUP.padEnd(4_000, MARKUP));
  const record = markdown(room);

  test('each table row has as many cells as its head', () => {
    const cells = (line: string) => line.replace(/\\[|]/g, '').split('|').length;
    let head = 0;
    let rows = 0;
    for (const line of record.split('\n')) {
      if (!line.startsWith('|')) head = 0;
      else if (head === 0) head = cells(line);
      else {
        expect([line.slice(0, 80), cells(line)]).toEqual([line.slice(0, 80), head]);
        rows += 1;
      }
    }
    expect(rows).toBeGreaterThan(200);
  });

  test('no heading, tag, emphasis or link comes of it', () => {
    // Fences are exactly what was written, and are no markup.
    const outside = record.replace(/^(`{3,})\n[\s\S]*?\n\1$/gm, '');
    expect(outside).not.toMatch(/<b|<\/b>/);
    expect(outside).not.toMatch(/(?<!\\)\[link/);
    expect(outside).not.toMatch(/(?<!\\)\*\*bold/);
    expect(outside).not.toMatch(/(?<!\\)`code/);
    expect(outside.match(/^# /gm)).toHaveLength(1);
  });
});

describe('markdown', () => {
  test.each([
    ['a | b', 'a \\| b'],
    ['**a** _b_ `c` ~d~', '\\*\\*a\\*\\* \\_b\\_ \\`c\\` \\~d\\~'],
    ['[a](b)', '\\[a\\](b)'],
    ['<b> & &amp;', '&lt;b&gt; &amp; &amp;amp;'],
    ['# a', '\\# a'],
    ['- a', '\\- a'],
    ['1. a', '1\\. a'],
    ['12) a', '12\\) a'],
    ['a\nb', 'a b'],
    ['C:\\temp', 'C:\\\\temp'],
    [':bug: at 14:00', '\\:bug: at 14:00'],
    ['fine - really, 3.5 #1', 'fine - really, 3.5 #1'],
  ])('%s', (text, escaped) => {
    expect(inline(text)).toBe(escaped);
  });

  test('paragraphs keep their lines', () => {
    expect(paragraphs('a\nb\n\n# c')).toBe('a\\\nb\n\n\\# c');
  });

  test('a fence is longer than any in the text', () => {
    expect(fenced('a ````` b')).toBe('``````\na ````` b\n``````');
  });

  test('a link leads to the web or nowhere', () => {
    expect(linked('a', 'https://example.com/?q=(1)')).toBe('[a](<https://example.com/?q=(1)>)');
    expect(linked('a', 'javascript:alert(1)')).toBe('a (javascript:alert(1))');
    expect(linked('a', 'https://example.com/> <b>')).toBe('a (https://example.com/&gt; &lt;b&gt;)');
  });

  test('a table without rows is nothing', () => {
    expect(table(['a'], [])).toBe('');
    expect(table(['a', 'b'], [['1', '|']])).toBe('| a | b |\n| --- | --- |\n| 1 | \\| |');
  });
});
