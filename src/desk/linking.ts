/** One person with an account on two platforms: a code shown on one and typed on the other makes both the same person. */
import { linkCards } from '../cards/link.ts';
import { refusalCard, refusalText } from '../cards/refusal.ts';
import type { Words } from '../cards/words/words.ts';
import { type Refusal, refuse } from '../core/contract.ts';
import type { Intake, Memory } from '../core/ports.ts';
import { type Account, type Duration, type Instant, type People, type PersonId, personNow } from '../core/units.ts';
import { CODE_KEPT, CODE_LASTS, MOST_WRONG_CODES, WRONG_CODES_WITHIN } from './limits.ts';
import { digestOf, newCode, readCode } from './link-code.ts';
import type { Outcome } from './outcome.ts';

/** What codes are remembered under, for all surfaces and instances. */
const LINK = 'link';

/** A code's digest leads to whoever it was shown to. */
interface Kept extends Account {
  readonly until: Instant;
  readonly used: boolean;
}

export interface Linker {
  readonly account: Account;
  readonly people: People;
  readonly words: Words;
  /** Others read along where it is asked. */
  readonly openly: boolean;
}

export interface Asked {
  /** As typed; absent: a code is asked for. */
  readonly code?: string | undefined;
  /** They have seen whose code it is. */
  readonly sure: boolean;
}

export interface Linking {
  asked(asked: Asked, linker: Linker): Promise<Outcome>;
}

export function createLinking(memory: Memory, intake: Pick<Intake, 'now' | 'unite'>): Linking {
  /** By person: when wrong codes were typed. Guessing is hopeless anyway; this keeps it from being tried. */
  const wrong = new Map<PersonId, readonly Instant[]>();

  async function keptCodes(): Promise<ReadonlyMap<string, Kept>> {
    const found = Object.entries(await memory.recall(LINK));
    return new Map(found.map(([key, value]) => [key, JSON.parse(value) as Kept]));
  }

  /** One code a person: a new one takes the place of the one before. */
  async function show({ account, words, openly }: Linker): Promise<Outcome> {
    if (openly) return refused(refuse('link-openly', {}, HELP), words);
    const now = intake.now();
    for (const [key, { person, until, used }] of await keptCodes()) {
      const isOver = until + CODE_KEPT < now || (person === account.person && !used);
      if (isOver) await memory.remember(LINK, key, undefined);
    }
    const code = newCode();
    await keep(code, { ...account, until: now + CODE_LASTS, used: false });
    return { outcome: 'view', incident: undefined, card: linkCards.code(code, CODE_LASTS, words) };
  }

  async function keep(code: string, kept: Kept): Promise<void> {
    await memory.remember(LINK, digestOf(code), JSON.stringify(kept));
  }

  async function typed(given: string, sure: boolean, linker: Linker): Promise<Outcome> {
    const { account, people, words, openly } = linker;
    const no = (refusal: Refusal) => refused(refusal, words);
    const now = intake.now();
    const guesses = (wrong.get(account.person) ?? []).filter((at) => at > now - WRONG_CODES_WITHIN);
    const [oldest] = guesses;
    if (guesses.length >= MOST_WRONG_CODES && oldest !== undefined) {
      return no(refuse('link-tries', { lasting: { lasting: upToMinutes(oldest + WRONG_CODES_WITHIN - now) } }, HELP));
    }
    const code = readCode(given);
    if (code === undefined) return no(refuse('link-unreadable', { given: given.slice(0, LONGEST_SHOWN) }, HELP));
    const kept = (await keptCodes()).get(digestOf(code));
    if (!kept) {
      wrong.set(account.person, [...guesses, now]);
      return no(refuse('link-unknown', { lasting: { lasting: CODE_LASTS } }, AGAIN));
    }
    // Whoever read it could be first to type it somewhere else.
    if (openly) {
      await memory.remember(LINK, digestOf(code), undefined);
      return no(refuse('link-read', {}, HELP));
    }
    const surface = { word: `surface.${kept.surface}` };
    const isSame = personNow(people, kept.person) === account.person;
    if (kept.surface === account.surface) return no(refuse(isSame ? 'link-own' : 'link-here', { surface }, HELP));
    if (isSame) return { outcome: 'view', incident: undefined, card: linkCards.already(account.person, words) };
    if (kept.used) return no(refuse('link-used', {}, AGAIN));
    if (kept.until < now) return no(refuse('link-expired', { lasting: { lasting: CODE_LASTS }, surface }, AGAIN));
    if (!sure) return { outcome: 'view', incident: undefined, card: linkCards.sure(code, kept.person, surface, words) };
    return tie(code, kept, linker);
  }

  async function tie(code: string, { used: _, until, ...other }: Kept, { account, words }: Linker): Promise<Outcome> {
    // Before anything else, so that of two who type it at once one has it; it is given back where nothing comes of it.
    if ((await memory.take(LINK, digestOf(code))) === undefined) return refused(refuse('link-used', {}, AGAIN), words);
    try {
      const tied = await intake.unite(other, account);
      await keep(code, { ...other, until, used: 'kept' in tied });
      if ('refusal' in tied) return refused(tied.refusal, words);
      return { outcome: 'view', incident: undefined, card: linkCards.done(tied.kept, other.surface, words) };
    } catch (error) {
      await keep(code, { ...other, until, used: false });
      throw error;
    }
  }

  return {
    asked: ({ code, sure }, linker) => (code === undefined ? show(linker) : typed(code, sure, linker)),
  };
}

const HELP = { command: 'help', fields: { about: 'link-account' } };
const AGAIN = { command: 'link-account' };
const LONGEST_SHOWN = 40;
const MINUTE = 60_000;

function upToMinutes(left: Duration): Duration {
  return Math.ceil(left / MINUTE) * MINUTE;
}

function refused(refusal: Refusal, words: Words): Outcome {
  return {
    outcome: 'refused',
    incident: undefined,
    card: refusalCard(refusal, undefined, words),
    text: refusalText(refusal, words),
  };
}
