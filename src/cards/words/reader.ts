/** For whom sentences are made: a person, or the house when many read the same card. */
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

/** A zone or language that somebody's browser or profile made up must not break every card they are on. */
function understood({ language, zone }: Reader): boolean {
  try {
    return new Intl.DateTimeFormat(language, { timeZone: zone }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
