/** What a platform answered instead of doing as asked, and what follows from it. */
import type { Duration } from '../../core/units.ts';

/**
 * `again`: the same may work later. `blocked`: Baton was removed or blocked there. `gone`: the message or conversation
 * is no longer there. `too-large`: over the size limit. `refused`: it will never work as it is.
 */
export type Trouble = 'again' | 'blocked' | 'gone' | 'too-large' | 'refused';

/** Answered with anything but success, or not at all (`status` 0). The message is for the operator and holds no secret. */
export class PlatformError extends Error {
  readonly status: number;
  readonly trouble: Trouble;
  /** What the platform calls it: `BotNotInConversationRoster`. */
  readonly code: string;
  readonly retryAfter: Duration | undefined;

  constructor(what: string, status: number, code: string, detail: string, retryAfter?: Duration, trouble?: Trouble) {
    super(`${what}: ${status === 0 ? 'no answer' : status}${code ? ` ${code}` : ''}${detail ? ` (${detail})` : ''}`);
    this.name = 'PlatformError';
    this.status = status;
    this.code = code;
    this.trouble = trouble ?? troubleOf(status, code);
    this.retryAfter = retryAfter;
  }
}

/** A 401 is a token that ran out on the way, or credentials that somebody is just mending. */
const AGAIN: ReadonlySet<number> = new Set([0, 401, 408, 412, 425, 429]);

function troubleOf(status: number, code: string): Trouble {
  if (AGAIN.has(status) || status >= 500) return 'again';
  if (status === 403) return 'blocked';
  if (status === 413 || /too ?(large|big)/i.test(code)) return 'too-large';
  if (status === 404 || status === 410) return /roster/i.test(code) ? 'blocked' : 'gone';
  return 'refused';
}

/** Seconds or a date, as HTTP has it. */
export function retryAfter(header: string | null, now: number): Duration | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

export function troubleIn(error: unknown): Trouble {
  return error instanceof PlatformError ? error.trouble : 'again';
}
