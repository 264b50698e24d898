// A drill looks like one wherever it is seen: on the page, on its tab, and in the names of those who are simulated.
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBaton, type TestBaton } from './baton.ts';
import { openBrowser, said, sit, wordOf } from './browser.ts';

jest.setTimeout(120_000);

let baton: TestBaton;
let browser: Browser;

beforeAll(async () => {
  baton = await openBaton({
    settings: { practice: true },
    people: { ida: { id: 'ida', name: 'Ida (simulated)' }, ben: { id: 'ben', name: 'Ben Baker' } },
  });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await baton?.stop();
});

test('the page, its tab and the faces say so', async () => {
  const { id } = await baton.order('ida', 'declare', { title: 'Checkout fails' });
  for (const person of ['ida', 'ben']) await baton.order(person, 'join-call', {}, id);
  const page = await sit(browser, `${baton.url}/#/${id}`, 'Lea Lerner');
  await page.locator('#head .pill.drill', { hasText: wordOf('console.drill') }).waitFor();
  expect(await page.title()).toBe(`Drill: ${id} · Checkout fails – Baton`);
  expect((await page.locator('.face').allInnerTexts()).sort()).toEqual(['BB', 'I']);
  expect(said.get(page)).toEqual([]);
});
