/** Calls for a person's attention: pages stay on the page until answered, mentions pass by; both can be heard and seen outside. */
import { drillPill, severityPill } from './board.js';
import { at, fill, h } from './dom.js';
import { clock } from './time.js';
import { announce, t } from './words.js';

/** @typedef {import('../wire.ts').Mine} Mine */
/** @typedef {import('../wire.ts').PageForMe} PageForMe */
/** @typedef {import('../wire.ts').PingForMe} PingForMe */

/** Pages and mentions already called out in this tab. @type {Set<string>} */
const called = new Set();
let unanswered = 0;

/** @type {(pressed: import('./card.js').Pressed) => void} */
let act = () => {};

/** @param {typeof act} press */
export function startCalls(press) {
  act = press;
  drawPermission();
  at('notify').addEventListener('click', async () => {
    // A press is also what browsers want before a page may be heard.
    void sound().resume();
    if ('Notification' in window) await Notification.requestPermission();
    drawPermission();
    chime('ping');
  });
  addEventListener('pointerdown', () => void sound().resume(), { once: true });
  addEventListener('keydown', () => void sound().resume(), { once: true });
}

export function drawPermission() {
  const wanted = 'Notification' in window && Notification.permission === 'default';
  at('notify').hidden = !wanted;
}

/** @param {Mine} mine @param {string} title of the page without its calls */
export function drawCalls(mine, title) {
  unanswered = mine.pages.length;
  document.title = unanswered > 0 ? `(${unanswered}) ${title}` : title;
  const place = at('calls');
  const held = place.contains(document.activeElement);
  fill(place, mine.pages.map(banner));
  place.hidden = unanswered === 0;
  if (held) (place.querySelector('button') ?? at('main')).focus();
  for (const page of mine.pages) {
    if (called.has(page.key)) continue;
    called.add(page.key);
    const text = t('page.text', { incident: page.incident, title: page.title, wanted: page.wanted });
    announce(text, 'at once');
    chime('page');
    notify(
      page.key,
      t(page.drill ? 'page.title.drill' : 'page.title', { severity: page.severity }),
      text,
      page.incident,
      true,
    );
  }
}

/** @param {PageForMe} page */
function banner(page) {
  const press = (/** @type {string} */ command, /** @type {string} */ key, primary = false) =>
    h(
      'button',
      {
        type: 'button',
        class: primary ? 'primary' : '',
        onclick: (/** @type {Event} */ event) =>
          act({
            data: { command, incident: page.incident, fields: {} },
            button: /** @type {HTMLElement} */ (event.currentTarget),
          }),
      },
      t(key),
    );
  return h(
    'section',
    { class: 'page-banner', 'aria-label': t('page.label', { incident: page.incident }) },
    h(
      'div',
      { class: 'page-words' },
      h('p', { class: 'page-lead' }, t('page.lead'), ' ', severityPill(page), page.drill ? drillPill() : undefined),
      h('p', { class: 'page-title' }, h('a', { href: `#/${page.incident}` }, `${page.incident} · ${page.title}`)),
      h('p', { class: 'page-why' }, t('page.why', { wanted: page.wanted, at: clock(page.at) })),
    ),
    h('div', { class: 'page-buttons' }, press('answer-page', 'page.answer', true), press('join-call', 'page.here')),
  );
}

/** @param {PingForMe} ping @param {(text: string) => void} show */
export function drawPing(ping, show) {
  if (called.has(ping.id)) return;
  called.add(ping.id);
  show(ping.text);
  chime('ping');
  notify(ping.id, `${ping.incident} · ${ping.title}`, ping.text, ping.incident, false);
}

/** @param {string} key @param {string} title @param {string} body @param {string} incident @param {boolean} stays */
function notify(key, title, body, incident, stays) {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  if (!stays && document.visibilityState === 'visible' && document.hasFocus()) return;
  try {
    const note = new Notification(title, { body, tag: key, requireInteraction: stays, icon: '/console/web/icon.svg' });
    note.addEventListener('click', () => {
      focus();
      location.hash = `#/${incident}`;
      note.close();
    });
  } catch {
    // Phones only show notifications through an installed page; the banner and the title say the same.
  }
}

/** @type {AudioContext | undefined} */
let context;

function sound() {
  context ??= new AudioContext();
  return context;
}

/** Two soft notes; a page sounds them twice. @param {'page' | 'ping'} kind */
function chime(kind) {
  const audio = sound();
  if (audio.state !== 'running') return;
  const notes = kind === 'page' ? [523, 659, 523, 659] : [587];
  for (const [n, pitch] of notes.entries()) {
    const from = audio.currentTime + n * 0.24;
    const tone = audio.createOscillator();
    const level = audio.createGain();
    tone.frequency.value = pitch;
    level.gain.setValueAtTime(0.0001, from);
    level.gain.exponentialRampToValueAtTime(kind === 'page' ? 0.22 : 0.1, from + 0.03);
    level.gain.exponentialRampToValueAtTime(0.0001, from + 0.22);
    tone.connect(level).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.25);
  }
}
