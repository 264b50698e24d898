/** For whom sentences are made, and that a zone or language that somebody made up does no harm. */

/** A person, or the house when many read the same card. */
export interface Reader {
  /** BCP 47: `de`, `en-GB`. A language without a catalogue reads English. */
  readonly language: string;
  /** IANA name. */
  readonly zone: string;
  /** Twelve-hour clock instead of 24 h. */
  readonly hour12?: boolean;
}

/** A person's own reading habits where they are known and understood, the house's otherwise. */
export function readerOf(
  person: { readonly language?: string; readonly zone?: string; readonly hour12?: boolean } | undefined,
  house: Reader,
): Reader {
  const language = person?.language;
  const zone = person?.zone;
  return {
    language: language && understood({ language, zone: 'UTC' }) ? language : house.language,
    zone: zone && understood({ language: 'en', zone }) ? zone : house.zone,
    hour12: person?.hour12 ?? house.hour12 ?? false,
  };
}

/** What somebody's browser or profile made up must not break every card they are on. */
const understood = perReader(({ language, zone }) => {
  try {
    return new Intl.DateTimeFormat(language, { timeZone: zone }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
});

/** More ways of reading than any house has; beyond them the oldest is made again when it is needed. */
const MOST_READERS = 500;

/** Makes something once for each way of reading: Intl takes a hundred times longer to make a format than to print by it. */
export function perReader<T>(make: (reader: Reader) => T): (reader: Reader) => T {
  const made = new Map<string, T>();
  return (reader) => {
    const key = `${reader.language} ${reader.zone} ${reader.hour12 === true}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const one = make(reader);
    if (made.size >= MOST_READERS) made.delete(made.keys().next().value ?? '');
    made.set(key, one);
    return one;
  };
}
