// What the console's pages may ask and send, and what becomes of everything else.
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openBaton, type TestBaton } from '../../browser/baton.ts';

let baton: TestBaton;

beforeAll(async () => {
  baton = await openBaton({
    people: { ann: { id: 'ann', name: 'Ann Archer' }, bob: { id: 'bob', name: 'Bob Baker' } },
  });
});

afterAll(() => baton.stop());

// biome-ignore lint/suspicious/noExplicitAny: an answer may be anything, and each test says what it expects
type Json = Record<string, any>;

async function get(path: string, as = 'ann', more = ''): Promise<{ status: number; body: Json; headers: Headers }> {
  const response = await fetch(`${baton.url}/console/${path}?as=${as}&lang=en&zone=UTC${more}`);
  return { status: response.status, body: (await response.json()) as Json, headers: response.headers };
}

async function post(path: string, body: unknown, as = 'ann', headers: Record<string, string> = {}) {
  const response = await fetch(`${baton.url}/console/${path}?as=${as}&lang=en&zone=UTC`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Json };
}

const press = (data: unknown, as?: string, id?: string) =>
  post('orders', id === undefined ? { data } : { id, data }, as);

let counter = 0;
const fresh = () => {
  counter += 1;
  return `test:${counter}`;
};

async function declared(title = 'Checkout fails'): Promise<string> {
  const { body } = await press({ command: 'declare', fields: { title } }, 'ann', fresh());
  // What follows by itself, such as the room that is opened, has followed: from here on nothing changes but by orders.
  await baton.handler.settled();
  return body.incident;
}

/** Everything that a card says, whatever its layout. */
const said = (card: unknown): string => JSON.stringify(card);

describe('who asks', () => {
  test('a name is taken, kept, and known again however it is written', async () => {
    const first = await post('session', { name: '  Zoë   Zimmer ', zone: 'Europe/Berlin' });
    expect(first.body).toEqual({ id: 'zoe-zimmer', name: 'Zoë Zimmer' });
    expect((await post('session', { name: 'zoë zimmer' })).body).toEqual(first.body);
    const { body } = await get('start');
    expect(body.people).toContainEqual(first.body);
  });

  test.each([{}, { name: '' }, { name: '   ' }, { name: 'x'.repeat(81) }, { name: 7 }, { name: ['Ann'] }, null])(
    'no name is %j',
    async (body) => {
      expect(await post('session', body ?? 'null')).toEqual({ status: 400, body: { problem: 'malformed' } });
    },
  );

  test.each(['', 'nobody', 'baton', '__proto__', 'constructor'])('"%s" is a stranger', async (as) => {
    expect((await get('incidents/INC-1', as)).status).not.toBe(200);
    expect((await press({ command: 'declare', fields: { title: 'x' } }, as)).body).toEqual({ problem: 'stranger' });
    expect((await post('lines', { id: 'x', line: '/declare x' }, as)).status).toBe(401);
  });
});

describe('a press', () => {
  let id: string;

  beforeEach(async () => {
    id = await declared();
    // Its room is opened and reported besides.
    await baton.handler.settled();
  });

  test('is carried out and says what it made', async () => {
    const version = (await baton.handler.incident(id))?.version ?? 0;
    const { body } = await press({ command: 'join-call', incident: id });
    expect(body).toMatchObject({ outcome: 'done', incident: id, repeated: false });
    expect(body.version).toBeGreaterThan(version);
    expect((await baton.handler.incident(id))?.people.ann?.on).toEqual(['hand']);
  });

  test('twice on one card is one event, whether one after the other or at once', async () => {
    const seen = (await baton.handler.incident(id))?.version;
    const data = { command: 'note', incident: id, seen, fields: { text: 'once' } };
    const both = await Promise.all([press(data), press(data)]);
    const third = await press(data);
    expect([...both, third].map(({ body }) => body.outcome)).toEqual(['done', 'done', 'done']);
    const notes = (await baton.handler.events(id)).filter((event) => event.type === 'note-kept');
    expect(notes).toHaveLength(1);
    expect(third.body.repeated).toBe(true);
  });

  test('of the same button on a newer card, or by somebody else, is another', async () => {
    const data = { command: 'note', incident: id, fields: { text: 'mine' } };
    await press({ ...data, seen: 1 });
    await press({ ...data, seen: 2 });
    await press({ ...data, seen: 2 }, 'bob');
    expect((await baton.handler.events(id)).filter(({ type }) => type === 'note-kept')).toHaveLength(3);
  });

  test('that declares, sent twice, declares once', async () => {
    const order = { command: 'declare', fields: { title: 'Twice' } };
    const [one, two] = await Promise.all([press(order, 'ann', 'd-1'), press(order, 'ann', 'd-1')]);
    expect(one.body.incident).toBe(two.body.incident);
  });

  test('on a stale card is refused with the state as it is, and a button to do it all the same', async () => {
    await press({ command: 'propose-mitigation', incident: id, fields: { what: 'Roll back', owner: 'bob' } });
    const { version: seen } = (await baton.handler.incident(id)) ?? {};
    await press({ command: 'take-command', incident: id });
    await press({ command: 'start-mitigation', incident: id, fields: { activity: 1 } });
    const { body } = await press({ command: 'cancel', incident: id, seen, fields: { activity: 1 } });
    expect(body.outcome).toBe('refused');
    expect(said(body.card)).toContain('"command":"cancel"');
  });

  test('that is refused shows why and what to do instead', async () => {
    const { body } = await press({ command: 'delegate', incident: id, fields: { owner: 'bob', what: 'look' } });
    expect(body).toMatchObject({ outcome: 'refused', text: expect.any(String) });
    expect(said(body.card)).toContain('"command":"take-command"');
  });

  test('that asks for a form gets one, with what is given kept', async () => {
    const { body } = await press({ command: 'delegate', form: true, incident: id, fields: { owner: 'bob' } });
    expect(body.outcome).toBe('card');
    expect(said(body.card)).toContain('"field:what"');
    expect(said(body.card)).toContain('"value":"bob"');
  });

  test.each(['help', 'board', 'status', 'seats', 'rounds', 'brief', 'checklist', 'messages'])(
    'that asks to see %s sees it and changes nothing',
    async (command) => {
      const before = (await baton.handler.incident(id))?.version;
      const { body } = await press({ command, incident: id });
      expect(body).toMatchObject({ outcome: 'card', card: { type: 'AdaptiveCard' } });
      expect((await baton.handler.incident(id))?.version).toBe(before);
    },
  );

  test.each<[string, unknown]>([
    ['no data', {}],
    ['no command', { data: {} }],
    ['a command that is no word', { data: { command: 7 } }],
    ['an empty command', { data: { command: '' } }],
    ['an endless command', { data: { command: 'x'.repeat(65) } }],
    ['an endless id', { id: 'x'.repeat(201), data: { command: 'note' } }],
    ['no JSON', '{"data":'],
    ['a list', '[]'],
  ])('with %s is not read', async (_, body) => {
    expect(await post('orders', body)).toEqual({ status: 400, body: { problem: 'malformed' } });
  });

  test.each(['fly-to-the-moon', '__proto__', 'constructor', 'toString'])(
    'for %s is refused by name',
    async (command) => {
      const { body } = await press({ command, incident: id });
      expect(body).toMatchObject({ outcome: 'refused' });
      expect(said(body.card)).toContain(command);
    },
  );

  test.each(['report-page', 'report-room', 'note-alert'])(
    'for %s, which only adapters say, is refused',
    async (command) => {
      const before = (await baton.handler.incident(id))?.version;
      const { body } = await press({
        command,
        incident: id,
        fields: { reason: 'x', person: 'ann', seat: 'commander' },
      });
      expect(body.outcome).toBe('refused');
      expect((await baton.handler.incident(id))?.version).toBe(before);
    },
  );

  test.each<[string, Json]>([
    ['an unknown field', { text: 'x', colour: 'red' }],
    ['a number for a text', { text: { $ne: 1 } }],
    ['an empty text', { text: '   ' }],
    ['4,001 characters', { text: 'x'.repeat(4_001) }],
  ])('with %s is refused and nothing is kept', async (_, fields) => {
    const { body } = await press({ command: 'note', incident: id, fields });
    expect(body.outcome).toBe('refused');
    expect((await baton.handler.events(id)).some(({ type }) => type === 'note-kept')).toBe(false);
  });

  test('with 4,000 characters is kept whole', async () => {
    await press({ command: 'note', incident: id, fields: { text: '🙂'.repeat(4_000) } });
    const note = (await baton.handler.events(id)).find((event) => event.type === 'note-kept');
    expect(note?.text).toBe('🙂'.repeat(4_000));
  });

  test('too large to be a press is named as such', async () => {
    const { status, body } = await press({ command: 'note', incident: id, fields: { text: 'x'.repeat(300_000) } });
    expect({ status, body }).toMatchObject({ status: 413, body: { problem: 'too-large' } });
  });

  test('for an incident that does not exist says so', async () => {
    const { body } = await press({ command: 'note', incident: 'INC-999', fields: { text: 'x' } });
    expect(body.outcome).toBe('refused');
  });
});

describe('a typed line', () => {
  test('is an order, and sent again under its id it is none', async () => {
    const id = await declared();
    const line = { id: fresh(), incident: id, line: 'Error rate is at 3 %' };
    expect((await post('lines', line)).body).toMatchObject({ outcome: 'done', repeated: false });
    expect((await post('lines', line)).body).toMatchObject({ outcome: 'done', repeated: true });
  });

  test('declares where no incident is looked at', async () => {
    const { body } = await post('lines', { id: fresh(), line: '/declare Search is down' });
    expect((await baton.handler.incident(body.incident))?.title).toBe('Search is down');
  });

  test('that lacks something goes on as its form', async () => {
    const id = await declared();
    await press({ command: 'take-command', incident: id });
    const { body } = await post('lines', { id: fresh(), incident: id, line: '/delegate bob' });
    expect(body.outcome).toBe('card');
    expect(said(body.card)).toContain('"field:what"');
  });

  test('with an unknown command names what was near', async () => {
    const { body } = await post('lines', { id: fresh(), incident: await declared(), line: '/take-comand' });
    expect(body).toEqual({ outcome: 'problem', text: expect.stringContaining('/take-command') });
  });

  test('with a command that resembles none says where they all are', async () => {
    const { body } = await post('lines', { id: fresh(), incident: await declared(), line: '/explode' });
    expect(body).toEqual({ outcome: 'problem', text: expect.stringContaining('/help') });
  });

  test('with words that a command has no use for names the way to what it takes', async () => {
    const { body: surplus } = await post('lines', { id: fresh(), incident: await declared(), line: '/stand-up late' });
    expect(surplus).toEqual({ outcome: 'problem', text: expect.stringMatching(/“late”.*\/help stand-up/) });
    expect(surplus.text).not.toContain('Did you mean');
  });

  test('that is far too long is refused with both lengths, and none of it is kept', async () => {
    const id = await declared();
    const { body } = await post('lines', { id: fresh(), incident: id, line: 'y'.repeat(20_000) });
    expect(body).toMatchObject({ outcome: 'refused', text: expect.stringMatching(/20,000.*4,000/) });
    expect((await baton.handler.events(id)).filter(({ type }) => type === 'note-kept')).toEqual([]);
  });

  test('may show a view', async () => {
    const { body } = await post('lines', { id: fresh(), incident: await declared(), line: '/status' });
    expect(body.outcome).toBe('card');
  });

  test('is completed with what there is', async () => {
    const { body } = await post('complete', { incident: await declared(), line: '/page bo', caret: 8 });
    expect(body.options).toContainEqual(expect.objectContaining({ insert: '@Bob Baker ' }));
    expect(body.help.command).toBe('page');
  });

  test('never offers fields that only surfaces set', async () => {
    const { body } = await post('complete', { line: '/declare x', caret: 10 });
    const names = body.help.fields.map(({ name }: Json) => name);
    expect(names).toContain('title');
    expect(names).not.toContain('key');
  });
});

describe('what people write', () => {
  const NASTY =
    '<img src=x onerror=alert(1)> **bold** [link](javascript:alert(1)) <at>Bob</at> @everyone {{DATE(2026-01-01)}}';

  test('stays text in every answer', async () => {
    const id = await declared(NASTY);
    const { body } = await get(`incidents/${id}`);
    expect(body.title).toBe(NASTY);
    // Text runs are never read as markup, and what a client would fill in by itself is broken up.
    expect(said(body.card.body)).not.toContain('"TextBlock"');
    expect(said(body.card.body)).not.toContain('{{DATE(');
    const { body: entries } = await get(`incidents/${id}/entries`);
    expect(entries.entries[0].text).toContain(NASTY);
  });

  test('in a title is one line of at most 200 characters', async () => {
    const { body } = await press({ command: 'declare', fields: { title: 'x'.repeat(201) } }, 'ann', fresh());
    expect(body.outcome).toBe('refused');
    const id = await declared('two\nlines\u0007');
    expect((await baton.handler.incident(id))?.title).toBe('two lines');
  });
});

describe('a file', () => {
  const upload = (incident: string, bytes: Uint8Array, type: string, name: string, as = 'ann') =>
    fetch(
      `${baton.url}/console/incidents/${incident}/evidence?as=${as}&id=${fresh()}&name=${encodeURIComponent(name)}&lang=en`,
      { method: 'POST', headers: { 'content-type': type }, body: bytes },
    );

  test('is kept as evidence and comes back as it was', async () => {
    const id = await declared();
    const bytes = new Uint8Array([137, 80, 78, 71, 0, 255]);
    const answer = await upload(id, bytes, 'image/png', '..\\..\\C:/graph größe.png');
    expect(await answer.json()).toMatchObject({ outcome: 'done' });
    const { body } = await get(`incidents/${id}`);
    const [file] = body.files;
    expect(file.text).toBe('graph größe.png');
    const back = await fetch(`${baton.url}/console/attachments/${file.id}?as=ann`);
    expect(new Uint8Array(await back.arrayBuffer())).toEqual(bytes);
    expect(back.headers.get('content-type')).toBe('image/png');
    expect(back.headers.get('content-disposition')).toMatch(/^inline/);
    expect(back.headers.get('content-security-policy')).toContain('sandbox');
    expect(back.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each(['text/html', 'image/svg+xml', 'application/javascript', 'text/xml'])(
    '%s is only ever downloaded',
    async (type) => {
      const id = await declared();
      await upload(id, new TextEncoder().encode('<script>alert(1)</script>'), type, 'page');
      const { body } = await get(`incidents/${id}`);
      const back = await fetch(`${baton.url}/console/attachments/${body.files[0].id}?as=ann`);
      expect(back.headers.get('content-type')).toBe('application/octet-stream');
      expect(back.headers.get('content-disposition')).toMatch(/^attachment/);
    },
  );

  test('of nobody, for no incident, or that does not exist', async () => {
    expect((await upload(await declared(), new Uint8Array(1), 'image/png', 'x', 'nobody')).status).toBe(401);
    expect(await (await upload('INC-999', new Uint8Array(1), 'image/png', 'x')).json()).toMatchObject({
      outcome: 'refused',
    });
    expect((await get('attachments/nothing')).status).toBe(404);
  });

  test('that is too large is refused with the limit, and nothing is kept', async () => {
    const small = await openBaton({ people: { ann: { id: 'ann', name: 'Ann' } }, largestFile: 1_000 });
    try {
      const { id } = await small.order('ann', 'declare', { title: 'x' });
      const send = (size: number) =>
        fetch(`${small.url}/console/incidents/${id}/evidence?as=ann&id=${size}&name=x`, {
          method: 'POST',
          headers: { 'content-type': 'text/plain' },
          body: new Uint8Array(size),
        });
      const refused = await send(1_001);
      expect(refused.status).toBe(413);
      expect(await refused.json()).toEqual({ problem: 'too-large', limit: 1_000 });
      expect((await send(1_000)).status).toBe(200);
      expect((await small.handler.incident(id))?.evidence).toHaveLength(1);
    } finally {
      await small.stop();
    }
  });
});

describe('who is let in', () => {
  /** A request with headers that `fetch` would not let anybody set. */
  const raw = (method: string, path: string, headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const { hostname, port } = new URL(baton.url);
      const request = httpRequest({ hostname, port, method, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on('error', reject);
      request.end(method === 'POST' ? '{}' : undefined);
    });

  test('a page of another site may not act here', async () => {
    const body = { data: { command: 'declare', fields: { title: 'x' } } };
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      const json = { 'content-type': 'application/json' };
      expect([
        headers,
        await raw('POST', '/console/orders?as=ann', { ...json, ...headers, host: new URL(baton.url).host }),
      ]).toEqual([headers, 403]);
    }
    expect((await post('orders', body, 'ann', { origin: baton.url })).status).toBe(200);
  });

  test('a name that somebody else pointed here opens nothing', async () => {
    expect(await raw('GET', '/console/board', { host: 'evil.example' })).toBe(421);
    expect(await raw('GET', '/', { host: 'evil.example' })).toBe(421);
  });

  test('with a token only who shows it, and the pages themselves, which hold nothing', async () => {
    const guarded = await openBaton({ token: 'a-token-of-the-house' });
    try {
      expect((await fetch(`${guarded.url}/`)).status).toBe(200);
      expect((await fetch(`${guarded.url}/console/words?lang=de`)).status).toBe(200);
      expect((await fetch(`${guarded.url}/console/board`)).status).toBe(401);
      const enter = (token: string) =>
        fetch(`${guarded.url}/console/enter`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ token }),
        });
      expect((await enter('a-guess')).status).toBe(403);
      const cookie = (await enter('a-token-of-the-house')).headers.get('set-cookie') ?? '';
      expect((await fetch(`${guarded.url}/console/board`, { headers: { cookie } })).status).toBe(200);
    } finally {
      await guarded.stop();
    }
  });
});

describe('pages', () => {
  test('run nothing but what is served here', async () => {
    const response = await fetch(`${baton.url}/`);
    const html = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(html).not.toMatch(/<script(?![^>]* src="\/)|\son\w+=|<style|style=|https?:\/\//);
  });

  test.each(['app.js', 'colours.css', 'icon.svg'])('are served: %s', async (file) => {
    const response = await fetch(`${baton.url}/console/web/${file}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  test.each([
    '/console/web/../console.ts',
    '/console/web/%2e%2e/console.ts',
    '/console/web/tsconfig.json/..%2f..%2fids.ts',
    '/console/font/../package.json',
  ])('are all that is served, not %s', async (path) => {
    const { hostname, port } = new URL(baton.url);
    const status = await new Promise<number>((resolve, reject) => {
      httpRequest({ hostname, port, path }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBeGreaterThanOrEqual(400);
  });

  test('have their words in English and German, whatever else is asked', async () => {
    const words = async (lang: string) =>
      (await (await fetch(`${baton.url}/console/words?lang=${lang}`)).json()) as Json;
    expect((await words('de-AT')).language).toBe('de');
    expect((await words('xx')).language).toBe('en');
    expect((await words('de')).words['console.declare.do']).toBe('Melden');
  });

  test('show the reader’s own language, zone and clock', async () => {
    const id = await declared();
    const at = (lang: string, zone: string, hour12: string) =>
      fetch(`${baton.url}/console/incidents/${id}?as=ann&lang=${lang}&zone=${zone}&hour12=${hour12}`).then((r) =>
        r.text(),
      );
    expect(await at('de', 'Asia/Tokyo', '0')).toContain('Asia/Tokyo');
    expect(await at('en', 'Nowhere/At-All', '0')).toContain('UTC');
    expect(await at('en', 'UTC', '1')).toMatch(/\d\s?[AP]M/);
  });
});
