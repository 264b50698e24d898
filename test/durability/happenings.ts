/** What the driver sees of a Baton from outside, as it happens: each is a moment at which it can be killed. */
import { EventEmitter } from 'node:events';

export const HAPPENINGS = [
  /** The process is there; nothing has run in it yet. */
  'spawned',
  /** It has said that it is ready. */
  'ready',
  /** The bytes of an order are on their way. */
  'order-sent',
  /** The headers of an answer to an order have arrived. */
  'order-heard',
  /** A whole answer to an order has been read: from here on it may not be lost. */
  'order-answered',
  /** Something was written to the database's log: an append, a job or a cursor is half done. */
  'database-written',
  /** The same, while somebody waits for an answer: most likely it is the append that the answer is about. */
  'order-written',
  /** A file of evidence appeared, was written or got its name. */
  'file-written',
  /** A page has arrived and is not answered yet. */
  'page-received',
  /** A page has been answered; Baton has not noted it yet. */
  'page-answered',
  /** The next repeat of a page is due: its clock rings about now. */
  'clock-due',
  /** Confirmed words have arrived and are not answered yet. */
  'words-received',
  /** A browser was sent entries of the timeline. */
  'entries-seen',
  /** It was told to stop and is stopping. */
  'stopping',
] as const;

export type Happening = (typeof HAPPENINGS)[number];

export type Happenings = EventEmitter<Record<Happening, []>>;

export function createHappenings(): Happenings {
  return new EventEmitter<Record<Happening, []>>().setMaxListeners(0);
}
