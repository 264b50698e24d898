// What is on the page can be read and reached by everybody: by keyboard alone, on a phone, dark and light, in two languages.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { de } from '../../src/cards/words/de.ts';
import { button, openBrowser, said, sit, wordOf } from './browser.ts';
import { closed, handOver, openStage, type Stage, sev1WithQueue, watch } from './scenes.ts';

jest.setTimeout(180_000);

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

/** Plays a scene, and closes everything after it. */
async function onStage(scene: (stage: Stage) => Promise<string>, look: (url: string, stage: Stage) => Promise<void>) {
  const stage = await openStage();
  try {
    const id = await scene(stage);
    await look(`${stage.url}/#/${id}`, stage);
    expect(stage.complaints).toEqual([]);
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await stage.stop();
  }
}

const LINE_IN_GERMAN = de['console.line.placeholder'];
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

const SCENES: [string, (stage: Stage) => Promise<string>, string][] = [
  [
    'just declared',
    async ({ order }) => (await order('chloe', 'declare', { title: 'Down', service: 'checkout' })).id,
    'Ben Ito',
  ],
  ['SEV-1 with a queue', sev1WithQueue, 'Maria Lopez'],
  ['work to acknowledge', sev1WithQueue, 'Erik Sandberg'],
  ['a hand-over', handOver, 'Fatou Diallo'],
  ['the watch', watch, 'Maria Lopez'],
  ['closed', closed, 'Ben Ito'],
];

/** Every text on the page whose contrast with what lies behind it is below what WCAG AA asks. */
const LOW_CONTRAST = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const light = ([r, g, b]) => {
    const [R, G, B] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * R + 0.7152 * G + 0.0722 * B;
  };
  const ground = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) layers.push(rgba(getComputedStyle(one).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest('.unseen, option, dialog:not([open])')) continue;
    const style = getComputedStyle(element);
    const behind = ground(element);
    const [a, b] = [light(over(rgba(style.color), behind)), light(behind)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) low.push(text.slice(0, 40) + ' ' + ratio.toFixed(2));
  }
  return low;
})()`;

/** Texts that are keys nobody has words for, or variables that nobody filled. */
const UNWORDED = String.raw`(() => {
  const keys = /\b(?:console|button|prompt|card|event|field|command|refusal|seat|phase|guide|ping|word|time)\.[a-z][a-z-.]+[a-z]\b|\{\{\w/;
  return document.body.innerText.split('\n').filter((line) => keys.test(line));
})()`;

/** Buttons and rows too small for a finger. */
const SMALL = `[...document.querySelectorAll('button, select, .button, .board-row')]
  .filter((one) => one.checkVisibility() && !one.closest('dialog:not([open])'))
  .map((one) => [one.innerText || one.getAttribute('aria-label'), one.getBoundingClientRect().height])
  .filter(([, height]) => height < 43.5)`;

test.each(SCENES)(
  '%s can be read dark and light, in English and German, on a desk and on a phone',
  async (_, scene, name) => {
    await onStage(scene, async (url) => {
      const desk = await sit(browser, url, name, { colorScheme: 'dark' });
      await desk.locator('#title').waitFor();
      expect({ dark: await desk.evaluate(LOW_CONTRAST) }).toEqual({ dark: [] });
      await desk.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await desk.evaluate('Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => true)');
      expect({ light: await desk.evaluate(LOW_CONTRAST) }).toEqual({ light: [] });
      expect({ english: await desk.evaluate(UNWORDED) }).toEqual({ english: [] });
      await desk.locator('#language').selectOption('de');
      await desk.locator(`#line[placeholder="${LINE_IN_GERMAN}"]`).waitFor();
      await desk.locator('#title').waitFor();
      expect({ german: await desk.evaluate(UNWORDED) }).toEqual({ german: [] });

      const phone = await sit(browser, url, name, { ...PHONE, locale: 'de-DE' });
      await phone.locator('#title').waitFor();
      expect(await phone.locator('#line').getAttribute('placeholder')).toBe(LINE_IN_GERMAN);
      expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.viewport.width);
      expect({ small: await phone.evaluate(SMALL) }).toEqual({ small: [] });
      expect([...(said.get(desk) ?? []), ...(said.get(phone) ?? [])]).toEqual([]);
    });
  },
);

describe('by keyboard alone', () => {
  const focused = (page: Page) =>
    page.evaluate<string>(`(() => {
      const one = document.activeElement;
      return one.id || one.getAttribute('aria-label') || one.textContent.trim();
    })()`);

  test('what is offered completes the word, however far it was typed since', async () => {
    await onStage(sev1WithQueue, async (url) => {
      const page = await sit(browser, url, 'Maria Lopez');
      const keys = page.keyboard;
      await page.locator('#title').waitFor();
      await keys.press('/');
      await keys.type('take');
      await page.locator('#line-options [role=option]:first-child', { hasText: '/take-command' }).waitFor();
      await page.route('**/console/complete', () => {});
      await keys.type('-c');
      await keys.press('ArrowDown');
      await keys.press('Enter');
      expect(await page.locator('#line').inputValue()).toBe('/take-command ');
    });
  });

  test('an incident is declared, joined and led, and focus is never lost', async () => {
    await onStage(
      async () => '',
      async (url, stage) => {
        const page = await sit(browser, url, 'Maria Lopez');
        const keys = page.keyboard;
        await page.locator('#home-title').waitFor();
        await keys.press('Tab');
        expect(await focused(page)).toBe(wordOf('console.skip'));
        await keys.press('Enter');
        expect(await focused(page)).toBe('main');

        await keys.press('n');
        expect(await focused(page)).toBe('declare-title');
        await keys.type('Search answers nothing');
        await keys.press('Enter');
        await page.locator('#title').waitFor();
        const id = new URL(page.url()).hash.slice(2);

        await keys.press('c');
        expect(await focused(page)).toBe('card');
        await keys.press('Tab');
        expect(await focused(page)).toBe(wordOf('button.join-call'));
        const ring = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');
        expect(ring).toBe('solid');
        await keys.press('Enter');
        await page.locator('#here.on').waitFor();
        expect(await page.evaluate(`document.getElementById('card').contains(document.activeElement)`)).toBe(true);

        await keys.press('/');
        expect(await focused(page)).toBe('line');
        await keys.type('take-c');
        await page.locator('#line-options [role=option]:first-child', { hasText: '/take-command' }).waitFor();
        expect(await page.locator('#line').getAttribute('aria-expanded')).toBe('true');
        await keys.press('ArrowDown');
        const chosen = await page.locator('#line').getAttribute('aria-activedescendant');
        expect(await page.locator(`#${chosen}`).innerText()).toContain('/take-command');
        await keys.press('Enter');
        expect(await page.locator('#line').inputValue()).toBe('/take-command ');
        await keys.press('Enter');
        await page.locator('.person-state', { hasText: wordOf('console.people.commander') }).waitFor();
        expect((await stage.handler.incident(id))?.command.commander).toBe('maria');

        await keys.type('/delegate');
        await keys.press('Enter');
        await page.locator('#dialog[open]').waitFor();
        expect(await page.evaluate(`document.getElementById('dialog').contains(document.activeElement)`)).toBe(true);
        await keys.press('Escape');
        await page.locator('#dialog').waitFor({ state: 'hidden' });
        expect(await focused(page)).toBe('line');
        await keys.press('Escape');

        await page.locator('#title').focus();
        await keys.press('?');
        await page.locator('#help[open]').waitFor();
        expect(await page.locator('#help-keys kbd').allTextContents()).toEqual([
          '/',
          'm',
          'c',
          't',
          'j',
          'k',
          'n',
          '?',
          'Esc',
          'Tab',
        ]);
        await page.locator('#single-keys').uncheck();
        await keys.press('Escape');
        await page.locator('#title').focus();
        await keys.press('n');
        expect(await page.locator('#declare-box').isHidden()).toBe(true);
      },
    );
  });

  test('what stands before an incident is skipped, and the incident stays', async () => {
    await onStage(sev1WithQueue, async (url) => {
      const page = await sit(browser, url, 'Maria Lopez');
      await page.locator('#title').waitFor();
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe(wordOf('console.skip'));
      await page.keyboard.press('Enter');
      expect(await focused(page)).toBe('main');
      expect(page.url()).toBe(url);
      await page.evaluate(`(() => {
        const turned = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
        location.hash = '#elsewhere';
        return turned.then(() => true);
      })()`);
      expect(await page.locator('#title').isVisible()).toBe(true);
    });
  });

  test('the further buttons of the card are a menu that keys reach', async () => {
    await onStage(sev1WithQueue, async (url) => {
      const page = await sit(browser, url, 'Maria Lopez');
      const more = page.locator('#card .ac-pushButton').last();
      await more.focus();
      await page.keyboard.press('Enter');
      const menu = page.locator('.ac-popup [role=menuitem]');
      await menu.first().waitFor();
      await page.keyboard.press('Enter');
      await page.locator('#dialog[open]').waitFor();
      await page.keyboard.press('Escape');
    });
  });
});

describe('what people write', () => {
  const NASTY =
    '<img src=x onerror="document.title=1"><script>document.title=2</script> **b** [l](javascript:alert(1)) &lt;b&gt;';

  test('is text wherever it stands', async () => {
    await onStage(
      async ({ order }) => {
        const { id } = await order('ben', 'declare', { title: NASTY });
        await order('ben', 'join-call', {}, id);
        await order('maria', 'join-call', {}, id);
        await order('maria', 'take-command', {}, id);
        await order('maria', 'assess-impact', { sees: NASTY }, id);
        await order('maria', 'delegate', { owner: 'ben', what: NASTY }, id);
        await order('ben', 'note', { text: NASTY }, id);
        await order('ben', 'keep-evidence', { text: NASTY, link: 'javascript:alert(1)' }, id).catch(() => undefined);
        return id;
      },
      async (url) => {
        const page = await sit(browser, url, NASTY.slice(0, 80));
        await page.locator('#title').waitFor();
        expect(await page.locator('#title').innerText()).toBe(NASTY);
        expect(await page.locator('#me-name').innerText()).toBe(NASTY.slice(0, 80));
        expect(await page.locator('#board-open .board-title').innerText()).toContain('<img src=x');
        expect(await page.locator('#entries').innerText()).toContain(NASTY);
        expect(await page.locator('img, main script, #card a, [href^="javascript"]').count()).toBe(0);
        await button(page, 'delegate').click();
        await page.locator('#dialog[open]').waitFor();
        expect(await page.locator('#dialog-body').innerText()).toContain('<img src=x');
        expect(await page.title()).toContain('<img src=x');
        expect(said.get(page)).toEqual([]);
      },
    );
  });
});
