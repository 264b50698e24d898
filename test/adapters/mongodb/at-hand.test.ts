// What is kept at hand of all incidents on MongoDB is whole, though a reading of it breaks off or two are under way.
import { expect, test } from '@jest/globals';
import { mongoAtHand } from '../../../src/adapters/mongodb/at-hand.ts';
import type { Collections } from '../../../src/adapters/mongodb/collections.ts';
import { closed, summary } from '../../contracts/sample.ts';

const LATE = new Date('2026-11-02T03:00:00Z');
const DOCUMENTS = [2, 1].map((number) => ({
  _id: `INC-${number}`,
  version: 1,
  // The one that is read last was changed a day before.
  changedAt: number === 2 ? LATE : new Date(LATE.getTime() - 24 * 3_600_000),
  summary: summary({ commanders: ['anna'] }),
}));

const HOUR = 3_600_000;

/** A collection that is read document by document, `before` each of them. */
function readSlowly(before: (document: number) => Promise<void>) {
  async function* find({ changedAt }: { changedAt?: { $gte: Date } }) {
    for (const [n, document] of DOCUMENTS.entries()) {
      await before(n);
      if (!changedAt || document.changedAt >= changedAt.$gte) yield document;
    }
  }
  return mongoAtHand({ incidents: { find } } as unknown as Collections, (id) => Number(id.slice('INC-'.length)));
}

test("what another instance removed is let go once the database's clock has gone on for a while", async () => {
  const made = (number: number, changedAt: Date) => ({
    _id: `INC-${number}`,
    version: 1,
    changedAt,
    summary: closed({ commanders: ['anna'] }),
  });
  let documents = [1, 2, 3].map((number) => made(number, LATE));
  let looks = 0;
  async function* find({ changedAt }: { changedAt?: { $gte: Date } }) {
    for (const document of documents) if (!changedAt || document.changedAt >= changedAt.$gte) yield document;
  }
  const distinct = async () => {
    looks += 1;
    return documents.map(({ _id }) => _id);
  };
  const atHand = mongoAtHand({ incidents: { find, distinct } } as unknown as Collections, () => 0);
  const commanded = async () => (await atHand.people()).commanded;
  expect(await commanded()).toEqual({ anna: 3 });
  documents = documents.filter(({ _id }) => _id !== 'INC-1');
  expect(await commanded()).toEqual({ anna: 3 });
  expect(looks).toBe(0);
  documents.push(made(4, new Date(LATE.getTime() + HOUR)));
  expect(await commanded()).toEqual({ anna: 3 });
  expect(await commanded()).toEqual({ anna: 3 });
  expect(looks).toBe(1);
});

test('a first reading that broke off is begun anew', async () => {
  let breaks = 1;
  const atHand = readSlowly(async (document) => {
    if (document === 1 && breaks > 0) {
      breaks -= 1;
      throw new Error('connection lost');
    }
  });
  await expect(atHand.people()).rejects.toThrow('connection lost');
  expect((await atHand.people()).commanded).toEqual({ anna: 2 });
  expect((await atHand.open()).map(({ id }) => id)).toEqual(['INC-2', 'INC-1']);
});

test('whoever asks while the first reading is under way is told of everything as well', async () => {
  let go = () => {};
  const held = new Promise<void>((done) => {
    go = done;
  });
  let first = true;
  const atHand = readSlowly(async (document) => {
    if (document === 1 && first) {
      first = false;
      await held;
    }
  });
  const one = atHand.people();
  await new Promise(setImmediate);
  expect((await atHand.people()).commanded).toEqual({ anna: 2 });
  go();
  expect((await one).commanded).toEqual({ anna: 2 });
});
