/** Fonts for the letters that a picture has: from packages, so that it can be read where no font is installed. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';

const here = createRequire(import.meta.url);

const LATIN = ['inter'];
const SCRIPTS = ['noto-sans-arabic', 'noto-sans-hebrew', 'noto-sans-devanagari', 'noto-sans-thai'];
const SYMBOLS = ['noto-emoji'];
/** Who writes kana or Hangul means the Han letters of that language; they look different in each. */
const HAN = {
  japanese: ['noto-sans-jp', 'noto-sans-sc', 'noto-sans-kr'],
  korean: ['noto-sans-kr', 'noto-sans-sc', 'noto-sans-jp'],
  chinese: ['noto-sans-sc', 'noto-sans-jp', 'noto-sans-kr'],
};

/** One file of a font, which has some of its letters. */
interface Slice {
  readonly file: string;
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

const slices = new Map<string, readonly Slice[]>();
const families = new Map<string, string>();

/** The families that have this text's letters, first choice first, as a canvas takes them. What none has, fonts of the machine may. */
export function familiesFor(text: string): string {
  const letters = [...new Set(text)].map((letter) => letter.codePointAt(0) ?? 0);
  const wanted = [...LATIN, ...SCRIPTS, ...HAN[languageOf(text)], ...SYMBOLS].flatMap((font) =>
    slicesOf(font).filter(({ ranges }) =>
      letters.some((letter) => ranges.some(([first, last]) => letter >= first && letter <= last)),
    ),
  );
  return [...wanted.map(({ file }) => familyOf(file)), 'sans-serif'].join(', ');
}

function languageOf(text: string): keyof typeof HAN {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'japanese';
  return /\p{Script=Hangul}/u.test(text) ? 'korean' : 'chinese';
}

/** A package says in unicode.json which of its files has which letters, as `{"[4]": "U+1f004,U+1f300-1f308"}`. */
function slicesOf(font: string): readonly Slice[] {
  const known = slices.get(font);
  if (known) return known;
  const index = here.resolve(`@fontsource-variable/${font}/unicode.json`);
  const ranges: Readonly<Record<string, string>> = JSON.parse(readFileSync(index, 'utf8'));
  const read = Object.entries(ranges).map(([name, letters]) => ({
    file: join(dirname(index), 'files', `${font}-${name.replace(/[[\]]/g, '')}-wght-normal.woff2`),
    ranges: letters.split(',').map((range): [number, number] => {
      const [first = '', last = first] = range.trim().slice('U+'.length).split('-');
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
    }),
  }));
  slices.set(font, read);
  return read;
}

/** Each file is a family of its own: of files in one family a canvas would ask only one. */
function familyOf(file: string): string {
  const known = families.get(file);
  if (known !== undefined) return known;
  const family = `baton-${families.size}`;
  GlobalFonts.register(readFileSync(file), family);
  families.set(file, family);
  return family;
}
