/** Local time without dates: what the clock on the wall shows somewhere, and how long it was night there. */
import type { Span } from './incident.ts';
import type { Duration, Instant } from './units.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Local hours of the night: from 22 to 7. */
export interface Night {
  readonly from: number;
  readonly to: number;
}

/** Formatters are costly to make and hold nothing but their zone. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Asking a formatter is slow and the same moments are asked about again and again: nights begin at few of them. */
const minutes = new Map<string, number>();
const MOST_MINUTES = 10_000;

/** Minutes since local midnight, 0 to 1439. An unknown zone counts as UTC. */
export function minuteOfDay(zone: string, at: Instant): number {
  const key = `${zone} ${Math.floor(at / MINUTE)}`;
  let minute = minutes.get(key);
  if (minute === undefined) {
    if (minutes.size >= MOST_MINUTES) minutes.clear();
    minute = readClock(zone, at);
    minutes.set(key, minute);
  }
  return minute;
}

function readClock(zone: string, at: Instant): number {
  const [hour = 0, minute = 0] = formatterFor(zone)
    .formatToParts(at)
    .filter((part) => part.type === 'hour' || part.type === 'minute')
    .map((part) => Number(part.value));
  return (hour % 24) * 60 + minute;
}

export function isNight(zone: string, night: Night, at: Instant): boolean {
  const hour = Math.floor(minuteOfDay(zone, at) / 60);
  return night.from < night.to ? hour >= night.from && hour < night.to : hour >= night.from || hour < night.to;
}

/** How much of a stretch was night, by the local clock; right across changes of daylight saving. */
export function nightWithin(zone: string, night: Night, from: Instant, to: Instant): Duration {
  let sum = 0;
  for (let at = from; at < to; ) {
    const next = Math.min(to, nextHour(zone, at));
    if (isNight(zone, night, at)) sum += next - at;
    at = next;
  }
  return sum;
}

/** Total length of spans; an open one lasts until `now`. */
export function lengthOf(spans: readonly Span[], now: Instant): Duration {
  return spans.reduce((sum, span) => sum + Math.max(0, (span.to ?? now) - span.from), 0);
}

/** When the night part of the spans, the last of them open, reaches `amount`; undefined within three days' time never. */
export function nightReaches(
  zone: string,
  night: Night,
  spans: readonly Span[],
  amount: Duration,
): Instant | undefined {
  let sum = 0;
  for (const span of spans) {
    const end = span.to ?? span.from + 72 * HOUR;
    for (let at = span.from; at < end; ) {
      const next = Math.min(end, nextHour(zone, at));
      if (isNight(zone, night, at)) {
        if (sum + (next - at) >= amount) return at + (amount - sum);
        sum += next - at;
      }
      at = next;
    }
  }
  return undefined;
}

/** The next moment after `at` at which the local clock shows `minute` of the day. */
export function nextLocal(zone: string, at: Instant, minute: number): Instant {
  const start = Math.floor(at / MINUTE) * MINUTE;
  const ahead = (minute - minuteOfDay(zone, start) + 1440) % 1440 || 1440;
  const guess = start + ahead * MINUTE;
  // Daylight saving may have moved the clock in between, by an hour at most.
  const off = ((minute - minuteOfDay(zone, guess) + 720 + 1440) % 1440) - 720;
  return Math.abs(off) <= 120 ? guess + off * MINUTE : guess;
}

function nextHour(zone: string, at: Instant): Instant {
  const minute = minuteOfDay(zone, at) % 60;
  return Math.floor(at / MINUTE) * MINUTE + (60 - minute) * MINUTE;
}

function formatterFor(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    try {
      formatter = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
    } catch {
      formatter = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
    }
    formatters.set(zone, formatter);
  }
  return formatter;
}
