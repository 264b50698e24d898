// Streams stay within their bounds: so many tabs, so many bytes, and a sign of life on time.
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Response } from 'express';
import { HEARTBEAT, MOST_TABS, MOST_UNSENT } from '../../../src/adapters/console/limits.ts';
import { createLive, type Live, type Sights } from '../../../src/adapters/console/live.ts';
import type { View } from '../../../src/adapters/console/wire.ts';

/** A response that keeps what is written to it until it is read. */
class Kept extends PassThrough {
  set(): this {
    return this;
  }
  flushHeaders(): void {}
  get said(): string {
    return String(this.read() ?? '');
  }
}

let live: Live;
let board: string;
let version: number;
let refreshed: number;
const complaints: string[] = [];

const sights: Sights = {
  board: async () => ({ json: board, mine: () => ({ pages: [] }) }),
  entries: async (incident) => ({ incident, entries: [], upTo: version }),
  version: async () => version,
  view: async (id) => ({ id, version }) as View,
};

function open(incident?: string, response = new Kept()): Kept | undefined {
  const options = { reader: { language: 'en', zone: 'UTC' }, person: 'ann', incident, sights };
  return live.open(response as unknown as Response, options) ? response : undefined;
}

/** Lets everything that waits for nothing but its turn happen. */
const settle = async () => {
  for (let n = 0; n < 50; n += 1) await Promise.resolve();
};

beforeEach(() => {
  jest.useFakeTimers();
  board = '{"open":[]}';
  version = 1;
  refreshed = 0;
  complaints.length = 0;
  const complain = (_: unknown, message: string) => void complaints.push(message);
  live = createLive({
    now: () => 0,
    log: { info: () => {}, warn: complain, error: complain },
    refresh: () => {
      refreshed += 1;
    },
  });
});

afterEach(() => {
  live.stop();
  jest.useRealTimers();
});

describe('streams', () => {
  test('are refused beyond the limit, and taken again when one has gone', () => {
    const tabs = Array.from({ length: MOST_TABS }, () => open());
    expect(tabs.every((tab) => tab !== undefined)).toBe(true);
    expect(open()).toBeUndefined();
    tabs[0]?.emit('close');
    expect(open()).toBeDefined();
    expect(live.tabs).toBe(MOST_TABS);
  });

  test('that ended before they began take nobody’s place', () => {
    const response = new Kept();
    response.destroy();
    expect(open('INC-1', response)).toBe(response);
    expect(live.tabs).toBe(0);
  });

  test('say the same only once, however often they are told of a change', async () => {
    const tab = open('INC-1');
    await settle();
    expect(tab?.said.match(/^event: (board|view)$/gm)).toEqual(['event: board', 'event: view']);
    for (let n = 0; n < 10; n += 1) live.changed();
    await settle();
    expect(tab?.said).toBe('');
    version = 5;
    for (let n = 0; n < 10; n += 1) live.changed();
    await settle();
    expect(tab?.said.match(/^event: view$/gm)).toHaveLength(1);
  });

  test('give a sign of life, and look with it for what another process has changed', async () => {
    const tab = open('INC-1');
    await settle();
    tab?.read();
    board = '{"open":["another"]}';
    jest.advanceTimersByTime(HEARTBEAT);
    await settle();
    expect(refreshed).toBe(1);
    expect(tab?.said).toMatch(/^event: beat[\s\S]*event: board/m);
  });

  test('that take nothing off their connection are let go rather than piled up', async () => {
    const tab = open();
    await settle();
    const ping = { id: 'x', incident: 'INC-1', title: '', text: 'x'.repeat(MOST_UNSENT / 8), at: 0 };
    for (let n = 0; n < 20; n += 1) live.ping('ann', () => ping);
    expect(tab?.destroyed).toBe(true);
    expect(tab?.writableLength).toBeLessThan(2 * MOST_UNSENT);
  });

  test('whose incident cannot be read end, to come back later', async () => {
    const tab = open('INC-1');
    await settle();
    version = 2;
    jest.spyOn(sights, 'view').mockRejectedValueOnce(new Error('no disk'));
    live.changed();
    await settle();
    expect(tab?.destroyed).toBe(true);
    expect(complaints).toEqual(['a page could not be kept current']);
  });
});
