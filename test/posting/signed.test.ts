// Signed requests arrive once per try, are tried again when that can help, and fail in words that name no secret.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { send, WIRE, type Wire } from '../../src/posting/send.ts';
import { sendSigned, signature } from '../../src/posting/signed.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

const SECRET = 'shared';
const NOW = Date.parse('2026-01-02T03:04:05.678Z');

let receiver: Receiver;
let slept: number[];
let wire: Wire;

beforeEach(async () => {
  receiver = await startReceiver();
  slept = [];
  wire = { ...WIRE, now: () => NOW, random: () => 0.5, sleep: async (lasting) => void slept.push(lasting) };
});
afterEach(() => receiver.stop());

const deliver = (content: object = { type: 'page' }) =>
  sendSigned({ url: receiver.url, secret: SECRET }, 'INC-1/7/0', content, wire);

test('a request carries its content, its own id and a signature that its receiver can check', async () => {
  expect(await deliver({ type: 'page', name: 'Zoë' })).toEqual({ sent: true });
  const [request] = receiver.received;
  expect(JSON.parse(request?.body ?? '')).toEqual({ type: 'page', name: 'Zoë' });
  expect(request?.headers['idempotency-key']).toBe('INC-1/7/0');
  expect(request?.headers['content-type']).toBe('application/json');
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request?.headers['baton-signature'])) ?? [];
  expect(Number(t)).toBe(Math.floor(NOW / 1_000));
  expect(v1).toBe(createHmac('sha256', SECRET).update(`${t}.${request?.body}`).digest('hex'));
});

test('a signature changes with the secret, the time and the body', () => {
  const given = signature('{}', SECRET, NOW);
  expect(signature('{}', SECRET, NOW)).toBe(given);
  expect(signature('{}', 'other', NOW)).not.toBe(given);
  expect(signature('{}', SECRET, NOW + 1_000)).not.toBe(given);
  expect(signature('{ }', SECRET, NOW)).not.toBe(given);
});

describe('an answer', () => {
  test.each([
    [{ status: 200, body: '{"link":"https://status.example.com/1"}' }, { link: 'https://status.example.com/1' }],
    [{ status: 202, body: 'thanks' }, undefined],
    [{ status: 204 }, undefined],
    [{ status: 200, body: `"${'x'.repeat(70_000)}"` }, undefined],
  ])('%# is taken as it is', async (answer, content) => {
    receiver.answer(answer);
    expect(await deliver()).toEqual({ sent: true, ...(content && { answer: content }) });
    expect(receiver.received).toHaveLength(1);
  });
});

describe('a try that failed', () => {
  test.each([408, 425, 429, 500, 502, 503, 504])(
    'with %d is made again, after longer and longer pauses',
    async (status) => {
      receiver.answer({ status }, { status }, { status: 200 });
      expect(await deliver()).toEqual({ sent: true });
      expect(slept).toEqual([1_000, 2_000]);
      const [first, ...others] = receiver.received;
      expect(others).toHaveLength(2);
      for (const other of others) {
        expect(other.body).toBe(first?.body);
        expect(other.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
      }
    },
  );

  test('is given up after the third', async () => {
    receiver.answer({ status: 503 });
    expect(await deliver()).toEqual({
      sent: false,
      reason: `${receiver.host} answered 503`,
      unclear: false,
      passing: true,
    });
    expect(receiver.received).toHaveLength(3);
  });

  test.each([400, 401, 403, 404, 410, 422, 501])('with %d is not made again: nothing would change', async (status) => {
    receiver.answer({ status });
    expect(await deliver()).toEqual({
      sent: false,
      reason: `${receiver.host} answered ${status}`,
      unclear: status >= 500,
      passing: false,
    });
    expect(receiver.received).toHaveLength(1);
  });

  test('by leading elsewhere is not followed: nobody else gets the page', async () => {
    const other = await startReceiver();
    receiver.answer({ status: 307, headers: { location: other.url } });
    expect(await deliver()).toMatchObject({ sent: false });
    expect(other.received).toEqual([]);
    await other.stop();
  });

  test('waits as long as it is asked to', async () => {
    receiver.answer({ status: 429, headers: { 'retry-after': '7' } }, { status: 200 });
    expect(await deliver()).toEqual({ sent: true });
    expect(slept).toEqual([7_000]);
  });

  test('waits until the time that it is given', async () => {
    const header = new Date(NOW + 9_322).toUTCString();
    receiver.answer({ status: 503, headers: { 'retry-after': header } }, { status: 200 });
    expect(await deliver()).toEqual({ sent: true });
    expect(slept).toEqual([9_322]);
  });

  test('does not wait for minutes: people are told instead', async () => {
    receiver.answer({ status: 429, headers: { 'retry-after': '600' } });
    expect(await deliver()).toMatchObject({ sent: false });
    expect(slept).toEqual([]);
  });
});

test('a receiver that is not there is said to be so, and nothing more', async () => {
  await receiver.stop();
  const sent = await deliver();
  expect(sent).toEqual({
    sent: false,
    reason: `${receiver.host} could not be reached (ECONNREFUSED)`,
    unclear: false,
    passing: true,
  });
  expect(JSON.stringify(sent)).not.toContain('team=secret');
});

test('what may have arrived at the first try may be there, though the others were refused', async () => {
  receiver.answer({ status: 500 }, { status: 503 });
  expect(await deliver()).toMatchObject({ sent: false, unclear: true, reason: `${receiver.host} answered 503` });
  expect(receiver.received).toHaveLength(3);
});

test('an answer without end is not read to its end, and the request has been taken', async () => {
  const endless = createServer((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    };
    response.on('drain', more);
    more();
  });
  const left = new Promise((done) => endless.on('connection', (socket) => socket.on('close', done)));
  await new Promise<void>((ready) => endless.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(endless.address() as AddressInfo).port}`;
  const patient: Wire = { ...wire, fetch: (to, { signal: _, ...init } = {}) => fetch(to, init) };
  expect(await send({ url, content: {} }, patient)).toEqual({ sent: true });
  await left;
  endless.close();
});

test('a receiver that never answers is not waited for', async () => {
  const slow: Wire = { ...wire, fetch: () => Promise.reject(Object.assign(new Error(), { name: 'TimeoutError' })) };
  expect(await sendSigned({ url: receiver.url, secret: SECRET }, 'x', {}, slow)).toEqual({
    sent: false,
    unclear: true,
    passing: true,
    reason: `${receiver.host} did not answer within 5 s`,
  });
});

test('a token that no header can carry is not quoted', async () => {
  const sent = await send({ url: receiver.url, headers: { authorization: 'Bearer tk_secret\nx' }, content: {} }, wire);
  expect(sent).toMatchObject({ sent: false, reason: `${receiver.host} could not be reached (TypeError)` });
  expect(receiver.received).toEqual([]);
});
