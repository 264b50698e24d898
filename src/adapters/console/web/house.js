/** Talks to the house: who I am goes with every question, and every failure comes back as a sentence's key. */
import { habits } from './time.js';
import { localeNow } from './words.js';

/** A request that the house did not carry out. `problem` is a words key; `lost` when it may never have arrived. */
export class Unanswered extends Error {
  /** @param {string} problem @param {boolean} lost @param {number} [status] */
  constructor(problem, lost, status = 0) {
    super(problem);
    this.problem = problem;
    this.lost = lost;
    this.status = status;
  }
}

/** @type {string | undefined} */
let me;

/** @param {string | undefined} person */
export function speakAs(person) {
  me = person;
}

export function whoAmI() {
  return me;
}

/** @param {string} path @param {Record<string, string | number | undefined>} [extra] */
export function address(path, extra = {}) {
  const { zone, hour12 } = habits();
  const query = new URLSearchParams({ lang: localeNow(), zone, hour12: hour12 ? '1' : '0' });
  if (me !== undefined) query.set('as', me);
  // What is asked for by name comes before habits.
  for (const [name, value] of Object.entries(extra)) if (value !== undefined) query.set(name, String(value));
  return `/console/${path}?${query}`;
}

/** Says my name to the house again; true when it knows me now. @type {() => Promise<boolean>} */
let introduceMe = async () => false;

/** @param {typeof introduceMe} introduce */
export function onStranger(introduce) {
  introduceMe = introduce;
}

/**
 * @param {string} path @param {Record<string, string | number | undefined>} [extra] @param {RequestInit} [init]
 * @returns {Promise<any>}
 */
export async function ask(path, extra, init) {
  try {
    return await askOnce(path, extra, init);
  } catch (error) {
    // The house may have lost its people since this tab came in: then it is told once more, and asked again.
    if (!(error instanceof Unanswered) || error.problem !== 'problem.stranger' || !(await introduceMe())) throw error;
    return askOnce(path, extra, init);
  }
}

/** @type {typeof ask} */
async function askOnce(path, extra, init) {
  let response;
  try {
    response = await fetch(address(path, extra), init);
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    throw new Unanswered('problem.no-connection', true);
  }
  const body = await response.json().catch(() => undefined);
  if (response.ok) return body;
  const problem = typeof body?.problem === 'string' ? `problem.${body.problem}` : 'problem.unexpected';
  throw new Unanswered(problem, response.status >= 500, response.status);
}

/** @param {string} path @param {unknown} body @param {AbortSignal} [signal] */
export function tell(path, body, signal) {
  const headers = { 'content-type': 'application/json' };
  return ask(path, {}, { method: 'POST', headers, body: JSON.stringify(body), ...(signal ? { signal } : {}) });
}
