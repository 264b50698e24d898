/** Keeps what could not be sent in sight until it is sent or let go: what it is, where it goes, and a way to try again. */
import { at, fill, h } from './dom.js';
import { Unanswered } from './house.js';
import { announce, t } from './words.js';

/**
 * @typedef {{
 *   key: string,
 *   what: string,
 *   incident?: string | undefined,
 *   again?: (() => Promise<void>) | undefined,
 * }} Sendable `key`: the same for the same thing sent again; `incident`: where it goes, wherever its sender is by then;
 *   `again`: absent where it would be refused again
 */

/** What stands there, by key. @type {Map<string, HTMLElement>} */
const rows = new Map();

export function startUnsent() {
  // Whoever closes the page loses what is not sent yet: the browser asks them first.
  addEventListener('beforeunload', (event) => {
    if (rows.size > 0) event.preventDefault();
  });
}

/**
 * Sends something, as often as somebody asks for, and shows it while it is not answered.
 * @template T
 * @param {Sendable} sendable
 * @param {() => Promise<T>} send
 * @returns {Promise<T | undefined>} undefined when it was not answered, of which its sender has been told
 */
export async function sending(sendable, send) {
  say('');
  try {
    const answer = await send();
    letGo(sendable.key);
    return answer;
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    const { again, ...rest } = sendable;
    // What may have been lost on its way, or wanted a name or a token first, may go through the next time.
    const hope = error.lost || error.status === 401 || error.status === 403;
    keepUnsent({ ...rest, again: hope ? again : undefined }, t(error.problem));
    return undefined;
  }
}

/** @param {Sendable} sendable @param {string} why a sentence */
export function keepUnsent({ key, what, incident, again }, why) {
  const row = rows.get(key) ?? h('li', { class: 'unsent-row' });
  const held = row.contains(document.activeElement);
  const tryAgain = async () => {
    if (row.hasAttribute('aria-busy')) return;
    row.setAttribute('aria-busy', 'true');
    await again?.().finally(() => row.removeAttribute('aria-busy'));
  };
  fill(
    row,
    h(
      'p',
      { class: 'unsent-words' },
      h('strong', { class: 'unsent-what', title: what }, what),
      h('span', {}, incident === undefined ? why : `${incident} · ${why}`),
    ),
    h(
      'div',
      { class: 'unsent-buttons' },
      again ? h('button', { class: 'small', type: 'button', onclick: tryAgain }, t('again')) : undefined,
      h('button', { class: 'small quiet', type: 'button', onclick: () => letGo(key) }, t('unsent.discard')),
    ),
  );
  if (!rows.has(key)) at('unsent').append(row);
  rows.set(key, row);
  at('unsent').hidden = false;
  row.scrollIntoView({ block: 'nearest' });
  if (held) row.querySelector('button')?.focus();
  say(why);
  announce(`${what}: ${why}`, 'at once');
}

/** @param {string} key */
function letGo(key) {
  const row = rows.get(key);
  const held = row?.contains(document.activeElement);
  row?.remove();
  rows.delete(key);
  at('unsent').hidden = rows.size === 0;
  if (held) (at('unsent').querySelector('button') ?? at('line')).focus();
}

/** Whoever is at a form sees nothing of what stands behind it. @param {string} why */
function say(why) {
  const place = document.querySelector('dialog[open] .problem');
  if (place) place.textContent = why;
}
