/** Draws an Adaptive Card, the very one that Teams shows, in the page's own colours. */
import { HOST } from './card-look.js';
import { t } from './words.js';

/** @typedef {import('adaptivecards')} Renderer */
/** @typedef {{ data: Readonly<Record<string, unknown>>, button?: HTMLElement | undefined }} Pressed `data`: what the button carries, with the inputs beside it */

/** The renderer is a script of its own; it leaves this name behind. @returns {Renderer} */
function renderer() {
  return /** @type {any} */ (window).AdaptiveCards;
}

/** @type {import('adaptivecards').HostConfig | undefined} */
let look;

/** For each drawn element, the key that finds its like on the card that replaces it. */
const keys = new WeakMap();

/**
 * @param {Readonly<Record<string, unknown>>} json
 * @param {(pressed: Pressed) => void} pressed
 * @returns {HTMLElement}
 */
export function drawCard(json, pressed) {
  const { AdaptiveCard, HostConfig, Strings } = renderer();
  Strings.defaults.overflowButtonText = () => t('card.further');
  Strings.defaults.overflowButtonTooltip = () => t('card.further.label');
  // Without a processor of markdown, text is text: nothing that people wrote is ever parsed.
  AdaptiveCard.onProcessMarkdown = plainText;
  look ??= new HostConfig(HOST);
  const card = new AdaptiveCard();
  card.hostConfig = look;
  card.onExecuteAction = (action) => onAction(action, pressed);
  card.parse(json);
  const element = card.render() ?? document.createElement('div');
  // The place that a card stands in has a name already, and its buttons are what one wants to reach.
  element.removeAttribute('tabindex');
  name(card, element);
  return element;
}

/** @param {string} _text @param {import('adaptivecards').IMarkdownProcessingResult} result */
function plainText(_text, result) {
  result.didProcess = false;
}

/** @param {import('adaptivecards').Action} action @param {(pressed: Pressed) => void} pressed */
function onAction(action, pressed) {
  if (action.getJsonTypeName() === 'Action.OpenUrl') {
    const { url } = /** @type {import('adaptivecards').OpenUrlAction} */ (action);
    if (url && /^(https?|msteams|discord|tel|sips?):/i.test(url)) open(url, '_blank', 'noopener,noreferrer');
    return;
  }
  if (action.getJsonTypeName() !== 'Action.Execute') return;
  const { data } = /** @type {import('adaptivecards').ExecuteAction} */ (action);
  pressed({ data: /** @type {Record<string, unknown>} */ (data ?? {}), button: action.renderedElement });
}

/** Gives buttons and inputs a key, so that focus can stay where it is when a newer card takes the place of this one. */
function name(/** @type {import('adaptivecards').AdaptiveCard} */ card, /** @type {HTMLElement} */ element) {
  for (const input of card.getAllInputs()) {
    const field = element.querySelector(`#${CSS.escape(input.id ?? '')}`);
    if (field) keys.set(field, `input ${input.id}`);
  }
  for (let n = 0; n < card.getActionCount(); n += 1) remember(card.getActionAt(n));
  for (const set of sets(card)) for (let n = 0; n < set.getActionCount(); n += 1) remember(set.getActionAt(n));
}

/** @param {import('adaptivecards').Action | undefined} action */
function remember(action) {
  const element = action?.renderedElement;
  if (!action || !element) return;
  const { verb, data } = /** @type {any} */ (action);
  keys.set(element, `${verb ?? action.getJsonTypeName()} ${JSON.stringify(data?.fields ?? {})} ${action.title}`);
}

/** @param {any} container @returns {import('adaptivecards').ActionSet[]} */
function sets(container) {
  const found = [];
  for (let n = 0; n < container.getItemCount(); n += 1) {
    const item = container.getItemAt(n);
    if (item.getJsonTypeName() === 'ActionSet') found.push(item);
    if (typeof item.getItemCount === 'function') found.push(...sets(item));
  }
  return found;
}

/** Whether somebody is pressing right now: a card must not change under a finger, or the press would be lost. */
let down = false;
/** What waits for the finger to lift, by place. @type {Map<HTMLElement, HTMLElement[]>} */
const waiting = new Map();

addEventListener('pointerdown', () => {
  down = true;
});
for (const end of ['pointerup', 'pointercancel']) {
  // The click comes after the finger has lifted.
  addEventListener(end, () =>
    setTimeout(() => {
      down = false;
      for (const [place, drawn] of waiting) put(place, drawn);
      waiting.clear();
    }),
  );
}

/** Puts newer cards in the place of older ones. @param {HTMLElement} place @param {HTMLElement[]} drawn */
export function replaceCards(place, drawn) {
  if (down && place.childElementCount > 0) waiting.set(place, drawn);
  else put(place, drawn);
}

/**
 * Focus stays on the same button where there still is one, and otherwise goes to the place, never to the top of the page.
 * @param {HTMLElement} place @param {HTMLElement[]} drawn
 */
function put(place, drawn) {
  const active = document.activeElement;
  const held = active && place.contains(active) ? (keys.get(active) ?? '') : undefined;
  place.replaceChildren(...drawn);
  if (held === undefined) return;
  const like = [...place.querySelectorAll('button, input, select, textarea')].find((one) => keys.get(one) === held);
  if (like instanceof HTMLElement) like.focus({ preventScroll: true });
  else place.focus({ preventScroll: true });
}
