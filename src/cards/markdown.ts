/** Markdown in which people's words stay words: nothing they wrote becomes markup, a link or a new row. */

/** Text inside a line or a table cell; line breaks become spaces. */
export function inline(text: string): string {
  return escaped(text.replace(/\s+/g, ' ').trim()).replace(/^([#+=-]|\d+(?=[.)]))/, opening);
}

/** Text as paragraphs: its own line breaks are kept, with a hard break after each line. */
export function paragraphs(text: string): string {
  const lines = text.split('\n').map(inline);
  return lines.map((line, n) => (line !== '' && lines[n + 1] ? `${line}\\` : line)).join('\n');
}

/** Text exactly as it is, in a fence that nothing in it can close. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

/** @returns '' for no rows */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.map(inline).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** A link for people to follow; what is no web address is shown as text. */
export function linked(label: string, url: string): string {
  return /^https?:\/\/[^\s<>]+$/i.test(url) ? `[${inline(label)}](<${url}>)` : `${inline(label)} (${inline(url)})`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~$]/g, '\\$&')
    .replace(/:(?=[\w+-]+:)/g, '\\:');
}

/** What would begin a heading, a list or a rule at the start of a line. */
function opening(start: string): string {
  return /^\d/.test(start) ? `${start}\\` : `\\${start}`;
}
