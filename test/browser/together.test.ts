// People at their browsers at once: a race for command, tabs as different people, pages that call, a connection that breaks.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBaton, type TestBaton } from './baton.ts';
import { button, comeIn, openBrowser, said, sit, wordOf } from './browser.ts';

jest.setTimeout(120_000);

let baton: TestBaton;
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

beforeEach(async () => {
  baton = await openBaton({
    people: {
      ann: { id: 'ann', name: 'Ann Archer' },
      bob: { id: 'bob', name: 'Bob Baker' },
      cat: { id: 'cat', name: 'Cat Carter' },
    },
    settings: {
      services: { pay: { name: 'Payments', seats: ['pay'] } },
      seats: { pay: { name: 'Payments on-call', chain: ['bob', 'cat'] } },
    },
  });
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await baton.stop();
});

const NOTIFICATIONS = `
  globalThis.shown = [];
  globalThis.Notification = class extends EventTarget {
    static permission = 'granted';
    constructor(title, { body }) {
      super();
      shown.push(title + ': ' + body);
    }
  };
`;

const at = (id: string) => `${baton.url}/#/${id}`;
const declare = async (fields = {}) => (await baton.order('cat', 'declare', { title: 'Checkout fails', ...fields })).id;
const entries = (page: Page) => page.locator('#entries .entry-text').allTextContents();

describe('two people', () => {
  test('press "take command" together: one commands, the other is told who', async () => {
    const id = await declare();
    await baton.order('ann', 'join-call', {}, id);
    await baton.order('bob', 'join-call', {}, id);
    const [ann, bob] = await Promise.all([sit(browser, at(id), 'Ann Archer'), sit(browser, at(id), 'Bob Baker')]);
    const buttons = await Promise.all([ann, bob].map((page) => button(page, 'take-command').elementHandle()));
    await Promise.all(buttons.map((one) => one?.dispatchEvent('click')));

    const refused = await Promise.race(
      [ann, bob].map(async (page) => {
        await page.locator('#dialog[open]').waitFor();
        return page;
      }),
    );
    const taken = (await baton.handler.events(id)).filter((event) => event.type === 'command-taken');
    expect(taken).toHaveLength(1);
    const commander = (await baton.handler.incident(id))?.command.commander;
    expect(commander).toBe(refused === ann ? 'bob' : 'ann');
    const name = commander === 'ann' ? 'Ann Archer' : 'Bob Baker';
    expect(await refused.locator('#dialog-body').innerText()).toContain(name);
    for (const page of [ann, bob]) {
      await page
        .locator('.person', { hasText: name })
        .filter({ hasText: wordOf('console.people.commander') })
        .waitFor();
    }
  });

  test('sit at one browser, each in a tab of their own', async () => {
    const id = await declare();
    const ann = await sit(browser, at(id), 'Ann Archer');
    const bob = await comeIn(ann.context(), at(id), 'Bob Baker');
    await ann.reload();
    await ann.locator('#me-name', { hasText: /./ }).waitFor();
    expect(await ann.locator('#me-name').textContent()).toBe('Ann Archer');
    expect(await bob.locator('#me-name').textContent()).toBe('Bob Baker');
    await bob.locator('#here').click();
    await ann.locator('.person[data-on="true"]', { hasText: 'Bob Baker' }).waitFor();
    expect((await baton.handler.incident(id))?.people.bob?.on).toEqual(['hand']);
  });

  test('double-click a button and it counts once', async () => {
    const id = await declare();
    const ann = await sit(browser, at(id), 'Ann Archer');
    await button(ann, 'join-call').dblclick();
    await ann.locator('#here.on').waitFor();
    await baton.handler.settled();
    expect((await baton.handler.events(id)).filter(({ type }) => type === 'call-joined')).toHaveLength(1);
  });
});

describe('one person', () => {
  test('at a browser that names its language as no other does sees the incident all the same', async () => {
    const id = await declare();
    const named = "Object.defineProperty(navigator, 'languages', { get: () => ['en-US@posix', 'en'] })";
    const ann = await sit(browser, at(id), 'Ann Archer', {}, named);
    await button(ann, 'join-call').waitFor();
    expect(said.get(ann)).toEqual([]);
  });

  test('presses a button while the card changes, and the press counts', async () => {
    const id = await declare();
    const ann = await sit(browser, at(id), 'Ann Archer');
    await button(ann, 'join-call').hover();
    await ann.mouse.down();
    for (let n = 0; n < 5; n += 1) await baton.order('cat', 'note', { text: `note ${n}` }, id);
    await ann.getByText('note 4', { exact: true }).waitFor();
    await ann.mouse.up();
    await ann.locator('#here.on').waitFor();
  });

  test('keeps focus on a button while the card changes', async () => {
    const id = await declare();
    const ann = await sit(browser, at(id), 'Ann Archer');
    await button(ann, 'take-command').focus();
    await baton.order('cat', 'join-call', {}, id);
    await ann.locator('.person[data-on="true"]', { hasText: 'Cat Carter' }).waitFor();
    expect(await ann.evaluate<string>('document.activeElement.textContent')).toBe(wordOf('button.take-command'));
  });

  test('keeps a file as evidence, by choosing it and by pasting a picture', async () => {
    const id = await declare();
    const ann = await sit(browser, at(id), 'Ann Archer');
    await ann.locator('#attach').waitFor();
    const file = { name: 'graph.png', mimeType: 'image/png', buffer: Buffer.from([137, 80, 78, 71]) };
    await ann.locator('#attach-file').setInputFiles(file);
    await ann.locator('#files a', { hasText: 'graph.png' }).waitFor();
    await ann.evaluate(`(() => {
      const files = new DataTransfer();
      files.items.add(new File(['pasted'], 'pasted.txt', { type: 'text/plain' }));
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: files, bubbles: true }));
    })()`);
    await ann.locator('#files a', { hasText: 'pasted.txt' }).waitFor();
    const kinds = (await baton.handler.incident(id))?.evidence.map(({ kind }) => kind);
    expect(kinds).toEqual(['screenshot', 'attachment']);
  });
});

describe('a page', () => {
  test('calls its person wherever they look, until they answer', async () => {
    // The browser of the tests shows no notifications, so a stand-in notes what it is asked to show.
    const bob = await sit(browser, baton.url, 'Bob Baker', {}, NOTIFICATIONS);
    const id = await declare({ service: 'pay' });
    const banner = bob.locator('#calls .page-banner');
    await banner.waitFor();
    expect(await banner.innerText()).toContain('Checkout fails');
    expect(await bob.title()).toBe('(1) Baton');
    expect(await bob.evaluate('shown')).toEqual([expect.stringContaining('Checkout fails')]);
    await bob.locator('#assertive', { hasText: id }).waitFor({ state: 'attached' });

    const elsewhere = await comeIn(bob.context(), baton.url, 'Bob Baker');
    await elsewhere.locator('#calls .page-banner').waitFor();
    await banner.getByRole('button', { name: wordOf('console.page.answer') }).click();
    await Promise.all([bob, elsewhere].map((page) => page.locator('#calls').waitFor({ state: 'hidden' })));
    expect((await baton.handler.events(id)).filter(({ type }) => type === 'page-answered')).toHaveLength(1);
    expect(await bob.title()).not.toContain('(1)');
  });

  test('waits for whoever comes later, and calls nobody else', async () => {
    const id = await declare({ service: 'pay' });
    const cat = await sit(browser, baton.url, 'Cat Carter');
    await cat.locator(`#board-open a[href="#/${id}"]`).waitFor();
    expect(await cat.locator('#calls').isHidden()).toBe(true);
    const bob = await sit(browser, baton.url, 'Bob Baker');
    await bob
      .locator('#calls')
      .getByRole('button', { name: wordOf('console.page.here') })
      .click();
    await bob.locator('#calls').waitFor({ state: 'hidden' });
    expect((await baton.handler.incident(id))?.people.bob?.on).toEqual(['hand']);
  });
});

describe('a lost connection', () => {
  test('is said quietly, keeps what was typed, and misses and doubles nothing once it is back', async () => {
    const id = await declare();
    const ann = await sit(browser, at(id), 'Ann Archer');
    await baton.order('cat', 'note', { text: 'before' }, id);
    await ann.getByText('before', { exact: true }).waitFor();

    await baton.cut();
    await ann.locator('#lost').waitFor();
    for (let n = 0; n < 30; n += 1) await baton.order('cat', 'note', { text: `meanwhile ${n}` }, id);
    await ann.locator('#line').fill('typed while it was gone');
    await ann.locator('#line').press('Enter');
    await ann.locator('#toast', { hasText: wordOf('console.problem.no-connection') }).waitFor();
    expect(await ann.locator('#line').inputValue()).toBe('typed while it was gone');

    await baton.mend();
    await ann.locator('#lost').waitFor({ state: 'hidden' });
    await ann
      .locator('#toast')
      .getByRole('button', { name: wordOf('console.again') })
      .click();
    await ann.getByText('typed while it was gone', { exact: true }).waitFor();
    const told = await entries(ann);
    const expected = [...Array.from({ length: 30 }, (_, n) => `meanwhile ${n}`), 'typed while it was gone'];
    expect(told.filter((text) => expected.includes(text))).toEqual(expected);
    expect(await ann.locator('#line').inputValue()).toBe('');
    expect((await baton.handler.events(id)).filter(({ type }) => type === 'note-kept')).toHaveLength(32);
  });

  test('hides nothing of what else is said: a toast stands above what the line has to say', async () => {
    const id = await declare();
    const ann = await sit(browser, at(id), 'Ann Archer', { viewport: { width: 390, height: 844 } });
    await ann.locator('#line').fill('/impakt');
    await ann.locator('#line').press('Enter');
    await ann.locator('.line-problem').waitFor();
    await ann
      .getByRole('button', { name: wordOf('button.join-call') })
      .first()
      .click();
    await ann.locator('#toast').waitFor();
    const [toast, panel] = await Promise.all(['#toast', '#line-panel'].map((part) => ann.locator(part).boundingBox()));
    expect((toast?.y ?? 0) + (toast?.height ?? 0)).toBeLessThanOrEqual(panel?.y ?? 844);
  });

  test('for a moment is no news, and the press goes through by itself', async () => {
    const id = await declare();
    const ann = await sit(browser, at(id), 'Ann Archer');
    await button(ann, 'join-call').waitFor();
    await baton.cut();
    await button(ann, 'join-call').click();
    await baton.mend();
    await ann.locator('#here.on').waitFor();
    expect((await baton.handler.events(id)).filter(({ type }) => type === 'call-joined')).toHaveLength(1);
    expect(said.get(ann)?.filter((text) => !text.includes('net::ERR_'))).toEqual([]);
  });

  test('to a house that has lost its people ends with the same name', async () => {
    const zoe = await sit(browser, baton.url, 'Zoe Zimmer');
    await zoe.locator('#home-title').waitFor();
    await baton.stop();
    baton = await openBaton({ port: Number(new URL(baton.url).port) });
    await zoe.locator('#home-declare-title').fill('It is back');
    await zoe.keyboard.press('Enter');
    await zoe.locator('#title', { hasText: 'It is back' }).waitFor();
    expect((await baton.handler.world()).people['zoe-zimmer']?.name).toBe('Zoe Zimmer');
  });

  test('at the start is waited for', async () => {
    await baton.surface.stop();
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(baton.url);
    await page.locator('#lost').waitFor();
    await baton.surface.start(baton.handler);
    await page.locator('#who').waitFor();
  });
});
