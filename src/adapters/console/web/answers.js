/** Shows what came of a press: a form, a refusal with the right next step, or a quiet word that it is done. */
import { drawCard } from './card.js';
import { at, fill, h } from './dom.js';
import { Unanswered } from './house.js';
import { freshId, press as send } from './orders.js';
import { announce, t } from './words.js';

/** @typedef {import('../wire.ts').Outcome} Outcome */
/** @typedef {import('./card.js').Pressed} Pressed */

/** Where the page goes when an order opened an incident. @type {(incident: string) => void} */
let goTo = () => {};
/** @type {string | undefined} */
let here;

/** @param {(incident: string) => void} go */
export function startAnswers(go) {
  goTo = go;
  at('dialog-close').addEventListener('click', () => dialog().close());
  dialog().addEventListener('click', (event) => {
    if (event.target === dialog()) dialog().close();
  });
}

/** @param {string | undefined} incident */
export function answersFor(incident) {
  here = incident;
}

function dialog() {
  return /** @type {HTMLDialogElement} */ (at('dialog'));
}

/**
 * A press on a card, or of a button of the page's own.
 * @param {Pressed} press @param {string} [id] for presses in a form, which keeps one id per what was typed
 */
export async function pressed(press, id) {
  const { button } = press;
  const data = here === undefined ? press.data : { incident: here, ...press.data };
  // Without a card's version nothing tells two wishes from two clicks: then the press has an id of its own.
  const own = id ?? (data.seen === undefined ? freshId() : undefined);
  button?.setAttribute('aria-busy', 'true');
  try {
    show(await send(own === undefined ? { data } : { id: own, data }));
  } catch (error) {
    notSent(error, () => void pressed(press, own));
  } finally {
    button?.removeAttribute('aria-busy');
  }
}

/** @param {Outcome} outcome */
export function show(outcome) {
  switch (outcome.outcome) {
    case 'done': {
      dialog().close();
      if (outcome.incident !== here) goTo(outcome.incident);
      else toast(outcome.text ?? t('done'));
      return;
    }
    case 'card':
      return showCard(outcome.card);
    case 'refused':
      announce(outcome.text, 'at once');
      return showCard(outcome.card);
    case 'problem':
      return toast(outcome.text, 'bad');
  }
}

/** @param {Readonly<Record<string, unknown>>} json */
function showCard(json) {
  const ids = new Map();
  const drawn = drawCard(inTheOpen(json), (press) => {
    // One id per thing said: a second click or a retry is the same order, a corrected form is another.
    const said = JSON.stringify(press.data);
    if (!ids.has(said)) ids.set(said, freshId());
    void pressed(press, ids.get(said));
  });
  fill(at('dialog-body'), drawn);
  const box = dialog();
  box.setAttribute('aria-label', drawn.getAttribute('aria-label') ?? t('dialog'));
  if (!box.open) box.showModal();
  const first = drawn.querySelector('input, select, textarea') ?? drawn.querySelector('button.primary, button');
  if (first instanceof HTMLElement) first.focus();
}

/**
 * A dialog has room for all of a card's buttons, and its menu of further ones would open behind it.
 * @param {any} part @returns {any}
 */
function inTheOpen(part) {
  if (Array.isArray(part)) return part.map(inTheOpen);
  if (typeof part !== 'object' || part === null) return part;
  const shown = Object.entries(part).filter(([key, value]) => key !== 'mode' || value !== 'secondary');
  return Object.fromEntries(shown.map(([key, value]) => [key, key === 'data' ? value : inTheOpen(value)]));
}

/** @param {unknown} error @param {() => void} again */
export function notSent(error, again) {
  if (!(error instanceof Unanswered)) throw error;
  const retry = h(
    'button',
    {
      class: 'small',
      type: 'button',
      onclick: () => {
        clearToast();
        again();
      },
    },
    t('again'),
  );
  toast(t(error.problem), 'bad', error.lost ? retry : undefined);
}

/** Pixels between a toast and the line below it. */
const ROOM = 12;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let fading;

function clearToast() {
  at('toast').hidden = true;
}

/** @param {string} text @param {'plain' | 'bad'} [tone] @param {HTMLElement} [action] */
export function toast(text, tone = 'plain', action) {
  const box = at('toast');
  clearTimeout(fading);
  box.dataset.tone = tone;
  fill(box, h('span', {}, text), action, tone === 'bad' ? closer() : undefined);
  // Above the line and whatever it has to say: neither may hide the other.
  box.style.bottom = `${innerHeight - lineTop() + ROOM}px`;
  box.hidden = false;
  announce(text, tone === 'bad' ? 'at once' : 'politely');
  // What went wrong stays until it is read; what went well may go.
  if (tone === 'plain') fading = setTimeout(clearToast, 3_000);
}

/** Where what is written begins, from above. */
function lineTop() {
  const panel = at('line-panel').getBoundingClientRect();
  const line = at('line-form').getBoundingClientRect();
  const tops = [panel, line].filter(({ height }) => height > 0).map(({ top }) => top);
  return Math.min(innerHeight, ...tops);
}

function closer() {
  return h('button', { class: 'small quiet', type: 'button', onclick: clearToast }, t('close'));
}
