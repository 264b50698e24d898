/** Shows what came of a press: a form, a refusal with the right next step, or a quiet word that it is done. */
import { drawCard } from './card.js';
import { at, fill, h } from './dom.js';
import { freshId, press as send } from './orders.js';
import { toast } from './toast.js';
import { sending } from './unsent.js';
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
export async function pressed({ data: given, button }, id) {
  const data = here === undefined ? given : { incident: here, ...given };
  // Without a card's version nothing tells two wishes from two clicks: then the press has an id of its own.
  const own = id ?? (data.seen === undefined ? freshId() : undefined);
  await carry(own === undefined ? { data } : { id: own, data }, here, button);
}

/** @param {Parameters<typeof send>[0]} press @param {string | undefined} from @param {HTMLElement} [button] */
async function carry(press, from, button) {
  const { incident } = press.data;
  const sendable = {
    key: press.id ?? JSON.stringify(press.data),
    what: button?.textContent ?? '',
    incident: typeof incident === 'string' ? incident : undefined,
    again: () => carry(press, from, button),
  };
  button?.setAttribute('aria-busy', 'true');
  const outcome = await sending(sendable, () => send(press)).finally(() => button?.removeAttribute('aria-busy'));
  if (outcome) show(outcome, from);
}

/** @param {Outcome} outcome @param {string | undefined} from the incident that the page showed when it was asked for */
export function show(outcome, from) {
  // Whoever looks at something else by now stays there, and is told of what it was that came of it.
  const moved = from !== here;
  switch (outcome.outcome) {
    case 'done': {
      const text = outcome.text ?? t('done');
      if (moved) return toast(`${outcome.incident}: ${text}`);
      dialog().close();
      if (outcome.incident !== here) goTo(outcome.incident);
      else toast(text);
      return;
    }
    case 'card':
      return showCard(outcome.card, moved ? from : undefined);
    case 'refused':
      announce(outcome.text, 'at once');
      return showCard(outcome.card, moved ? from : undefined);
    case 'problem':
      return toast(moved && from !== undefined ? `${from}: ${outcome.text}` : outcome.text, 'bad');
  }
}

/** @param {Readonly<Record<string, unknown>>} json @param {string} [about] the incident, where another is shown */
function showCard(json, about) {
  const ids = new Map();
  const drawn = drawCard(inTheOpen(json), (press) => {
    // One id per thing said: a second click or a retry is the same order, a corrected form is another.
    const said = JSON.stringify(press.data);
    if (!ids.has(said)) ids.set(said, freshId());
    void pressed(press, ids.get(said));
  });
  fill(at('dialog-body'), about === undefined ? undefined : h('p', { class: 'quiet' }, about), drawn);
  at('dialog-problem').textContent = '';
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
