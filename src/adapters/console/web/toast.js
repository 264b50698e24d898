/** A short word about what somebody just did: what went well passes, what went wrong stays until it is read. */
import { at, fill, h } from './dom.js';
import { announce, t } from './words.js';

/** Pixels between a toast and the line below it. */
const ROOM = 12;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let fading;

/** @param {string} text @param {'plain' | 'bad'} [tone] */
export function toast(text, tone = 'plain') {
  const box = at('toast');
  clearTimeout(fading);
  box.dataset.tone = tone;
  fill(box, h('span', {}, text), tone === 'bad' ? closer() : undefined);
  // Above the line and whatever it has to say: neither may hide the other.
  box.style.bottom = `${innerHeight - lineTop() + ROOM}px`;
  box.hidden = false;
  announce(text, tone === 'bad' ? 'at once' : 'politely');
  if (tone === 'plain') fading = setTimeout(clearToast, 3_000);
}

function clearToast() {
  at('toast').hidden = true;
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
