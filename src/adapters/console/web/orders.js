/** Hands presses and lines to the house, as often as it takes and never twice: each keeps its id until it is answered. */
import { tell, Unanswered } from './house.js';

/** @typedef {import('../wire.ts').Outcome} Outcome */

/** Waits between tries on a lost connection, in milliseconds. After the last, its writer is told. */
const TRIES = [400, 800, 1_600, 3_200];

/** Letters and digits that nobody else has. */
export function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `console:${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Presses under way, so that a second click joins the first. @type {Map<string, Promise<Outcome>>} */
const underWay = new Map();

/**
 * @param {{ id?: string, data: Readonly<Record<string, unknown>> }} press without an id the house makes one from the
 *   card's version, so that two clicks are one press
 * @returns {Promise<Outcome>} rejects with `Unanswered` when the house could not be reached
 */
export function press(press) {
  return once(JSON.stringify(press), () => patiently(() => tell('orders', press)));
}

/**
 * @param {{ id: string, line: string, incident: string | undefined }} typed
 * @returns {Promise<Outcome>}
 */
export function say(typed) {
  return once(typed.id, () => patiently(() => tell('lines', typed)));
}

/** @param {string} key @param {() => Promise<Outcome>} send */
function once(key, send) {
  const before = underWay.get(key);
  if (before) return before;
  const now = send().finally(() => underWay.delete(key));
  underWay.set(key, now);
  return now;
}

/** @template T @param {() => Promise<T>} send @returns {Promise<T>} */
async function patiently(send) {
  for (const wait of TRIES) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof Unanswered) || !error.lost) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return send();
}
