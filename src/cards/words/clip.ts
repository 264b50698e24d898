/** Cuts long texts to what can be read at a glance. */

/** Enough of a title, a note or an answer to know it by. */
export const SHORT = 160;

const graphemes = new Intl.Segmenter();

/** The text in one line, cut at a whole character with an ellipsis where it is longer than `limit` characters. */
export function clip(text: string, limit = SHORT): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= limit) return line;
  let kept = '';
  for (const { segment } of graphemes.segment(line)) {
    // A grapheme may be a tower of marks: what counts is what it weighs.
    if (kept.length + segment.length >= limit) return `${kept.trimEnd()}…`;
    kept += segment;
  }
  return kept;
}
