/** The moments at which a Baton is killed: what is waited for, how many of it, and how long after the last. */
import type { Happening } from './happenings.ts';

export interface Moment {
  readonly name: string;
  readonly at: Happening;
  /** At most this many happenings are let pass after it said that it is ready; default none. */
  readonly pass?: number;
  /** Milliseconds, at random up to this; default in the very moment, before anything else of the driver runs. */
  readonly within?: number;
  /** It is told to stop first, after at random up to so many milliseconds. */
  readonly told?: number;
}

/** Longer than a start usually takes, so that some of these fall into it and some behind it. */
const A_START = 1_000;

export const MOMENTS: readonly Moment[] = [
  { name: 'as it is spawned', at: 'spawned' },
  { name: 'while it starts', at: 'spawned', within: A_START },
  { name: 'as it says it is ready', at: 'ready' },
  { name: 'while it catches up', at: 'ready', within: 100 },
  { name: 'at any time', at: 'ready', within: 2_500 },
  { name: 'as an order is sent', at: 'order-sent', pass: 30 },
  { name: 'while an order is kept', at: 'order-sent', pass: 30, within: 20 },
  { name: 'as an order is written', at: 'order-written', pass: 30 },
  { name: 'after an order is written', at: 'order-written', pass: 30, within: 3 },
  { name: 'as an order is answered', at: 'order-heard', pass: 30 },
  { name: 'after an order is answered', at: 'order-answered', pass: 30, within: 5 },
  { name: 'as the database is written', at: 'database-written', pass: 200 },
  { name: 'after the database is written', at: 'database-written', pass: 200, within: 2 },
  { name: 'as evidence is written', at: 'file-written', pass: 4 },
  { name: 'before a page is answered', at: 'page-received', pass: 4 },
  { name: 'as a page is answered', at: 'page-answered', pass: 4 },
  { name: 'after a page is answered', at: 'page-answered', pass: 4, within: 4 },
  { name: 'as a clock rings', at: 'clock-due', pass: 2, within: 40 },
  { name: 'before words are published', at: 'words-received' },
  { name: 'as a browser is told', at: 'entries-seen', pass: 30 },
  { name: 'while it stops', at: 'stopping', told: 1_500, within: 50 },
];
