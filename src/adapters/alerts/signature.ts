/** Whether a body was signed with a secret: HMAC-SHA256 in hex, of the body or of `seconds:body`. */
import { createHmac } from 'node:crypto';
import type { Request } from 'express';
import type { Instant } from '../../core/units.ts';
import { sameSecret } from './secrets.ts';

/** Where a source puts its signature. */
export interface Signed {
  /** The header that has it. */
  readonly signatureHeader: string;
  /** The header with the second of signing, which is then part of what is signed; absent: the body alone is. */
  readonly timestampHeader?: string | undefined;
}

/** How far the sender's clock and ours may be apart, milliseconds: what was signed longer ago is a replay. */
const FRESH = 5 * 60_000;

/** `signature-old`: it fits, and was made too long ago, or by a clock that is too far ahead. */
export type Sealed = 'admitted' | 'signature-wrong' | 'signature-old';

export function isSigned(request: Request, { signatureHeader }: Signed): boolean {
  return request.get(signatureHeader) !== undefined;
}

/**
 * @param body as it came, byte for byte
 * @param secrets any of them may have signed
 */
export function judge(
  request: Request,
  { signatureHeader, timestampHeader }: Signed,
  body: Buffer,
  secrets: readonly string[],
  now: Instant,
): Sealed {
  const given = request.get(signatureHeader)?.trim().toLowerCase() ?? '';
  const second = timestampHeader === undefined ? undefined : (request.get(timestampHeader) ?? '');
  const before = second === undefined ? '' : `${second}:`;
  const fits = secrets.map((secret) =>
    sameSecret(given, createHmac('sha256', secret).update(before).update(body).digest('hex')),
  );
  if (!fits.includes(true)) return 'signature-wrong';
  const apart = second === undefined ? 0 : Math.abs(now - Number(second) * 1000);
  return apart <= FRESH ? 'admitted' : 'signature-old';
}
