/** Listens to the house: one stream per tab, which comes back by itself and goes on where it stopped. */
import { address } from './house.js';
import { setClock } from './time.js';

/** @typedef {'connected' | 'lost'} Connection */

/** Longer than two of the house's signs of life: silence beyond it is a dead connection that nobody told us of. */
const SILENCE = 40_000;
/** A first hiccup is no news: most are over before anybody could have read about them. */
const PATIENCE = 1_200;

/** When the house first told this tab something, by its clock: mentions since then are told again. @type {number | undefined} */
let since;

/**
 * @param {string | undefined} incident
 * @param {{
 *   heard: (kind: string, data: any) => void,
 *   connection: (now: Connection) => void,
 *   last: () => number | undefined,
 *   refused: () => void,
 * }} listener `last`: the newest entry this tab has; `refused`: the house answers, but not with a stream
 */
export function listen(incident, listener) {
  /** @type {EventSource | undefined} */
  let source;
  let heardAt = Date.now();
  let closed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let grace;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;
  let delay = 500;

  const lost = () => {
    grace ??= setTimeout(() => listener.connection('lost'), PATIENCE);
  };

  const alive = () => {
    heardAt = Date.now();
    clearTimeout(grace);
    grace = undefined;
    delay = 500;
    listener.connection('connected');
  };

  const connect = () => {
    if (closed) return;
    source?.close();
    heardAt = Date.now();
    const stream = new EventSource(address('stream', { incident, after: listener.last(), since }));
    source = stream;
    for (const kind of ['beat', 'board', 'mine', 'view', 'entries', 'ping', 'gone']) {
      stream.addEventListener(kind, (event) => {
        if (stream !== source) return;
        alive();
        const data = JSON.parse(/** @type {MessageEvent} */ (event).data);
        if (kind === 'beat') {
          since ??= data.now;
          setClock(data.now);
        } else listener.heard(kind, data);
      });
    }
    stream.addEventListener('error', () => {
      if (stream !== source || closed) return;
      lost();
      // The browser gives up for good on an answer that is no stream; the house may only be starting.
      if (stream.readyState === EventSource.CLOSED) listener.refused();
      // It would come back with what this tab knew at first: the next address says what it knows by now.
      stream.close();
      clearTimeout(again);
      again = setTimeout(connect, delay);
      delay = Math.min(delay * 2, 4_000);
    });
  };

  const watch = setInterval(() => {
    if (Date.now() - heardAt < SILENCE) return;
    lost();
    connect();
  }, 5_000);
  const wake = () => {
    if (source?.readyState !== EventSource.OPEN) connect();
  };
  addEventListener('online', wake);
  connect();

  return () => {
    closed = true;
    clearInterval(watch);
    clearTimeout(grace);
    clearTimeout(again);
    removeEventListener('online', wake);
    source?.close();
  };
}
