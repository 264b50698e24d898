/** How wide a text will be, near enough to place things by: a picture is made where no font can be asked. */

const graphemes = new Intl.Segmenter();

/** In ems, by what a letter looks like; the widths are Inter's, rounded up. The first that fits counts. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/^[\p{Mn}\p{Me}\p{Cf}]/u, 0],
  [/^(?!\p{ASCII})[\p{Extended_Pictographic}\p{Regional_Indicator}]/u, 1.3],
  [
    /^[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]/u,
    1,
  ],
  [/^[\uFDF0-\uFDFD]/u, 3],
  [/^[MW@%—жшщюфмыЖШЩЮФМЫשאم]/u, 0.95],
  [/^\p{Lu}/u, 0.72],
  [/^[mw]/u, 0.9],
  [/^[ .,:;!|'ijlrtfI()[\]]/u, 0.36],
];
const ORDINARY = 0.62;

function widthOf(grapheme: string): number {
  return WIDTHS.find(([look]) => look.test(grapheme))?.[1] ?? ORDINARY;
}

/** In ems: times the size of the letters it is pixels. */
export function breadth(text: string): number {
  let ems = 0;
  for (const { segment } of graphemes.segment(text)) ems += widthOf(segment);
  return ems;
}

/** The text in one line, cut at a whole character with an ellipsis where it is wider than so many ems. */
export function narrowed(text: string, ems: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (breadth(line) <= ems) return line;
  let [kept, taken] = ['', 1];
  for (const { segment } of graphemes.segment(line)) {
    taken += widthOf(segment);
    if (taken > ems) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
