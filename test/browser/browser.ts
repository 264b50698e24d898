/** A Chromium for tests, from the package that carries one, so that no machine has to have a browser. */
import { open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, type Locator, type Page, chromium as playwright } from 'playwright-core';
import { en } from '../../src/cards/words/en.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Another process may be unpacking it: nobody starts a browser that is half there. */
async function unpacked(): Promise<string> {
  const own = process.env.CHROMIUM_PATH;
  if (own) return own;
  const lock = join(tmpdir(), 'baton-chromium.lock');
  for (;;) {
    const held = await open(lock, 'wx').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return undefined;
      throw error;
    });
    if (held) {
      try {
        return await chromium.executablePath();
      } finally {
        await held.close();
        await rm(lock, { force: true });
      }
    }
    // Whoever held it may have been killed.
    const since = (await stat(lock).catch(() => undefined))?.mtimeMs ?? 0;
    if (since > 0 && Date.now() - since > 60_000) await rm(lock, { force: true });
    await wait(100);
  }
}

export async function openBrowser(): Promise<Browser> {
  return playwright.launch({ executablePath: await unpacked(), headless: true, args: FLAGS });
}

/** What a page said on its console or threw, which no page of ours should. */
export const said = new WeakMap<Page, string[]>();

/** Somebody at a browser of their own, already come in by name. */
export async function sit(
  browser: Browser,
  url: string,
  name: string,
  options: Parameters<Browser['newContext']>[0] = {},
  before?: string,
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    ...options,
  });
  // What a page runs before its own scripts; a string, because it is no code of ours.
  if (before !== undefined) await context.addInitScript(before);
  return comeIn(context, url, name);
}

/** Another tab of the same browser, as somebody else. */
export async function comeIn(context: BrowserContext, url: string, name: string): Promise<Page> {
  const page = await context.newPage();
  const heard: string[] = [];
  said.set(page, heard);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(String(error.stack ?? error)));
  await page.goto(url);
  await page.locator('#who-name').fill(name);
  await page.locator('#who-form button.primary').click();
  await page.locator('#who').waitFor({ state: 'hidden' });
  return page;
}

/** The button with these words (`button.<name>`) on the cards for this person or the commander's card, or in the open dialog. */
export function button(page: Page, name: string): Locator {
  const label = wordOf(`button.${name}`);
  const places = page.locator('#dialog[open], #mine-cards, #card');
  return places.getByRole('button', { name: label, exact: true }).first();
}

export function wordOf(key: string): string {
  const word = (en as Readonly<Record<string, string>>)[key];
  if (word === undefined) throw new Error(`there are no words for ${key}`);
  return word;
}
