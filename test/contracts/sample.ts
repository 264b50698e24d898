/** Events and summaries to fill stores with. */
import type { Recorded } from '../../src/core/events.ts';
import type { Summary } from '../../src/core/ports.ts';
import type { Instant } from '../../src/core/units.ts';

/** 2026-11-02 03:00 UTC. */
export const NIGHT: Instant = Date.UTC(2026, 10, 2, 3);

export function declared(at: Instant = NIGHT): Recorded {
  return {
    type: 'incident-declared',
    title: 'Checkout is slow',
    severity: 'SEV-2',
    source: { kind: 'chat', via: 'console' },
    drill: false,
    seq: 1,
    at,
    by: 'anna',
    order: 'order-1',
  };
}

export function note(seq: number, text = `Note ${seq}`): Recorded<'note-kept'> {
  return { type: 'note-kept', text, seq, at: NIGHT + seq, by: 'anna', order: `order-${seq}` };
}

/** Notes numbered `from` to `to`, both included. */
export function notes(from: number, to: number): Recorded<'note-kept'>[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => note(from + index));
}

export function summary(over: Partial<Summary> = {}): Summary {
  return {
    title: 'Checkout is slow',
    phase: 'open',
    severity: 'SEV-2',
    declaredAt: NIGHT,
    drill: false,
    commanders: [],
    resting: {},
    ...over,
  };
}

export function closed(over: Partial<Summary> = {}): Summary {
  return summary({ phase: 'closed', closedAt: NIGHT + 3_600_000, ...over });
}

/** As many characters as asked for, from all seventeen planes of Unicode and every awkward corner of the first. */
export function everyPlane(length: number): string {
  const corners = ['\0', '\n', '\r', '\u2028', '"', '\\', '$', '.', '`', '{', '\u007f', '\u00e9', 'e\u0301', '\ufeff'];
  const planes = Array.from({ length: 17 }, (_, plane) => [0x2f81, 0xfffd].map((low) => (plane << 16) | low)).flat();
  const alphabet = [...corners, ...planes.map((point) => String.fromCodePoint(point)), '\u{1f469}\u200d\u{1f692}'];
  return Array.from({ length }, (_, index) => alphabet[index % alphabet.length])
    .join('')
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, 'x');
}
