// A page's stream tells everything once and in order, whatever happens to the connection.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openBaton, type TestBaton } from '../../browser/baton.ts';
import { openStream, type Stream } from './stream.ts';

let baton: TestBaton;
let id: string;
const streams: Stream[] = [];

beforeEach(async () => {
  baton = await openBaton({
    people: {
      ann: { id: 'ann', name: 'Ann Archer' },
      bob: { id: 'bob', name: 'Bob Baker', language: 'de' },
      cat: { id: 'cat', name: 'Cat Carter' },
    },
    settings: {
      services: { pay: { name: 'Payments', seats: ['pay'] } },
      seats: { pay: { name: 'Payments on-call', chain: ['bob', 'cat'] } },
    },
  });
  ({ id } = await baton.order('ann', 'declare', { title: 'Checkout fails', service: 'pay' }));
  await baton.handler.settled();
});

afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close();
  await baton.stop();
});

async function listen(query: Record<string, string>, last?: number): Promise<Stream> {
  const stream = await openStream(baton.url, query, last);
  streams.push(stream);
  return stream;
}

const note = (text: string) => baton.order('ann', 'note', { text }, id);

/** Numbers of the notes among all events. */
const notes = async () =>
  (await baton.handler.events(id)).filter(({ type }) => type === 'note-kept').map(({ seq }) => seq);

const hasSeq = (seq: number) => (message: { event: string; data: { entries?: { seq: number }[] } }) =>
  message.event === 'entries' && message.data.entries?.some((entry) => entry.seq === seq) === true;

describe('a stream', () => {
  test('begins with the board, what waits for its reader, the latest entries and the incident', async () => {
    const stream = await listen({ as: 'bob', incident: id });
    const board = await stream.until(({ event }) => event === 'board');
    expect(board.data.open).toMatchObject([{ id, title: 'Checkout fails', service: 'Payments' }]);
    const mine = await stream.until(({ event }) => event === 'mine');
    expect(mine.data.pages).toMatchObject([{ incident: id, wanted: 'Payments on-call', attempt: 1 }]);
    const view = await stream.until(({ event }) => event === 'view');
    expect(view.data).toMatchObject({ id, me: { onCall: false, paged: true } });
    const entries = await stream.until(({ event }) => event === 'entries');
    expect(entries.id).toBe(view.data.version);
  });

  test('tells each event once, and the page’s own and everybody else’s alike', async () => {
    const stream = await listen({ as: 'bob', incident: id });
    await stream.until(({ event }) => event === 'view');
    for (let n = 0; n < 20; n += 1) await note(`n${n}`);
    const seqs = await notes();
    await stream.until(hasSeq(seqs.at(-1) ?? 0));
    const told = stream.seqs();
    expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
    expect(told).toEqual(expect.arrayContaining(seqs));
  });

  test('goes on behind what its page has, with no gap and nothing twice', async () => {
    const first = await listen({ as: 'bob', incident: id });
    await note('before');
    const [before = 0] = await notes();
    const { id: last } = await first.until(hasSeq(before));
    first.close();
    for (let n = 0; n < 250; n += 1) await note(`n${n}`);
    const second = await listen({ as: 'bob', incident: id }, last);
    const seqs = await notes();
    await second.until(hasSeq(seqs.at(-1) ?? 0));
    expect(second.seqs()).toEqual(seqs.slice(1));
  });

  test('of a reader who takes nothing holds up nobody and goes on when they do', async () => {
    const slow = await listen({ as: 'bob', incident: id });
    await slow.until(({ event }) => event === 'view');
    slow.pause();
    for (let n = 0; n < 300; n += 1) await note('x'.repeat(4_000));
    const seqs = await notes();
    const other = await listen({ as: 'cat', incident: id });
    await other.until(hasSeq(seqs.at(-1) ?? 0));
    slow.resume();
    await slow.until(hasSeq(seqs.at(-1) ?? 0));
    expect(slow.seqs().filter((seq) => seqs.includes(seq))).toEqual(seqs);
  });

  test('says that there is no such incident', async () => {
    const stream = await listen({ as: 'bob', incident: 'INC-999' });
    await stream.until(({ event }) => event === 'gone');
    expect(stream.messages.some(({ event }) => event === 'view')).toBe(false);
  });

  test('is for people who said who they are', async () => {
    await expect(openStream(baton.url, { as: 'nobody', incident: id })).rejects.toThrow('401');
    await expect(openStream(baton.url, { as: 'ann', incident: id, after: '-1' })).rejects.toThrow('400');
    await expect(openStream(baton.url, { as: 'ann', incident: id, after: 'x' })).rejects.toThrow('400');
  });
});

describe('a call for attention', () => {
  test('stands until it is answered, on every tab of its person and on no other', async () => {
    const [bob, again, ann] = await Promise.all([listen({ as: 'bob' }), listen({ as: 'bob' }), listen({ as: 'ann' })]);
    const waiting = ({ event, data }: { event: string; data: { pages?: unknown[] } }) =>
      event === 'mine' && data.pages?.length === 1;
    await Promise.all([bob.until(waiting), again.until(waiting)]);
    await baton.order('bob', 'answer-page', {}, id);
    const quiet = ({ event, data }: { event: string; data: { pages?: unknown[] } }) =>
      event === 'mine' && data.pages?.length === 0;
    await Promise.all([bob.until(quiet), again.until(quiet)]);
    expect(ann.messages.filter(waiting)).toEqual([]);
  });

  test('by mention reaches the person in their language, and again a tab whose connection was lost', async () => {
    await baton.order('ann', 'join-call', {}, id);
    await baton.order('ann', 'take-command', {}, id);
    const english = await listen({ as: 'bob', incident: id });
    const german = await listen({ as: 'bob', incident: id, lang: 'de' });
    const { id: last = 0 } = await english.until(({ event }) => event === 'entries');
    const { data: first } = await english.until(({ event }) => event === 'beat');
    await baton.order('ann', 'delegate', { owner: 'bob', what: 'Read the logs' }, id);
    const isPing = ({ event }: { event: string }) => event === 'ping';
    const [en, de] = await Promise.all([english.until(isPing), german.until(isPing)]);
    expect(en.data).toMatchObject({ incident: id, id: de.data.id });
    expect(en.data.text).not.toBe(de.data.text);
    english.close();
    const since = String(first.now);
    const back = await listen({ as: 'bob', incident: id, since }, last);
    expect((await back.until(isPing)).data.id).toBe(en.data.id);
    const atTheBoard = await listen({ as: 'bob', since });
    expect((await atTheBoard.until(isPing)).data.id).toBe(en.data.id);
    const fresh = await listen({ as: 'bob', incident: id });
    await fresh.until(({ event }) => event === 'view');
    expect(fresh.messages.filter(isPing)).toEqual([]);
  });
});

describe('the console as a surface', () => {
  test('says where its room is', async () => {
    expect((await baton.handler.incident(id))?.rooms.console).toMatchObject({ room: id });
  });

  test('states what it can do', () => {
    expect(baton.surface.can).toEqual({ call: false, presence: false, pin: true, privateReply: true, page: true });
  });

  test('answers that it is stopped, and ends its streams', async () => {
    const stream = await listen({ as: 'bob', incident: id });
    await baton.surface.stop();
    await expect(stream.until(() => false)).rejects.toThrow('the stream ended');
    const answer = await fetch(`${baton.url}/console/board`);
    expect([answer.status, await answer.json()]).toEqual([503, { problem: 'starting' }]);
  });
});
