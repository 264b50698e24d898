/** Keeps open pages current: one stream per tab, drawn from the incidents' own events, so that nothing is missed or doubled. */
import type { Response } from 'express';
import type { Reader } from '../../cards/words/reader.ts';
import type { Log } from '../../core/ports.ts';
import type { IncidentId, Instant, PersonId } from '../../core/units.ts';
import { HEARTBEAT, MOST_TABS, MOST_UNSENT, PING_FRESH, PINGS_KEPT, SLOWEST_READER } from './limits.ts';
import type { Entries, Mine, PingForMe, View } from './wire.ts';

/** What a tab shows; each answers from the newest state. */
export interface Sights {
  /** Board and calls for attention: what is worth sending again only when it changed. */
  board(): Promise<{ readonly json: string; readonly mine: (person: PersonId) => Mine }>;
  /** Entries after `after` in order, a bounded stretch of them up to `upTo`; the latest ones for a page that has none. */
  entries(incident: IncidentId, after: number | undefined): Promise<Entries>;
  /** The incident's version, undefined when there is none of that name. */
  version(incident: IncidentId): Promise<number | undefined>;
  view(incident: IncidentId): Promise<View | undefined>;
}

export interface TabOptions {
  readonly reader: Reader;
  readonly person: PersonId;
  readonly incident?: IncidentId | undefined;
  /** The version up to which the tab has entries; undefined for a tab that has none. */
  readonly after?: number | undefined;
  /** When the tab was first told something; undefined for one that never was. What it missed since is told again. */
  readonly since?: Instant | undefined;
  readonly sights: Sights;
}

interface Tab extends TabOptions {
  readonly response: Response;
  sent: { entries: number | undefined; view: number; board: string; mine: string };
  pumping: boolean;
  stale: boolean;
  closed: boolean;
}

export interface Live {
  /** Makes a response a stream; false when there are too many already. */
  open(response: Response, options: TabOptions): boolean;
  /** An incident has a new state. */
  changed(): void;
  /** Mentions a person on every tab of theirs, and on tabs that come back within a while. */
  ping(to: PersonId, ping: (reader: Reader) => PingForMe): void;
  readonly tabs: number;
  stop(): void;
}

/** @param refresh called with every sign of life: another process may have changed what this one shows */
export function createLive({
  now,
  log,
  refresh,
}: {
  readonly now: () => Instant;
  readonly log: Log;
  readonly refresh: () => void;
}): Live {
  const tabs = new Set<Tab>();
  const pings: { readonly to: PersonId; readonly at: Instant; readonly ping: (reader: Reader) => PingForMe }[] = [];
  const beat = setInterval(() => {
    for (const tab of tabs) if (!tab.response.writableNeedDrain) send(tab, 'beat', JSON.stringify({ now: now() }));
    if (tabs.size > 0) refresh();
    changed();
  }, HEARTBEAT);
  beat.unref();

  function open(response: Response, options: TabOptions): boolean {
    // Whoever left while it was asked who they are says so no second time: their tab would stay for ever.
    if (response.destroyed) return true;
    if (tabs.size >= MOST_TABS) return false;
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    response.flushHeaders();
    const sent = { entries: options.after, view: 0, board: '', mine: '' };
    const tab: Tab = { ...options, response, sent, pumping: false, stale: false, closed: false };
    tabs.add(tab);
    response.on('close', () => drop(tab));
    response.write('retry: 1500\n\n');
    pump(tab);
    return true;
  }

  function drop(tab: Tab): void {
    tab.closed = true;
    tabs.delete(tab);
    tab.response.destroy();
  }

  function send(tab: Tab, event: string, data: string, id?: number): void {
    const { response } = tab;
    if (response.destroyed || response.writableLength > MOST_UNSENT) drop(tab);
    else response.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`);
  }

  /** One pump per tab at a time; what changes meanwhile is seen by another turn, however often it changed. */
  function pump(tab: Tab): void {
    tab.stale = true;
    if (tab.pumping) return;
    tab.pumping = true;
    void (async () => {
      try {
        while (tab.stale && !tab.closed) {
          tab.stale = false;
          await drained(tab);
          await bringUpToDate(tab);
        }
      } catch (error) {
        // The page comes back by itself and says what it has: nothing is lost by letting go.
        if (!tab.closed)
          log.warn({ person: tab.person, incident: tab.incident, error }, 'a page could not be kept current');
        drop(tab);
      } finally {
        tab.pumping = false;
      }
    })();
  }

  /** A page that nothing can be told is not connected: its first sign of life comes with the first thing it is told. */
  function greet(tab: Tab): void {
    send(tab, 'beat', JSON.stringify({ now: now() }));
    const { since = Number.POSITIVE_INFINITY } = tab;
    for (const { to, at, ping } of pings) {
      if (to !== tab.person || at < since || now() - at >= PING_FRESH) continue;
      send(tab, 'ping', JSON.stringify(ping(tab.reader)));
    }
  }

  async function bringUpToDate(tab: Tab): Promise<void> {
    const { board, mine } = await tab.sights.board().then((seen) => ({
      board: seen.json,
      mine: JSON.stringify(seen.mine(tab.person)),
    }));
    if (tab.sent.board === '') greet(tab);
    if (board !== tab.sent.board) send(tab, 'board', board);
    if (mine !== tab.sent.mine) send(tab, 'mine', mine);
    tab.sent = { ...tab.sent, board, mine };
    if (tab.incident === undefined) return;

    const version = await tab.sights.version(tab.incident);
    if (version === undefined) {
      send(tab, 'gone', '{}');
      return;
    }
    let upTo = tab.sent.entries;
    while ((upTo ?? -1) < version && !tab.closed) {
      const next = await tab.sights.entries(tab.incident, upTo);
      send(tab, 'entries', JSON.stringify(next), next.upTo);
      if (next.upTo <= (upTo ?? -1)) break;
      upTo = next.upTo;
      tab.sent = { ...tab.sent, entries: upTo };
      await drained(tab);
    }
    if (version <= tab.sent.view) return;
    const view = await tab.sights.view(tab.incident);
    if (!view) return;
    send(tab, 'view', JSON.stringify(view));
    tab.sent = { ...tab.sent, view: view.version };
  }

  function changed(): void {
    for (const tab of tabs) pump(tab);
  }

  return {
    open,
    changed,
    get tabs() {
      return tabs.size;
    },
    ping(to, ping) {
      pings.push({ to, at: now(), ping });
      if (pings.length > PINGS_KEPT) pings.shift();
      for (const tab of tabs) if (tab.person === to) send(tab, 'ping', JSON.stringify(ping(tab.reader)));
    },
    stop() {
      clearInterval(beat);
      for (const tab of tabs) drop(tab);
    },
  };
}

/** Waits until the connection has taken what was written: a slow page holds up nobody and piles up nothing. */
async function drained({ response }: { readonly response: Response }): Promise<void> {
  if (!response.writableNeedDrain) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const gone = setTimeout(() => reject(new Error('it takes nothing off its connection')), SLOWEST_READER);
  response.once('drain', resolve);
  response.once('close', resolve);
  try {
    await promise;
  } finally {
    clearTimeout(gone);
    response.off('drain', resolve);
    response.off('close', resolve);
  }
}
