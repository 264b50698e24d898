/** Whether a request may bring alerts: by a secret in its address or header, or from this machine where none is set. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

/** Stands in the address where no secret is set. */
export const LOCAL = 'local';

/** `secret-wrong`: one is set, and this is not it. `secret-unset`: none is set, and this is not from this machine. */
export type Admission = 'admitted' | 'secret-wrong' | 'secret-unset';

/**
 * @param secrets any of them opens; several while one is being exchanged for another
 * @param isLocal whether a request was made on this machine
 */
export function admit(
  request: Request,
  inAddress: string | undefined,
  secrets: readonly string[],
  isLocal: (request: Request) => boolean,
): Admission {
  if (secrets.length === 0) return inAddress === LOCAL && isLocal(request) ? 'admitted' : 'secret-unset';
  const given = [inAddress, ...fromHeader(request.headers.authorization)].filter((one) => one !== undefined);
  // Every pair is compared, so that the time taken tells nothing about which was close.
  const matches = given.flatMap((one) => secrets.map((secret) => sameSecret(one, secret)));
  return matches.includes(true) ? 'admitted' : 'secret-wrong';
}

/** The password of `Basic`, or what follows any other scheme: Alertmanager sends `Bearer`, Grafana whatever it is told. */
function fromHeader(authorization: string | undefined): string[] {
  const [, scheme, credentials] = /^(\S+) +(\S+)$/.exec(authorization ?? '') ?? [];
  if (!scheme || !credentials) return [];
  if (scheme.toLowerCase() !== 'basic') return [credentials];
  const pair = Buffer.from(credentials, 'base64').toString('utf8');
  return [pair.slice(pair.indexOf(':') + 1)];
}

/** Takes the same time whatever is given. */
export function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
