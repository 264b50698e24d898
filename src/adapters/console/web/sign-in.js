/** Asks who is sitting here: somebody the house knows, or a new name. Each tab may be somebody else. */
import { at, fill, h } from './dom.js';
import { speakAs, tell, Unanswered } from './house.js';
import { habits } from './time.js';
import { t } from './words.js';

/** @typedef {import('../wire.ts').Named} Named */

const TAB = 'baton.me';
const LAST = 'baton.last-name';

/** Who this tab is, if it has said so. @returns {Named | undefined} */
export function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(TAB) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Says a name to the house, and is that person in this tab from now on. @param {string} name @returns {Promise<Named>} */
export async function enter(name) {
  /** @type {Named} */
  const me = await tell('session', { name, zone: habits().zone });
  sessionStorage.setItem(TAB, JSON.stringify(me));
  localStorage.setItem(LAST, me.name);
  speakAs(me.id);
  return me;
}

/** @param {readonly Named[]} people @returns {Promise<Named>} */
export function askWho(people) {
  const box = /** @type {HTMLDialogElement} */ (at('who'));
  const field = /** @type {HTMLInputElement} */ (at('who-name'));
  field.value = remembered()?.name ?? localStorage.getItem(LAST) ?? '';
  at('who-problem').textContent = '';
  const { promise, resolve } = Promise.withResolvers();

  const come = async (/** @type {string} */ name) => {
    try {
      const me = await enter(name);
      box.close();
      resolve(me);
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      at('who-problem').textContent = t(error.status === 400 ? 'who.wrong' : error.problem);
    }
  };

  fill(
    at('who-people'),
    people.slice(0, 24).map(({ name }) => h('button', { type: 'button', onclick: () => void come(name) }, name)),
  );
  at('who-known').hidden = people.length === 0;
  /** @type {HTMLFormElement} */ (at('who-form')).onsubmit = (event) => {
    event.preventDefault();
    if (field.value.trim() !== '') void come(field.value);
  };
  // Nothing behind it works without a name; Esc only leaves it when there is one already.
  box.oncancel = (event) => {
    const me = remembered();
    if (!me) event.preventDefault();
    else resolve(me);
  };
  box.showModal();
  field.focus();
  field.select();
  return promise;
}

/** Asks for the house's token, which this browser then shows by itself. @returns {Promise<void>} */
export function askToken() {
  const box = /** @type {HTMLDialogElement} */ (at('token'));
  const field = /** @type {HTMLInputElement} */ (at('token-field'));
  const { promise, resolve } = Promise.withResolvers();
  /** @type {HTMLFormElement} */ (at('token-form')).onsubmit = async (event) => {
    event.preventDefault();
    try {
      await tell('enter', { token: field.value });
      field.value = '';
      box.close();
      resolve(undefined);
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      at('token-problem').textContent = t(error.problem);
    }
  };
  box.oncancel = (event) => event.preventDefault();
  box.showModal();
  field.focus();
  return promise;
}
