/** One request to the connector or to Graph: with the bot's token, in time, never redirected, its failure in one shape. */
import { z } from 'zod';
import type { Duration, Instant } from '../../core/units.ts';
import { SLOWEST_ANSWER } from './limits.ts';
import type { Tokens } from './tokens.ts';
import { PlatformError, retryAfter } from './trouble.ts';

export interface Asked {
  /** Names the request in a log: `a message`. */
  readonly what: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly address: string;
  /** What the token has to be for; without it none is sent. */
  readonly resource?: string | undefined;
  /** How long it may take, with everything that comes back. */
  readonly patience?: Duration;
  /** As JSON. */
  readonly body?: string | undefined;
}

/** Resolves to an answer of success. Rejects with a `PlatformError`; nothing is tried again here. */
export type Send = (asked: Asked) => Promise<Response>;

const Failed = z.looseObject({ error: z.looseObject({ code: z.string().nullish(), message: z.string().nullish() }) });

/** @param tokens absent: no token is sent, which only a connector of this machine takes */
export function createSend(tokens: Tokens | undefined, now: () => Instant): Send {
  /** Resources whose token was refused: it may have been taken back before its time. */
  const refused = new Set<string>();

  async function bearer(resource: string | undefined): Promise<Record<string, string>> {
    if (!tokens || resource === undefined) return {};
    const token = await tokens(resource, refused.has(resource));
    refused.delete(resource);
    return { authorization: `Bearer ${token}` };
  }

  return async ({ what, method, address, resource, body, patience = SLOWEST_ANSWER }) => {
    const headers = {
      ...(await bearer(resource)),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    let response: Response;
    try {
      response = await fetch(address, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        // A redirect would carry the token to a place that nobody vouched for.
        redirect: 'error',
        signal: AbortSignal.timeout(patience),
      });
    } catch (error) {
      throw new PlatformError(what, 0, '', causeOf(error));
    }
    if (response.ok) return response;
    if (response.status === 401 && resource !== undefined) refused.add(resource);
    const { code, message } = Failed.safeParse(await response.json().catch(() => undefined)).data?.error ?? {};
    const wait = retryAfter(response.headers.get('retry-after'), now());
    throw new PlatformError(what, response.status, code ?? '', message?.slice(0, 200) ?? '', wait);
  };
}

/** What Node says went wrong on the way; never the request itself. */
function causeOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message: string };
  return cause?.code ?? cause?.message ?? message;
}
