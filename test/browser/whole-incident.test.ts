// A whole incident in the browser, from the declaration to its record, by the buttons that the prompts offer.
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { SEVERITIES } from '../../src/core/severity.ts';
import { openBaton, type TestBaton } from './baton.ts';
import { button, openBrowser, said, sit, wordOf } from './browser.ts';

jest.setTimeout(120_000);

let baton: TestBaton;
let browser: Browser;

beforeAll(async () => {
  const short = { observation: 400, watch: 1_500 };
  baton = await openBaton({
    settings: {
      severities: SEVERITIES.map((row) => ({ ...row, ...short })),
      command: { askAfter: 100, askEvery: 60_000, silence: 600_000, leftGrace: 30_000 },
      lull: { after: 300, every: 300_000 },
    },
  });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  await baton.stop();
});

/** The line that the commander's card says is next. */
const line = (page: Page) => page.locator('#card .ac-container .ac-container .ac-textRun').first();

test('the prompts lead from the declaration to the record', async () => {
  const ann = await sit(browser, baton.url, 'Ann Archer');
  await ann.locator('#home-declare-title').fill('Checkout fails');
  await ann.locator('#home form button').click();
  await ann.locator('#title').waitFor();
  expect(await ann.locator('#title').textContent()).toBe('Checkout fails');
  const id = new URL(ann.url()).hash.slice(2);
  const incident = async () => {
    const now = await baton.handler.incident(id);
    if (!now) throw new Error('there is no incident');
    return now;
  };

  await button(ann, 'join-call').click();
  const bob = await sit(browser, `${baton.url}/#/${id}`, 'Bob Baker');
  await bob.locator('#here').click();
  await button(ann, 'take-command').click();

  await button(ann, 'answer-in-words').click();
  await ann.locator('#dialog textarea, #dialog input').first().fill('Nobody can pay');
  await ann.locator('#dialog .style-positive').click();
  for (const answer of ['answer-yes', 'answer-every-time', 'answer-fail', 'answer-everybody']) {
    await button(ann, answer).click();
  }
  await ann.locator('#card').getByRole('button', { name: 'SEV-1', exact: true }).click();
  await ann.locator('.head .severity', { hasText: 'SEV-1' }).waitFor();

  await button(ann, 'propose-mitigation').click();
  await ann.locator('#dialog').getByLabel(wordOf('field.what')).fill('Roll back 4.2');
  await ann.locator('#dialog').getByLabel(wordOf('field.owner')).selectOption('bob-baker');
  await ann.locator('#dialog .style-positive').click();
  await button(ann, 'start-mitigation').click();

  await button(bob, 'acknowledge').click();
  await button(bob, 'finish').click();
  await button(ann, 'verdict-fixed').click();
  await button(ann, 'mitigated').click();
  await ann.locator('.head .phase', { hasText: wordOf('console.phase.watching') }).waitFor();
  expect(await line(ann).textContent()).not.toBe('');

  await ann.locator('#entries', { hasText: wordOf('event.watch-passed') }).waitFor();
  await button(ann, 'close').click();
  await ann.locator('.head .phase', { hasText: wordOf('console.phase.closed') }).waitFor();
  expect((await incident()).phase).toBe('closed');

  const [markdown, json] = await Promise.all(
    ['record.md', 'record.json'].map(async (ending) => {
      const href = await ann.locator(`.head-tools a[href$="${ending}"]`).getAttribute('href');
      return (await ann.request.get(`${baton.url}${href}`)).text();
    }),
  );
  expect(markdown).toContain('Roll back 4.2');
  expect(JSON.parse(json ?? '')).toBeTruthy();
  expect([...(said.get(ann) ?? []), ...(said.get(bob) ?? []), ...baton.complaints]).toEqual([]);
});
