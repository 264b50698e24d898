// Anything that can post JSON: our own body, somebody else's by a mapping, and everything that can be wrong with them.
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Mapping, readJson } from '../../../src/adapters/alerts/json.ts';
import { at, gist } from '../../../src/adapters/alerts/paths.ts';
import type { Report } from '../../../src/adapters/alerts/report.ts';
import { LONGEST_TITLE } from '../../../src/core/contract.ts';
import { AlertHouse, recorded } from '../../support/alert-house.ts';

function read(body: unknown, mapping?: Mapping): Report {
  const report = readJson(body, 'json', mapping);
  if ('malformed' in report) throw new Error(report.malformed);
  return report;
}

function endless(): unknown {
  let nested: unknown = [];
  for (let depth = 0; depth < 50_000; depth += 1) nested = [nested];
  return nested;
}

test('our own body is read as it was meant', () => {
  expect(read(JSON.parse(recorded('json/firing')))).toEqual({
    key: expect.stringMatching(/^json:[\w-]{32}$/),
    title: 'Payments fail for one in five customers',
    service: 'payments',
    severities: ['SEV-1'],
    sender: 'checkout probe',
    leftOut: 0,
    doubts: [],
    alerts: [
      {
        fingerprint: expect.stringMatching(/^json:/),
        name: 'Payments fail for one in five customers',
        status: 'firing',
        link: 'https://dash.example.com/pay',
        text: '5xx on /charge above 20% for 5 minutes\nhttps://runbooks.example.com/payments',
      },
    ],
  });
});

describe('what makes it the same trouble', () => {
  const key = (body: object) => read(body).key;

  test('is the key, whatever else changes', () => {
    expect(key({ title: 'CPU at 93%', key: 'cpu' })).toBe(key({ title: 'CPU at 97%', key: 'cpu', service: 'x' }));
    expect(key({ title: 'CPU', key: 7 })).toBe(key({ title: 'CPU', key: '7' }));
  });

  test('is title and service without a key', () => {
    expect(key({ title: 'Down', text: 'since 3' })).toBe(key({ title: 'Down' }));
    expect(key({ title: 'Down', service: 'a' })).not.toBe(key({ title: 'Down', service: 'b' }));
  });

  test('is its own for each sender', () => {
    expect(key({ title: 'Down', source: 'cron' })).not.toBe(key({ title: 'Down', source: 'probe' }));
  });
});

describe('a doubt falls towards opening, and is said', () => {
  test.each<[string, object, object, RegExp[]]>([
    [
      'no title but a text',
      { text: 'It burns\nbadly' },
      { title: 'It burns' },
      [/no title at title: "It burns" stands/],
    ],
    ['no title but a key', { key: 'db-1' }, { title: 'db-1' }, [/"db-1" stands in/]],
    ['a title that is an object', { title: {}, key: 'k' }, { title: 'k' }, [/title is an object/, /stands in/]],
    ['a title of nothing', { title: ' \u0007', service: 's' }, { title: 's' }, [/stands in/]],
    [
      'fields that nobody knows',
      { message: 'down', host: { name: 'db-1' } },
      { title: 'message: down, name: db-1' },
      [/stands in/],
    ],
    [
      'a status that nobody knows',
      { title: 't', status: 'flapping' },
      { title: 't' },
      [/"flapping".* taken as firing/],
    ],
    ['a text that is an object', { title: 't', text: { a: 1 } }, { title: 't' }, [/text is an object/]],
    ['a text in nested lists', { title: 't', text: [['a']] }, { title: 't' }, [/text is a list/]],
    [
      'links that are none',
      { title: 't', links: ['javascript:alert(1)', 7, {}] },
      { title: 't' },
      [/Links .* left out: 3$/],
    ],
  ])('%s', (_what, body, expected, doubts) => {
    const report = read(body);
    expect(report).toMatchObject({ ...expected, alerts: [{ status: 'firing' }] });
    expect(report.doubts).toEqual(doubts.map((doubt) => expect.stringMatching(doubt)));
  });

  test('a list of one is that one, and a list of more is taken as a whole', () => {
    expect(read([{ title: 'Down' }])).toEqual(read({ title: 'Down' }));
    const report = read([{ title: 'Down' }, { title: 'Slow' }]);
    expect(report).toMatchObject({ title: 'title: Down, title: Slow', alerts: [{ status: 'firing' }] });
    expect(report.doubts[0]).toContain('It is a list: send each alert by itself');
  });

  test('numbers, truths and lists of words are text', () => {
    const report = read({ title: 503, text: ['a', 2, true, null], links: 'https://a.example.com', severity: 2 });
    expect(report).toMatchObject({ title: '503', severities: ['2'], doubts: [] });
    expect(report.alerts).toMatchObject([{ text: 'a, 2, true', link: 'https://a.example.com' }]);
  });

  test('links may be objects with an address', () => {
    const links = [{ url: 'https://a.example.com' }, { href: 'https://b.example.com', text: 'b' }];
    expect(read({ title: 't', links }).alerts).toMatchObject([
      { link: 'https://a.example.com', text: 'https://b.example.com' },
    ]);
  });

  test('a title is cut, a sender too', () => {
    const { title, sender = '' } = read({ title: 'x'.repeat(5000), source: 'y'.repeat(5000) });
    expect([title.length, sender.length]).toEqual([LONGEST_TITLE, 100]);
  });
});

test.each<[string, unknown, RegExp]>([
  ['an empty list', [], /There is nothing in it/],
  ['lists without end', endless(), /There is nothing in it/],
  ['nothing', {}, /There is nothing in it/],
  ['nothing with names', { a: null, b: [], c: {}, d: ' ' }, /There is nothing in it/],
  ['nothing at all', undefined, /There is nothing in it/],
])('%s is refused, with what to send', (_what, body, said) => {
  expect(readJson(body)).toEqual({ malformed: expect.stringMatching(said) });
});

describe('a path', () => {
  const body = { a: { b: [{ c: 'deep' }], 'd.e': 'dotted' }, 'a.f': 'flat', list: [1] };

  test.each<[string, unknown]>([
    ['a.b.0.c', 'deep'],
    ['a.d.e', 'dotted'],
    ['a.f', 'flat'],
    ['a.b.1.c', undefined],
    ['a.b.c', undefined],
    ['a.b.0.c.x', undefined],
    ['list.length', undefined],
    ['a.constructor.name', undefined],
    ['__proto__', undefined],
    ['', undefined],
  ])('%s leads to %j', (path, found) => {
    expect(at(body, path)).toEqual(found);
  });

  test('into what is no object leads nowhere', () => {
    for (const nothing of [null, undefined, 'text', 7]) expect(at(nothing, 'length')).toBeUndefined();
  });
});

test('the gist of a body that is nested without end is taken all the same', () => {
  let nested: unknown = 'deep';
  for (let depth = 0; depth < 50_000; depth += 1) nested = { in: nested };
  expect(gist({ nested, host: 'db-1' })).toBe('host: db-1');
});

describe('by a mapping', () => {
  const mapping: Mapping = {
    fields: {
      title: ['alert.title', 'check.name'],
      key: ['id'],
      text: ['note', 'check.output'],
      links: ['url', 'more'],
      status: ['state'],
    },
    resolved: ['OK', 'closed'],
  };

  test('the first title that says something counts, and all texts and links do', () => {
    const links = { url: 'https://a.example.com', more: ['https://b.example.com'] };
    const report = read(
      { alert: { title: '' }, check: { name: 'disk', output: '93%' }, note: 'db-1', ...links },
      mapping,
    );
    expect(report).toMatchObject({ title: 'disk', doubts: [] });
    expect(report.alerts).toMatchObject([{ link: 'https://a.example.com', text: 'db-1\n93%\nhttps://b.example.com' }]);
  });

  test.each([
    ['ok', 'resolved'],
    ['CLOSED', 'resolved'],
    ['CRITICAL', 'firing'],
    [undefined, 'firing'],
  ])('the status %s is %s', (state, status) => {
    expect(read({ check: { name: 'disk' }, state }, mapping)).toMatchObject({ alerts: [{ status }], doubts: [] });
  });

  test('a path that does not exist says which it was', () => {
    expect(read({ checks: { name: 'disk' } }, mapping)).toMatchObject({
      title: 'name: disk',
      doubts: ['There is no title at alert.title or check.name: "name: disk" stands in for it'],
    });
  });

  test('our own fields mean nothing', () => {
    expect(read({ title: 'ours', test: true, id: 7 }, mapping)).toMatchObject({ title: '7' });
    expect(read({ title: 'ours', test: true, id: 7 }, mapping)).not.toHaveProperty('test');
  });
});

describe('over HTTP', () => {
  let house: AlertHouse;
  afterEach(() => house.end());
  const post = (body: object) => house.post('json/local', JSON.stringify(body));

  test('people are told who sent it, and the record keeps both names', async () => {
    house = new AlertHouse();
    await house.post('json/local', recorded('json/firing'));
    expect(await house.handler.incident('INC-1')).toMatchObject({
      source: { kind: 'alert', via: 'json', sender: 'checkout probe' },
      severity: { severity: 'SEV-1' },
    });
    expect(await house.told('INC-1', 'incident-declared', 'alert-noted')).toEqual([
      expect.stringMatching(/^checkout probe raised an incident: Payments fail/),
      expect.stringMatching(/^Alert from checkout probe: Payments fail/),
    ]);
  });

  test('what is far too long in every field opens an incident all the same', async () => {
    house = new AlertHouse();
    const long = '🔥'.repeat(5000);
    const fields = ['title', 'key', 'severity', 'service', 'text', 'links', 'status', 'source'];
    const { status, said } = await post(Object.fromEntries(fields.map((field) => [field, long])));
    expect(status).toBe(200);
    expect(said.doubts).toHaveLength(4);
    expect(JSON.stringify(said).length).toBeLessThan(3000);
    expect(await house.alertsOf('INC-1')).toHaveLength(1);
  });

  test('a severity is one of ours or one that the house maps, and anything else is said', async () => {
    house = new AlertHouse('{severities: {Blocker: SEV-1}}');
    const severities = [];
    for (const severity of ['sev-3', 'BLOCKER', 'grave']) {
      const { said } = await post({ title: severity, severity });
      severities.push([(await house.handler.incident(String(said.incident)))?.severity.severity, said.doubts?.length]);
    }
    expect(severities).toEqual([
      ['SEV-3', undefined],
      ['SEV-1', undefined],
      ['SEV-2', 1],
    ]);
  });

  test('all that cannot be read is one incident, with each of it once', async () => {
    house = new AlertHouse();
    for (const host of ['db-1', 'db-2', 'db-1']) {
      expect(await post({ host })).toMatchObject({ status: 200, said: { incident: 'INC-1' } });
    }
    expect(await house.alertsOf('INC-1')).toEqual(['host: db-1 firing', 'host: db-2 firing']);
  });

  test.each<[string, string]>([
    ['{"title": "He said "no""}', '{"title": "He said "no""}'],
    ['Checkout fails\nsince 14:02', 'Checkout fails since 14:02'],
    ['title=x', 'title=x'],
    ['"down"', 'down'],
  ])('what is no object of JSON opens an incident by its text: %j', async (body, title) => {
    house = new AlertHouse();
    const { status, said } = await house.post('json/local', body);
    expect(status).toBe(200);
    expect(said.doubts).toHaveLength(1);
    expect(await house.handler.incident('INC-1')).toMatchObject({ title });
    // Another of the kind goes there too.
    expect((await house.post('json/local', 'and more')).said).toMatchObject({ incident: 'INC-1' });
    expect(await house.alertsOf('INC-1')).toHaveLength(2);
  });

  test('a test is a drill that pages nobody, and what is real never goes there', async () => {
    house = new AlertHouse();
    const alert = { title: 'Checkout fails', key: 'checkout' };
    for (let times = 0; times < 2; times += 1) await post({ ...alert, test: true });
    expect(await house.handler.incident('INC-1')).toMatchObject({ drill: true, seats: {}, source: { test: true } });
    expect((await post(alert)).said).toEqual({ incident: 'INC-2' });
    expect(await house.handler.incident('INC-2')).toMatchObject({ drill: false });
    expect((await post({ ...alert, test: true })).said).toEqual({ incident: 'INC-1' });
  });

  test('a list nested without end is answered', async () => {
    house = new AlertHouse();
    const nested = `{"title":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect((await house.post('json/local', nested)).status).toBe(400);
  });
});
