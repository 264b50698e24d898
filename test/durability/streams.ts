/** Browsers that keep an incident open through every kill: each comes back with Last-Event-ID and counts what it is shown. */
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Whereabouts } from './asking.ts';
import type { Happenings } from './happenings.ts';

export interface Follower {
  readonly incident: string;
  /** Every entry as often as it was shown, by its `seq`. */
  readonly shown: ReadonlyMap<number, number>;
  /** How often it had to come back. */
  readonly returns: number;
  /** The id of the last message that had one. */
  readonly last: number;
  /** Closes it, for a while: a browser that nobody looks at. */
  away(): void;
  back(): void;
  stop(): void;
}

/** Like a browser's, but less patient. */
const PAUSE = 50;

export function follow(incident: string, whereabouts: Whereabouts, happenings: Happenings): Follower {
  const shown = new Map<number, number>();
  let last = 0;
  let returns = 0;
  let stopped = false;
  let looking = true;
  let connection: { destroy(): void } | undefined;

  /** Resolves when the connection is over. */
  function listen(address: URL): Promise<void> {
    return new Promise((over) => {
      const url = new URL(`/console/stream?as=anna&incident=${incident}&after=0`, address);
      const headers = last > 0 ? { 'last-event-id': String(last) } : {};
      const asked = get(url, { headers, agent: false }, (response: IncomingMessage) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
          // Only a message that came whole counts, as in a browser.
          const messages = text.split('\n\n');
          text = messages.pop() ?? '';
          for (const message of messages) take(message);
        });
        response.on('error', () => {});
        response.on('close', over);
      });
      asked.on('error', () => over());
      connection = asked;
    });
  }

  function take(message: string): void {
    const line = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(message)?.[1];
    const id = line('id');
    if (line('event') === 'entries') {
      const { entries } = JSON.parse(line('data') ?? '{}') as { entries: { seq: number }[] };
      for (const { seq } of entries) shown.set(seq, (shown.get(seq) ?? 0) + 1);
      happenings.emit('entries-seen');
    }
    if (id !== undefined) last = Number(id);
  }

  void (async () => {
    while (!stopped) {
      const address = looking ? whereabouts() : undefined;
      if (address) {
        await listen(address);
        returns += 1;
      }
      await sleep(PAUSE);
    }
  })();

  return {
    incident,
    shown,
    get returns() {
      return returns;
    },
    get last() {
      return last;
    },
    away() {
      looking = false;
      connection?.destroy();
    },
    back() {
      looking = true;
    },
    stop() {
      stopped = true;
      connection?.destroy();
    },
  };
}

/** All entries that a browser can be shown, read back from the end, by incident. */
export async function entriesOf(incidents: readonly string[], whereabouts: Whereabouts) {
  const found = new Map<string, readonly number[]>();
  for (const incident of incidents) {
    const all: number[] = [];
    for (let before = Number.MAX_SAFE_INTEGER; ; before = all[0] ?? 0) {
      const url = new URL(`/console/incidents/${incident}/entries?as=anna&before=${before}`, whereabouts());
      const { entries } = (await (await fetch(url)).json()) as { entries: { seq: number }[] };
      if (entries.length === 0) break;
      all.unshift(...entries.map(({ seq }) => seq));
    }
    found.set(incident, all);
  }
  return found;
}
