/** Prints moments as their reader's clock on the wall shows them. */
import type { Instant } from '../../core/units.ts';
import type { Reader } from './reader.ts';

const DAY = 24 * 60 * 60_000;
const NAMED_BY_WEEKDAY = 6 * DAY;

/** For each way of reading: what the cards of a few busy incidents show. */
const MOST_PRINTED = 500;

/**
 * `14:05` on the day of the reference, `Tue 14:05` within the six days around it, `24 Nov 14:05` beyond, with the
 * year where that differs or nothing is referred to.
 * @returns a printer; `reference` is the moment whose day needs no saying
 */
export function instantsFor(reader: Reader): (instant: Instant, reference?: Instant) => string {
  const format = (parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(reader.language, { timeZone: reader.zone, ...parts });
  const clock = format(
    reader.hour12
      ? { hour: 'numeric', minute: '2-digit', hour12: true }
      : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  );
  const weekday = format({ weekday: 'short' });
  const day = format({ day: 'numeric', month: 'short' });
  const date = format({ day: 'numeric', month: 'short', year: 'numeric' });
  const year = format({ year: 'numeric' });

  const dayOf = (instant: Instant, reference: Instant | undefined): string => {
    if (reference === undefined) return date.format(instant);
    if (date.format(instant) === date.format(reference)) return '';
    if (Math.abs(instant - reference) < NAMED_BY_WEEKDAY) return weekday.format(instant);
    return year.format(instant) === year.format(reference) ? day.format(instant) : date.format(instant);
  };
  // Intl separates the hour from AM with a narrow space that plain-text surfaces show as a box.
  const print = (instant: Instant, reference: Instant | undefined) =>
    `${dayOf(instant, reference)} ${clock.format(instant)}`.trim().replaceAll('\u202f', ' ');

  // A card is drawn anew with every event, and hardly any of its times is.
  const printed = new Map<string, string>();
  return (instant, reference) => {
    const key = `${instant} ${reference}`;
    const known = printed.get(key);
    if (known !== undefined) return known;
    if (printed.size >= MOST_PRINTED) printed.clear();
    const text = print(instant, reference);
    printed.set(key, text);
    return text;
  };
}
