// The counts of the fault tests can fail, and only for what is wrong.
import { expect, test } from '@jest/globals';
import type { Recorded } from '../../src/core/events.ts';
import { DEFAULTS } from '../../src/core/settings.ts';
import { countPages } from './count-sent.ts';
import type { Ledger } from './ledger.ts';
import type { Arrived, Receiver } from './receiver.ts';

const paged = { type: 'person-paged', seq: 1, at: 1, by: 'baton', person: 'anna', seat: 'commander' } as Recorded;
const page: Arrived = { at: 0, body: { person: 'anna', incident: { id: 'INC-1' } } };

const ledger = (unreadable: Ledger['unreadable']): Ledger => ({
  incidents: [],
  unreadable,
  people: new Map(),
  attachments: new Set(),
  world: { settings: DEFAULTS, people: {}, commanded: {}, resting: {}, closed: [] },
  integrity: 'ok',
});

const received = (...copies: Arrived[]): Receiver => ({
  url: '',
  pages: new Map([['INC-1/1/0', copies]]),
  words: new Map(),
  setDown() {},
  stop: async () => {},
});

const nothing: Receiver = { ...received(), pages: new Map() };

test('a page of an incident that was spoiled afterwards has its reason; one that follows from nothing has none', () => {
  const spoiled = ledger(new Map([['INC-1', [paged]]]));
  expect(countPages(spoiled, received(page)).findings.doubled).toEqual([]);
  expect(countPages(ledger(new Map()), received(page)).findings.doubled).toEqual(['page INC-1/1/0 has no event']);
});

test('a page that its receiver did not take is lost, unless people were told so', () => {
  const failed = { type: 'page-failed', seq: 2, at: 0, by: 'baton', person: 'anna', seat: 'commander', reason: 'down' };
  const kept = (...events: object[]) =>
    ({ ...ledger(new Map()), incidents: [{ id: 'INC-1', events, states: [] }] }) as unknown as Ledger;
  expect(countPages(kept(paged), nothing).findings.lost).toHaveLength(1);
  expect(countPages(kept(paged, { ...failed, person: 'ben' }), nothing).findings.lost).toHaveLength(1);
  expect(countPages(kept(paged, failed), nothing)).toMatchObject({ told: 1, findings: { lost: [] } });
});

test('a page that never came is no loss where somebody else has come, or they themselves', () => {
  const since = (on: Record<string, string[]>) =>
    ({
      phase: 'open',
      people: Object.fromEntries(
        Object.entries(on).map(([id, ways]) => [id, { id, on: ways, stints: ways.map(() => ({ from: 2 })) }]),
      ),
      seats: { commander: { id: 'commander', chain: ['anna', 'ben'], pages: [] } },
    }) as object;
  const lost = (on: Record<string, string[]>) => {
    const incidents = [{ id: 'INC-1', events: [paged], states: [undefined, since({}), since(on)] }];
    const kept = { ...ledger(new Map()), incidents } as unknown as Ledger;
    return countPages(kept, nothing).findings.lost.length;
  };
  expect([lost({ ben: ['hand'] }), lost({ anna: ['hand'] })]).toEqual([0, 0]);
  expect([lost({}), lost({ ben: [] }), lost({ cat: ['hand'] })]).toEqual([1, 1, 1]);
});

test('copies under one key are counted, and must be the same page', () => {
  const spoiled = ledger(new Map([['INC-1', [paged]]]));
  expect(countPages(spoiled, received(page, page))).toMatchObject({ extra: 1, findings: { doubled: [] } });
  const other: Arrived = { at: 0, body: { person: 'ben', incident: { id: 'INC-1' } } };
  expect(countPages(spoiled, received(page, other)).findings.doubled).toEqual([
    'page INC-1/1/0 came with different contents',
  ]);
});
