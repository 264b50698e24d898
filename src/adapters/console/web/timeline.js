/** Draws what happened, newest last, and stays where its reader is reading. */

import { at, fill, h, icon } from './dom.js';
import { address, ask, Unanswered } from './house.js';
import { clock, day } from './time.js';
import { toast } from './toast.js';
import { announce, t } from './words.js';

/** @typedef {import('../wire.ts').Entry} Entry */

/** Newest entry shown; what comes again is left out. */
let last = 0;
let first = 0;
/** @type {string | undefined} */
let incident;
/** The question for what is earlier that is under way: one at a time, and forgotten with the incident. @type {Promise<{ entries: readonly Entry[] }> | undefined} */
let asked;

/** @param {string | undefined} id */
export function clearTimeline(id) {
  incident = id;
  asked = undefined;
  at('earlier').removeAttribute('aria-busy');
  last = 0;
  first = 0;
  fill(at('entries'));
  at('earlier').hidden = true;
  at('newer').hidden = true;
}

/** The newest entry this tab has; undefined when it has none. */
export function lastEntry() {
  return last === 0 ? undefined : last;
}

/** @param {readonly Entry[]} entries @param {number} upTo the version they reach, whether or not all of it is shown */
export function addEntries(entries, upTo) {
  const list = at('entries');
  const fresh = entries.filter(({ seq }) => seq > last);
  const opening = last === 0;
  const scroller = at('timeline-scroll');
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;
  for (const entry of fresh) {
    const before = /** @type {HTMLElement | null} */ (list.lastElementChild);
    const date = day(entry.at);
    if (before?.dataset.day !== date) list.append(dayLine(date));
    list.append(row(entry, date, !opening));
  }
  last = Math.max(last, upTo);
  if (opening) {
    first = fresh[0]?.seq ?? 0;
    at('earlier').hidden = first <= 1;
  }
  if (opening || atEnd) scroller.scrollTop = scroller.scrollHeight;
  else if (fresh.length > 0) at('newer').hidden = false;
  if (!opening) for (const entry of fresh) if (entry.mine) announce(spoken(entry));
}

/** @param {Entry} entry */
function spoken(entry) {
  return entry.said && entry.by ? `${entry.by.name}: ${entry.text}` : entry.text;
}

/** @param {string} date */
function dayLine(date) {
  return h('li', { class: 'entry-day', data: { day: date } }, date);
}

/** @param {Entry} entry @param {string} date @param {boolean} arriving */
function row(entry, date, arriving) {
  return h(
    'li',
    {
      class: `entry ${entry.said ? 'said' : ''} ${entry.mine ? 'mine' : ''} ${arriving ? 'arriving' : ''}`,
      data: { tone: entry.tone, day: date, seq: String(entry.seq) },
    },
    h(
      'time',
      { dateTime: new Date(entry.at).toISOString(), title: new Date(entry.at).toLocaleString() },
      clock(entry.at),
    ),
    h(
      'div',
      { class: 'entry-body' },
      entry.mine ? h('span', { class: 'for-you' }, t('timeline.you')) : undefined,
      entry.said && entry.by ? h('span', { class: 'entry-by' }, entry.by.name) : undefined,
      h('span', { class: 'entry-text' }, linked(entry.text)),
      entry.link && !entry.text.includes(entry.link) ? outside(entry.link) : undefined,
      entry.file ? attachment(entry.file) : undefined,
    ),
  );
}

/** Web addresses in a text, as links; everything else stays text. @param {string} text */
function linked(text) {
  return text
    .split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/gi)
    .map((part, n) => (n % 2 === 1 ? anchor(part, part) : part));
}

/** @param {string} link */
function outside(link) {
  return /^https?:\/\//i.test(link) && URL.canParse(link)
    ? anchor(link, new URL(link).host, 'entry-link', icon('link'))
    : undefined;
}

/** @param {string} href @param {string} text @param {string} [look] @param {Node} [before] */
function anchor(href, text, look = '', before = undefined) {
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer', class: look }, before, text);
}

/** @param {string} id */
function attachment(id) {
  return h(
    'a',
    { href: address(`attachments/${encodeURIComponent(id)}`), class: 'entry-link', download: '' },
    icon('file'),
    t('timeline.file'),
  );
}

export function startTimeline() {
  const scroller = at('timeline-scroll');
  scroller.addEventListener('scroll', () => {
    if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60) at('newer').hidden = true;
  });
  at('newer').addEventListener('click', () => {
    scroller.scrollTop = scroller.scrollHeight;
    at('newer').hidden = true;
  });
  at('earlier').addEventListener('click', () => void earlier());
}

async function earlier() {
  if (incident === undefined || asked) return;
  const question = ask(`incidents/${encodeURIComponent(incident)}/entries`, { before: first });
  asked = question;
  at('earlier').setAttribute('aria-busy', 'true');
  try {
    const { entries } = await question;
    if (asked === question) prepend(entries);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    if (asked === question) toast(t('timeline.earlier.failed'), 'bad');
  } finally {
    if (asked === question) {
      asked = undefined;
      at('earlier').removeAttribute('aria-busy');
    }
  }
}

/** @param {readonly Entry[]} entries that come before all that are shown */
function prepend(entries) {
  const list = at('entries');
  const scroller = at('timeline-scroll');
  const height = scroller.scrollHeight;
  /** @type {HTMLElement[]} */
  const rows = [];
  for (const entry of entries) {
    const date = day(entry.at);
    if (rows.at(-1)?.dataset.day !== date) rows.push(dayLine(date));
    rows.push(row(entry, date, false));
  }
  const top = /** @type {HTMLElement | null} */ (list.firstElementChild);
  if (top?.classList.contains('entry-day') && rows.at(-1)?.dataset.day === top.dataset.day) top.remove();
  list.prepend(...rows);
  scroller.scrollTop += scroller.scrollHeight - height;
  first = entries[0]?.seq ?? 1;
  at('earlier').hidden = first <= 1;
}
