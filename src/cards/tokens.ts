/** Splits a typed line into words and quoted stretches, each knowing where in the line it stands. */

export interface Token {
  /** What it says, without its quotes. */
  readonly text: string;
  /** Where it stands in the line, quotes included; `to` is the offset behind it. */
  readonly from: number;
  readonly to: number;
  readonly quoted: boolean;
  /** `owner` of `owner:ben` and `owner="Ben Ito"`; a value follows. */
  readonly name?: string;
}

/** What closes each opening quote. Single quotes are left out: people write "can't". */
const QUOTES: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“', '«': '»' };

const NAMED = /^([a-z][a-z0-9-]*)[:=](?=.)/i;

/** A quote that nothing closes is a character like any other: a line is never refused for it. */
export function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < line.length; ) {
    if (/\s/.test(line[at] ?? '')) {
      at += 1;
      continue;
    }
    const token = tokenAt(line, at);
    tokens.push(token);
    at = token.to;
  }
  return tokens;
}

function tokenAt(line: string, from: number): Token {
  const name = NAMED.exec(line.slice(from))?.[1];
  const start = name === undefined ? from : from + name.length + 1;
  const close = QUOTES[line[start] ?? ''];
  const end = close === undefined ? -1 : line.indexOf(close, start + 1);
  const quoted = end > start + 1 && /^(\s|$)/.test(line.slice(end + 1));
  const to = quoted ? end + 1 : from + (/^\S+/.exec(line.slice(from))?.[0].length ?? 0);
  const text = quoted ? line.slice(start + 1, end) : line.slice(start, to);
  return name === undefined ? { text, from, to, quoted } : { text, from, to, quoted, name };
}
