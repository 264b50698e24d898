/** Teams sends the same token for up to an hour: what was found true of it is believed for a few minutes. */
import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Instant } from '../../core/units.ts';
import type { Gate } from './gate.ts';
import { KNOWN_TOKENS_KEPT, TOKEN_BELIEVED } from './limits.ts';

const Claims = z.looseObject({ exp: z.number() });

/**
 * Only what was let in is remembered, for the very channel and address it was let in with, never past its end, and as a
 * digest. A key that is taken back counts after that time at the latest.
 */
export function believingGate(gate: Gate, now: () => Instant): Gate {
  const until = new Map<string, Instant>();
  return async (activity, authorization) => {
    const { channelId, serviceUrl } = activity;
    const key = hash('sha256', JSON.stringify([channelId, serviceUrl, authorization]), 'base64');
    if ((until.get(key) ?? Number.NEGATIVE_INFINITY) > now()) return undefined;
    until.delete(key);
    const turned = await gate(activity, authorization);
    if (turned) return turned;
    until.set(key, Math.min(now() + TOKEN_BELIEVED, expiryOf(authorization)));
    for (const oldest of until.keys()) {
      if (until.size <= KNOWN_TOKENS_KEPT) break;
      until.delete(oldest);
    }
    return undefined;
  };
}

/** Of a token that was found true. One that names no end is asked about each time. */
function expiryOf(authorization: string): Instant {
  try {
    const [, payload = ''] = authorization.split('.');
    return Claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString())).exp * 1_000;
  } catch {
    return Number.NEGATIVE_INFINITY;
  }
}
