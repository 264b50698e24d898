/** The code that ties two accounts: easy to read out and type when tired, too long to be guessed, kept as a digest alone. */
import { createHash, randomInt } from 'node:crypto';

/** No two that look or sound alike (0 and O, 1 and I, 5 and S, 8 and B, 2 and Z), and no vowels, so that none is a word. */
const LETTERS = 'CDFGHJKMNPQRTWXY34679';
/** Twelve of 21: more than 52 bits. */
const LENGTH = 12;
const GROUP = 4;

export function newCode(): string {
  return grouped(Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(''));
}

/** However it was typed, in the form in which it was shown; undefined for what can be no code. */
export function readCode(typed: string): string | undefined {
  const bare = typed.toUpperCase().replace(/[\s\p{P}]/gu, '');
  return bare.length === LENGTH && [...bare].every((letter) => LETTERS.includes(letter)) ? grouped(bare) : undefined;
}

export function digestOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url');
}

function grouped(bare: string): string {
  return (bare.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
}
