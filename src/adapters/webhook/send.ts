/** Sends signed JSON to an address of the operator's, with bounded tries, and says in plain words what went wrong. */
import { createHmac } from 'node:crypto';
import type { Duration } from '../../core/units.ts';

export interface Target {
  readonly url: string;
  /** Shared with the receiver. */
  readonly secret: string;
}

/** What a test replaces. */
export interface Wire {
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly sleep: (lasting: Duration) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
}

export const WIRE: Wire = {
  fetch: (...request) => fetch(...request),
  now: Date.now,
  sleep: (lasting) => new Promise((done) => setTimeout(done, lasting)),
  random: Math.random,
};

/** `answer`: the receiver's JSON, if it sent any. `reason`: for people; it names the host and nothing secret. */
export type Sent =
  | { readonly sent: true; readonly answer?: unknown }
  | { readonly sent: false; readonly reason: string };

/** Short, because somebody is waiting to be reached: 20 s in all at the worst, without `Retry-After`. */
const TRIES = 3;
const TIMEOUT: Duration = 5_000;
const FIRST_PAUSE: Duration = 1_000;
/** A receiver that asks for a longer pause than this counts as failed: people are told sooner. */
const LONGEST_PAUSE: Duration = 15_000;
/** Bytes of an answer that are read. */
const LARGEST_ANSWER = 64 * 1024;

/** Worth another try: the receiver is overloaded or out of order, rather than of another opinion. */
const PASSING: readonly number[] = [408, 425, 429, 500, 502, 503, 504];

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256 over `<seconds>.<body>`, so that an old request cannot be played again. */
export function signature(body: string, secret: string, at: number): string {
  const seconds = Math.floor(at / 1_000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/**
 * @param id the same however often the same thing is sent: receivers drop what they have seen
 * Never rejects.
 */
export async function send({ url, secret }: Target, id: string, content: object, wire: Wire = WIRE): Promise<Sent> {
  const body = JSON.stringify(content);
  const { host } = new URL(url);
  let reason = '';
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const tried = await attempt(url, wire, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Baton',
        'idempotency-key': id,
        'baton-signature': signature(body, secret, wire.now()),
      },
    });
    if ('sent' in tried) return tried;
    reason = `${host} ${tried.failed}`;
    const pause = Math.max(tried.pause, FIRST_PAUSE * 2 ** (tries - 1) * (0.5 + wire.random()));
    if (!tried.passing || pause > LONGEST_PAUSE) break;
    if (tries < TRIES) await wire.sleep(pause);
  }
  return { sent: false, reason };
}

type Attempt = Sent | { readonly failed: string; readonly passing: boolean; readonly pause: Duration };

async function attempt(url: string, wire: Wire, request: RequestInit): Promise<Attempt> {
  try {
    const response = await wire.fetch(url, { ...request, signal: AbortSignal.timeout(TIMEOUT) });
    if (response.ok) return { sent: true, ...(await answerOf(response)) };
    await response.body?.cancel();
    const { status } = response;
    const pause = pauseOf(response.headers.get('retry-after'), wire.now());
    return { failed: `answered ${status}`, passing: PASSING.includes(status), pause };
  } catch (error) {
    return { failed: failureOf(error), passing: true, pause: 0 };
  }
}

/** It has been taken, whatever the answer looks like. */
async function answerOf(response: Response): Promise<{ answer?: unknown }> {
  try {
    if (Number(response.headers.get('content-length') ?? LARGEST_ANSWER) > LARGEST_ANSWER) {
      await response.body?.cancel();
      return {};
    }
    const text = await response.text();
    return text.length > LARGEST_ANSWER ? {} : { answer: JSON.parse(text) };
  } catch {
    return {};
  }
}

/** `Retry-After` as seconds or as a date; 0 when it says nothing. */
function pauseOf(header: string | null, now: number): Duration {
  if (header === null) return 0;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 0;
}

function failureOf(error: unknown): string {
  const { name, message, cause } = error as { name?: string; message?: string; cause?: { code?: string } };
  if (name === 'TimeoutError') return `did not answer within ${TIMEOUT / 1_000} s`;
  return `could not be reached (${cause?.code ?? message ?? String(error)})`;
}
