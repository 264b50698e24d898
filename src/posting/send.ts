/** Sends requests to providers with bounded tries, and says in plain words what went wrong. */
import type { Duration } from '../core/units.ts';

/** What a test replaces. */
export interface Wire {
  readonly fetch: typeof fetch;
  readonly now: () => number;
  /** As `performance.now`: goes on evenly, whatever the clock is set to. */
  readonly steady: () => number;
  readonly sleep: (lasting: Duration) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
}

export const WIRE: Wire = {
  fetch: (...request) => fetch(...request),
  now: Date.now,
  steady: () => performance.now(),
  sleep: (lasting) => new Promise((done) => setTimeout(done, lasting)),
  random: Math.random,
};

export interface Done {
  readonly sent: true;
  /** The receiver's JSON, if it sent any. */
  readonly answer?: unknown;
}

export interface Failed {
  readonly sent: false;
  /** For people; it names the host and nothing secret. */
  readonly reason: string;
  /** It may have been carried out all the same, by any of the tries. */
  readonly unclear: boolean;
  /** It may work another time. */
  readonly passing: boolean;
}

export type Sent = Done | Failed;

/** `pause`: how long the receiver asks to be left alone, 0 when it says nothing. */
export type Attempt = Done | (Failed & { readonly pause: Duration; readonly status?: number });

export interface Request {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly content?: object;
  /** Bytes of an answer that are kept; of a longer one nothing is. Default 64 KiB. */
  readonly largest?: number;
}

/** Short, because somebody is waiting to be reached: 20 s in all at the worst, without `Retry-After`. */
const TRIES = 3;
const TIMEOUT: Duration = 5_000;
const FIRST_PAUSE: Duration = 1_000;
/** A receiver that asks for a longer pause than this counts as failed: people are told sooner. */
const LONGEST_PAUSE: Duration = 15_000;
const LARGEST_ANSWER = 64 * 1024;

/** Worth another try: the receiver is overloaded or out of order, rather than of another opinion. 420 is Statuspage's 429. */
const PASSING: readonly number[] = [408, 420, 425, 429, 500, 502, 503, 504];
/** Refused before anything was done. */
const NOT_DONE: readonly number[] = [420, 425, 429, 503];
/** No connection was made, so nothing was sent. */
const UNREACHED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*)$/;

/**
 * Sends one thing, again and again while that may help. Each try is the same to the receiver, which drops what it has seen.
 * Never rejects.
 */
export function send(request: Request | (() => Request), wire: Wire = WIRE): Promise<Sent> {
  return tries(() => attempt(typeof request === 'function' ? request() : request, wire), wire);
}

/**
 * Runs attempts until one succeeds, or no further one would.
 * @param again whether a failed attempt may be followed by another; default where the failure passes
 */
export async function tries(
  one: () => Promise<Attempt>,
  wire: Wire = WIRE,
  again: (failed: Extract<Attempt, Failed>) => boolean = () => true,
): Promise<Sent> {
  let unclear = false;
  for (let tried = 1; ; tried += 1) {
    const outcome = await one();
    if (outcome.sent) return outcome;
    const { reason, passing } = outcome;
    // What an earlier try may have done does not become clear by a later one that did nothing.
    unclear ||= outcome.unclear;
    const pause = Math.max(outcome.pause, FIRST_PAUSE * 2 ** (tried - 1) * (0.5 + wire.random()));
    if (!passing || !again(outcome) || tried >= TRIES || pause > LONGEST_PAUSE) {
      return { sent: false, reason, unclear, passing };
    }
    await wire.sleep(pause);
  }
}

/** One request. Never rejects. */
export async function attempt(
  { url, method = 'POST', headers, content, largest = LARGEST_ANSWER }: Request,
  wire: Wire = WIRE,
): Promise<Attempt> {
  const { host } = new URL(url);
  try {
    const response = await wire.fetch(url, {
      method,
      ...(content && { body: JSON.stringify(content) }),
      redirect: 'manual',
      headers: { ...(content && { 'content-type': 'application/json' }), 'user-agent': 'Baton', ...headers },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (response.ok) return { sent: true, ...(await answerOf(response, largest)) };
    await response.body?.cancel();
    const { status } = response;
    return {
      sent: false,
      status,
      reason: `${host} answered ${status}`,
      passing: PASSING.includes(status),
      unclear: method !== 'GET' && status >= 500 && !NOT_DONE.includes(status),
      pause: pauseOf(response.headers.get('retry-after'), wire.now()),
    };
  } catch (error) {
    const { reason, unclear } = failureOf(error, host);
    return { sent: false, reason, unclear: method !== 'GET' && unclear, passing: true, pause: 0 };
  }
}

/** It has been taken, whatever the answer looks like. */
async function answerOf(response: Response, largest: number): Promise<{ answer?: unknown }> {
  try {
    const text = await textOf(response, largest);
    return text === undefined ? {} : { answer: JSON.parse(text) };
  } catch {
    return {};
  }
}

/** Counted as it comes, unpacked: its headers may say nothing of its length, or what it is packed. */
async function textOf({ body }: Response, largest: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let read = 0;
  // Leaving the loop cancels what has not come yet.
  for await (const chunk of body ?? []) {
    read += chunk.byteLength;
    if (read > largest) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** `Retry-After` as seconds or as a date; 0 when it says nothing. */
function pauseOf(header: string | null, now: number): Duration {
  if (header === null) return 0;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 0;
}

function failureOf(error: unknown, host: string): Pick<Failed, 'reason' | 'unclear'> {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  if (name === 'TimeoutError') return { reason: `${host} did not answer within ${TIMEOUT / 1_000} s`, unclear: true };
  // Never its message: where a header cannot be sent that quotes it, token and all.
  const code = cause?.code;
  const reason = `${host} could not be reached (${code ?? name ?? 'unknown'})`;
  return { reason, unclear: code === undefined || !UNREACHED.test(code) };
}
