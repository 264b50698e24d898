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
const noted = async (id: string) =>
  (await baton.handler.events(id)).flatMap((event) => (event.type === 'note-kept' ? [event.text] : []));
/** "Try again" beside what could not be sent. */
const again = (page: Page, what: string) =>
  page.locator('#unsent li', { hasText: what }).getByRole('button', { name: wordOf('console.again') });
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

describe('what was earlier', () => {
  test('is shown once however often it is asked for, and where it cannot be fetched that is said', async () => {
    const id = await declare();
    for (let n = 0; n < 220; n += 1) await baton.order('cat', 'note', { text: `note ${n}` }, id);
    const ann = await sit(browser, at(id), 'Ann Archer');
    await ann.locator('#title').waitFor();
    const EARLIER = '**/entries?*';
    await ann.route(EARLIER, (route) => route.abort());
    await ann.locator('#earlier').click();
    await ann.locator('#toast', { hasText: wordOf('console.timeline.earlier.failed') }).waitFor();

    await ann.unroute(EARLIER);
    const clicked = Promise.withResolvers<void>();
    await ann.route(EARLIER, (route) => clicked.promise.then(() => route.continue()));
    await ann.locator('#earlier').dblclick();
    clicked.resolve();
    await ann.locator('#earlier').waitFor({ state: 'hidden' });
    const notes = (await entries(ann)).filter((text) => text.startsWith('note '));
    expect(notes).toEqual(Array.from({ length: 220 }, (_, n) => `note ${n}`));
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

describe('what could not be sent', () => {
  const lookAt = async (page: Page, id: string, title: string) => {
    await page.locator(`#board-open a[href="#/${id}"]`).click();
    await page.locator('#title', { hasText: title }).waitFor();
  };
  const LINES = '**/console/lines?*';
  const FILES = '**/evidence?*';

  test('goes to the incident that it was written for, whichever is shown by then', async () => {
    const pay = await declare({ title: 'Nobody can pay' });
    const search = await declare({ title: 'Search finds nothing' });
    const ann = await sit(browser, at(pay), 'Ann Archer');
    await ann.locator('#title').waitFor();
    await ann.route(LINES, (route) => route.abort());
    await ann.locator('#line').fill('Release 4.2 went out');
    await ann.locator('#line').press('Enter');
    await again(ann, 'Release 4.2 went out').waitFor();

    await lookAt(ann, search, 'Search finds nothing');
    expect(await ann.locator('#line').inputValue()).toBe('');
    await ann.unroute(LINES);
    await again(ann, 'Release 4.2 went out').click();
    await ann.locator('#toast', { hasText: pay }).waitFor();
    expect([await noted(pay), await noted(search)]).toEqual([['Release 4.2 went out'], []]);
    expect(await ann.locator('#title').innerText()).toBe('Search finds nothing');
    expect(await ann.locator('#unsent').isHidden()).toBe(true);

    await ann.locator('#line').fill('Release 4.2 went out');
    await ann.locator('#line').press('Enter');
    await ann.locator('#entries').getByText('Release 4.2 went out', { exact: true }).waitFor();
    expect([await noted(pay), await noted(search)]).toEqual([['Release 4.2 went out'], ['Release 4.2 went out']]);
    await lookAt(ann, pay, 'Nobody can pay');
    expect(await ann.locator('#line').inputValue()).toBe('');
  });

  test('counts once where it had arrived and only its answer was lost', async () => {
    const id = await declare();
    const ann = await sit(browser, at(id), 'Ann Archer');
    await ann.locator('#title').waitFor();
    await ann.route(LINES, async (route) => {
      await route.fetch();
      await route.abort();
    });
    await ann.locator('#line').fill('Only checkout is slow');
    await ann.locator('#line').press('Enter');
    await again(ann, 'Only checkout is slow').waitFor();
    await ann.unroute(LINES);
    await again(ann, 'Only checkout is slow').click();
    await ann.locator('#unsent').waitFor({ state: 'hidden' });
    expect(await noted(id)).toEqual(['Only checkout is slow']);
    expect(await ann.locator('#line').inputValue()).toBe('');
  });

  test('stays until each is sent or let go: files too, and whatever else is said meanwhile', async () => {
    const pay = await declare({ title: 'Nobody can pay' });
    const search = await declare({ title: 'Search finds nothing' });
    const ann = await sit(browser, at(pay), 'Ann Archer');
    await ann.locator('#title').waitFor();
    await ann.route(FILES, (route) => route.abort());
    const files = ['before.txt', 'after.txt', 'other.txt'].map((name) => ({
      name,
      mimeType: 'text/plain',
      buffer: Buffer.from(name),
    }));
    await ann.locator('#attach-file').setInputFiles(files);
    for (const { name } of files) await again(ann, name).waitFor();
    await button(ann, 'join-call').click();
    await ann.locator('#here.on').waitFor();

    await lookAt(ann, search, 'Search finds nothing');
    await again(ann, 'before.txt').click();
    await ann.locator('#unsent li:not([aria-busy])', { hasText: 'before.txt' }).waitFor();
    expect(await ann.locator('#unsent li').count()).toBe(3);
    await ann.unroute(FILES);
    await again(ann, 'before.txt').click();
    await again(ann, 'before.txt').waitFor({ state: 'detached' });
    await again(ann, 'after.txt').click();
    await again(ann, 'after.txt').waitFor({ state: 'detached' });
    await ann
      .locator('#unsent li', { hasText: 'other.txt' })
      .getByRole('button', { name: wordOf('console.unsent.discard') })
      .click();
    await ann.locator('#unsent').waitFor({ state: 'hidden' });
    const kept = async (id: string) => (await baton.handler.incident(id))?.evidence.map(({ text }) => text);
    expect([await kept(pay), await kept(search)]).toEqual([['before.txt', 'after.txt'], []]);
  });

  test('is an incident: it is declared under the title that was sent, once, whatever the form says by then', async () => {
    const ann = await sit(browser, baton.url, 'Ann Archer');
    await ann.route('**/console/orders?*', (route) => route.abort());
    await ann.locator('#home-declare-title').fill('Nobody can pay');
    await ann.keyboard.press('Enter');
    await again(ann, 'Nobody can pay').waitFor();
    await ann.locator('#home-declare-title').fill('Somebody types on');
    await ann.unroute('**/console/orders?*');
    await again(ann, 'Nobody can pay').click();
    await ann.locator('#title', { hasText: 'Nobody can pay' }).waitFor();
    expect((await baton.handler.list({})).map(({ title }) => title)).toEqual(['Nobody can pay']);
  });

  test('is said in a form that stands before everything else, and the form keeps what was filled in', async () => {
    const id = await declare();
    await baton.order('ann', 'join-call', {}, id);
    await baton.order('ann', 'take-command', {}, id);
    const ann = await sit(browser, at(id), 'Ann Archer');
    await ann.locator('#title').waitFor();
    await ann.locator('#line').fill('/delegate');
    await ann.locator('#line').press('Enter');
    const what = ann.locator('#dialog[open]').getByRole('textbox').first();
    await ann.locator('#dialog[open]').getByRole('combobox').first().selectOption({ label: 'Cat Carter' });
    await what.fill('Read the logs');
    await ann.route('**/console/orders?*', (route) => route.abort());
    await ann.locator('#dialog[open] .ac-pushButton').first().click();
    await ann.locator('#dialog-problem', { hasText: wordOf('console.problem.no-connection') }).waitFor();
    expect(await what.inputValue()).toBe('Read the logs');
    expect(await ann.locator('#unsent li').count()).toBe(1);
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
    await ann.locator('#unsent', { hasText: wordOf('console.problem.no-connection') }).waitFor();
    expect(await ann.locator('#line').inputValue()).toBe('typed while it was gone');

    await baton.mend();
    await ann.locator('#lost').waitFor({ state: 'hidden' });
    await again(ann, 'typed while it was gone').click();
    await ann.locator('#entries').getByText('typed while it was gone', { exact: true }).waitFor();
    await ann.locator('#unsent').waitFor({ state: 'hidden' });
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

  test('loses no mention, on the board neither', async () => {
    const id = await declare();
    await baton.order('bob', 'join-call', {}, id);
    await baton.order('bob', 'take-command', {}, id);
    const ann = await sit(browser, baton.url, 'Ann Archer', {}, NOTIFICATIONS);
    await ann.locator(`#board-open a[href="#/${id}"]`).waitFor();
    await baton.cut();
    await ann.locator('#lost').waitFor();
    await baton.order('bob', 'delegate', { owner: 'ann', what: 'Read the logs' }, id);
    await baton.handler.settled();
    await baton.mend();
    await ann.locator('#toast', { hasText: 'Read the logs' }).waitFor();
  });

  test('is said to whoever would be somebody else', async () => {
    const ann = await sit(browser, baton.url, 'Ann Archer');
    await ann.locator('#home-title').waitFor();
    await baton.cut();
    await ann.locator('#me').click();
    await ann.locator('#who[open] #who-name').fill('Zoe Zimmer');
    await ann.keyboard.press('Enter');
    await ann.locator('#who-problem', { hasText: wordOf('console.problem.no-connection') }).waitFor();
    await baton.mend();
    await ann.keyboard.press('Enter');
    await ann.locator('#me-name', { hasText: 'Zoe Zimmer' }).waitFor();
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

describe('a store that cannot be reached', () => {
  test('is said calmly, keeps what was typed, and takes it once when it is back', async () => {
    const id = await declare();
    const ann = await sit(browser, at(id), 'Ann Archer');
    await ann.locator('#title').waitFor();
    baton.reach(false);
    await ann.locator('#line').fill('The database is away');
    await ann.locator('#line').press('Enter');
    await ann.locator('#unsent li', { hasText: wordOf('console.problem.not-kept') }).waitFor();
    expect(await ann.locator('#line').inputValue()).toBe('The database is away');
    expect(await ann.locator('#title').isVisible()).toBe(true);
    baton.reach(true);
    await again(ann, 'The database is away').click();
    await ann.locator('#entries').getByText('The database is away', { exact: true }).waitFor();
    expect(await ann.locator('#line').inputValue()).toBe('');
    expect(await noted(id)).toEqual(['The database is away']);
    expect(said.get(ann)?.filter((text) => !text.includes('503'))).toEqual([]);
  });

  test('is said above what is still shown, until a page can be told what is new', async () => {
    const id = await declare();
    const ann = await sit(browser, at(id), 'Ann Archer');
    await ann.locator('#title').waitFor();
    const incident = await baton.order('cat', 'note', { text: 'Just before' }, id);
    baton.reach(false);
    baton.surface.draw?.(incident);
    await ann.locator('#lost').waitFor();
    expect(await ann.locator('#title').isVisible()).toBe(true);
    baton.reach(true);
    await ann.locator('#lost').waitFor({ state: 'hidden' });
    await baton.order('cat', 'note', { text: 'It is back' }, id);
    await ann.locator('#entries').getByText('It is back', { exact: true }).waitFor();
  });
});
