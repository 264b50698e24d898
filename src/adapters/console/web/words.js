/** The page's own words in the language chosen; everything else arrives in sentences already. */
import { at } from './dom.js';

/** @type {Record<string, string>} */
let words = {};
let language = 'en';

/** @param {Record<string, string>} catalogue @param {string} chosen */
export function speak(catalogue, chosen) {
  words = catalogue;
  language = chosen;
  document.documentElement.lang = chosen;
}

/** The language of the page: one that there are words for. */
export function languageNow() {
  return language;
}

/** The language with the reader's own region, for dates and numbers: `en-GB` where the browser says so. */
export function localeNow() {
  const own = navigator.languages.filter((one) => one === language || one.startsWith(`${language}-`));
  return own.find(isTag) ?? language;
}

/** Browsers on bare systems name what no tag of a language is (`en-US@posix`): times would not be shown at all. @param {string} named */
function isTag(named) {
  try {
    return Intl.getCanonicalLocales(named).length === 1;
  } catch {
    return false;
  }
}

/**
 * @param {string} key without its `console.`
 * @param {Record<string, string | number>} [facts] `count` chooses between one and many
 */
export function t(key, facts = {}) {
  const full = `console.${key}`;
  const form = typeof facts.count === 'number' ? new Intl.PluralRules(language).select(facts.count) : 'other';
  const sentence = words[`${full}_${form}`] ?? words[`${full}_other`] ?? words[full] ?? key;
  return sentence.replace(/\{\{(\w+)\}\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}

/** Fills what stands in the page's frame: `data-t` its text, `data-t-label` its name for screen readers. */
export function translateFrame() {
  for (const element of document.querySelectorAll('[data-t]')) {
    element.textContent = t(/** @type {HTMLElement} */ (element).dataset.t ?? '');
  }
  for (const element of document.querySelectorAll('[data-t-label]')) {
    const label = t(/** @type {HTMLElement} */ (element).dataset.tLabel ?? '');
    element.setAttribute('aria-label', label);
    if (element.matches('button, a')) element.setAttribute('title', label);
  }
  for (const element of document.querySelectorAll('[data-t-placeholder]')) {
    element.setAttribute('placeholder', t(/** @type {HTMLElement} */ (element).dataset.tPlaceholder ?? ''));
  }
}

/** How long a sentence stays where screen readers find it, in milliseconds. */
const HEARD = 10_000;

/**
 * Says something to screen readers alone: politely after what they are saying, or at once.
 * @param {string} text @param {'politely' | 'at once'} [how]
 */
export function announce(text, how = 'politely') {
  // A paragraph of its own each time: the same sentence twice is heard twice, and none pushes out another.
  const said = document.createElement('p');
  said.textContent = text;
  at(how === 'politely' ? 'polite' : 'assertive').append(said);
  setTimeout(() => said.remove(), HEARD);
}
