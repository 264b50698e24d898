/** Shows times as the reader's own clock does, and keeps what counts up or down moving. */
import { localeNow, t } from './words.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far the house's clock is ahead of this machine's, in milliseconds. */
let ahead = 0;

/** @param {number} house the house's time now, in milliseconds */
export function setClock(house) {
  ahead = house - Date.now();
}

export function now() {
  return Date.now() + ahead;
}

/** How this browser tells the time, as the server is asked to. */
export function habits() {
  const { timeZone, hour12 } = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions();
  return { zone: timeZone, hour12: hour12 === true };
}

/** @param {number} instant */
export function clock(instant) {
  const { hour12 } = habits();
  return new Intl.DateTimeFormat(localeNow(), {
    hour: hour12 ? 'numeric' : '2-digit',
    minute: '2-digit',
    ...(hour12 ? { hour12: true } : { hourCycle: 'h23' }),
  }).format(instant);
}

/** @param {number} instant */
export function day(instant) {
  return new Intl.DateTimeFormat(localeNow(), { weekday: 'long', day: 'numeric', month: 'long' }).format(instant);
}

/** The clock, with the day where it is not today. @param {number} instant */
export function moment(instant) {
  const today = new Date(now()).toDateString() === new Date(instant).toDateString();
  if (today) return clock(instant);
  const date = new Intl.DateTimeFormat(localeNow(), { day: 'numeric', month: 'short' }).format(instant);
  return `${date} ${clock(instant)}`;
}

/** `14 min`, `2 h 05 min`, `3 d 4 h`. @param {number} length in milliseconds */
export function lasting(length) {
  const whole = Math.max(0, length);
  if (whole < MINUTE) return t('time.moment');
  const minutes = Math.floor(whole / MINUTE);
  if (whole < HOUR) return t('time.min', { min: minutes });
  if (whole < DAY) return t('time.hmin', { h: Math.floor(minutes / 60), min: minutes % 60 });
  return t('time.dh', { d: Math.floor(whole / DAY), h: Math.floor((whole % DAY) / HOUR) });
}

/** Marks an element as running since an instant: `tick` keeps it true. @param {HTMLElement} element @param {number} since */
export function running(element, since) {
  element.dataset.since = String(since);
  element.textContent = lasting(now() - since);
  return element;
}

export function tick() {
  for (const element of document.querySelectorAll('[data-since]')) {
    const text = lasting(now() - Number(/** @type {HTMLElement} */ (element).dataset.since));
    if (element.textContent !== text) element.textContent = text;
  }
}
