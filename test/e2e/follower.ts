// Somebody at a browser who does what the prompts say and nothing else: reads the next line, presses its first button, fills its form.
import { setTimeout as wait } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { wordOf } from '../browser/browser.ts';
import { promptOf } from './lines.ts';

/** What a card asks of its reader. */
export interface Asked {
  /** The prompt (`judge-mitigation`), `page` for a page, `work` for a card about work of one's own. */
  readonly line: string;
  readonly text: string;
  /** Addressed to this person alone, not to the commander or the room. */
  readonly own: boolean;
}

/** How somebody answers: the button that stands out unless another is named, and what they put into the form it opens. */
export interface Answer {
  /** Words key of the button, without `button.`. */
  readonly press?: string;
  /** What goes into which field of the form, by its words key; fields that are not there are passed over. */
  readonly fill?: Readonly<Record<string, string>>;
}

/** Undefined: somebody else answers this, or it waits for something. */
export type Judgement = (asked: Asked) => Answer | undefined;

export interface Follower {
  readonly page: Page;
  /** Every prompt acted upon, in order. */
  readonly followed: readonly string[];
  /** What Baton refused them: a prompt that leads on is never refused. */
  readonly refused: readonly string[];
}

interface Seen extends Asked {
  /** Which card it stands on: the pages first, then the own ones, the commander's card last. */
  readonly place: number;
}

const GLANCE = 100;
const PATIENT = { timeout: 4_000 };

/** Cards with a line to say or work to report on, as the page shows them: the own ones first, the commander's card last. */
const CARDS = `[...document.querySelectorAll('#mine-cards .mine-card'), document.querySelector('#card')].map((card) => ({
  text: card.querySelector('.ac-adaptiveCard > .ac-container .ac-textRun')?.parentElement.textContent ?? '',
  buttons: [...(card.querySelector('.ac-actionSet')?.querySelectorAll('button') ?? [])],
}))`;

/** A button of the card that was read, unless the card has changed meanwhile: nobody presses what they have not read. */
const buttonOn = (place: number, text: string, label: string | undefined) => `(() => {
  const card = ${CARDS}[${place}];
  if (card?.text !== ${JSON.stringify(text)}) return null;
  const label = ${JSON.stringify(label ?? null)};
  return card.buttons.find((one) => (label === null ? one.classList.contains('primary') : one.title === label)) ?? null;
})()`;

/** Follows the prompts on a page until told to stop. Presses that lead nowhere, as while Baton is down, are tried again. */
export function follow(
  page: Page,
  judge: Judgement,
  until: () => boolean,
): Follower & { readonly over: Promise<void> } {
  const followed: string[] = [];
  const refused: string[] = [];
  const over = (async () => {
    while (!until()) {
      if (!(await actOnce(page, judge, followed, refused))) await wait(GLANCE);
    }
  })();
  return { page, followed, refused, over };
}

async function actOnce(page: Page, judge: Judgement, followed: string[], refused: string[]): Promise<boolean> {
  for (const asked of await whatIsAsked(page)) {
    const answer = judge(asked);
    if (!answer) continue;
    const refusal = await act(page, asked, answer);
    if (refusal !== undefined) refused.push(`${asked.line}: ${refusal}`);
    followed.push(asked.line);
    return true;
  }
  return false;
}

async function whatIsAsked(page: Page): Promise<Seen[]> {
  const called = page.locator('#calls .page-banner').first();
  if (await called.isVisible()) return [{ line: 'page', text: await called.innerText(), own: true, place: 0 }];
  const texts = await page.evaluate<string[]>(`${CARDS}.map(({ text }) => text)`);
  return texts.flatMap((text, n) => {
    const own = n < texts.length - 1;
    const line = promptOf(text) ?? (own ? 'work' : undefined);
    return line === undefined ? [] : [{ line, text, own, place: n }];
  });
}

/** @returns what Baton refused, if it did */
async function act(page: Page, asked: Seen, { press, fill = {} }: Answer): Promise<string | undefined> {
  const version = await versionOf(page);
  try {
    if (asked.line === 'page') {
      const name = wordOf(press ?? 'console.page.here');
      await page.locator('#calls').getByRole('button', { name }).first().click(PATIENT);
    } else {
      const label = press === undefined ? undefined : wordOf(`button.${press}`);
      const button = (await page.evaluateHandle(buttonOn(asked.place, asked.text, label))).asElement();
      if (!button) return undefined;
      await button.click(PATIENT);
    }
    const dialog = page.locator('#dialog[open]');
    const form = dialog.locator('.ac-input').first();
    await Promise.race([form.waitFor(PATIENT), dialog.waitFor(PATIENT), changed(page, version)]);
    if (await form.isVisible()) {
      for (const [key, value] of Object.entries(fill)) await fillIn(dialog, key, value);
      await dialog.locator('button.primary').click(PATIENT);
      await form.waitFor({ state: 'hidden', ...PATIENT });
    }
    await Promise.race([dialog.waitFor(PATIENT), changed(page, version)]);
    if (!(await dialog.isVisible())) return undefined;
    const said = await dialog.innerText();
    await page.locator('#dialog-close').click();
    return said;
  } catch (error) {
    // The card changed under the finger, or Baton is down: what is asked now is read anew.
    const text = String(error);
    if (!text.includes('Timeout') && !text.includes('not attached')) throw error;
    if (await page.locator('#dialog[open]').isVisible()) await page.locator('#dialog-close').click();
    return undefined;
  }
}

async function fillIn(dialog: Locator, key: string, value: string): Promise<void> {
  const field = dialog.getByLabel(wordOf(key)).first();
  if ((await field.count()) === 0) return;
  const choices = await field.locator('option').count();
  if (choices > 0) await field.selectOption({ label: value });
  else await field.fill(value);
}

/** The card is drawn anew whenever the incident changes; until then a press has not been seen to do anything. */
async function changed(page: Page, before: string): Promise<void> {
  const deadline = Date.now() + PATIENT.timeout;
  while (Date.now() < deadline && (await versionOf(page)) === before) await wait(GLANCE / 2);
}

const versionOf = (page: Page) =>
  page.evaluate<string>(
    `document.querySelector('#card').innerText + document.querySelector('#mine-cards').innerText + document.querySelector('#calls').innerText + location.hash`,
  );
