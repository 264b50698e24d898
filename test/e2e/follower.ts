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
/** By then everybody has heard of what has just happened. */
const SETTLED = 1_500;
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
    if (refusal !== undefined && (await stands(page, asked, judge))) refused.push(`${asked.line}: ${refusal}`);
    followed.push(asked.line);
    return true;
  }
  return false;
}

/** Who pressed a line just as it was settled, or as command passed on, was too late, and not led astray. */
async function stands(page: Page, asked: Seen, judge: Judgement): Promise<boolean> {
  await wait(SETTLED);
  return (await whatIsAsked(page)).some((one) => one.text === asked.text && judge(one) !== undefined);
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
  try {
    const button = await buttonFor(page, asked, press);
    if (!button) return undefined;
    let [outcome] = await Promise.all([outcomeOf(page), button.click(PATIENT)]);
    const dialog = page.locator('#dialog[open]');
    if (outcome === 'card') {
      for (const [key, value] of Object.entries(fill)) await fillIn(dialog, key, value);
      [outcome] = await Promise.all([outcomeOf(page), dialog.locator('button.primary').click(PATIENT)]);
    }
    if (outcome === 'done') {
      await gone(page, asked);
      return undefined;
    }
    const said = await dialog.innerText(PATIENT);
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

async function buttonFor(page: Page, { line, place, text }: Seen, press: string | undefined) {
  if (line === 'page') {
    const name = wordOf(press ?? 'console.page.here');
    return page.locator('#calls').getByRole('button', { name }).first();
  }
  const label = press === undefined ? undefined : wordOf(`button.${press}`);
  return (await page.evaluateHandle(buttonOn(place, text, label))).asElement();
}

/** What comes of the next press on this page: `done`, `card` for a form or a view, `refused`. Rejects while Baton is down. */
async function outcomeOf(page: Page): Promise<string> {
  const response = await page.waitForResponse((one) => one.url().includes('/console/orders'), PATIENT);
  return ((await response.json()) as { outcome: string }).outcome;
}

async function fillIn(dialog: Locator, key: string, value: string): Promise<void> {
  const field = dialog.getByLabel(wordOf(key)).first();
  if ((await field.count()) === 0) return;
  const choices = await field.locator('option').count();
  if (choices > 0) await field.selectOption({ label: value });
  else await field.fill(value);
}

/** Nobody says at once again what they have just said: a line that was answered is soon gone, or stands for good. */
async function gone(page: Page, { text }: Asked): Promise<void> {
  const deadline = Date.now() + SETTLED;
  while (Date.now() < deadline && (await whatIsAsked(page)).some((one) => one.text === text)) await wait(GLANCE / 2);
}
