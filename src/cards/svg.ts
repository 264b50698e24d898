/** A picture as an SVG document, complete in itself: no script, no link, no font of its own. */
import { BOLD, EDGE, INK, type Picture, type Shape, type Writing } from './picture.ts';

export function svg({ title, width, height, shapes }: Picture): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` role="img" aria-label="${escaped(title)}" font-family="Inter, system-ui, sans-serif" fill="${INK}">`,
    `<title>${escaped(title)}</title>`,
    ...shapes.map(element),
    '</svg>\n',
  ].join('\n');
}

function element(shape: Shape): string {
  switch (shape.is) {
    case 'box': {
      const { at, width, height, colour, round } = shape;
      const corners = round === undefined ? '' : ` rx="${round}"`;
      return `<rect x="${px(at[0])}" y="${px(at[1])}" width="${px(width)}" height="${px(height)}"${corners} fill="${colour}"/>`;
    }
    case 'line': {
      const { from, to, colour } = shape;
      return `<line x1="${px(from[0])}" y1="${px(from[1])}" x2="${px(to[0])}" y2="${px(to[1])}" stroke="${colour}"/>`;
    }
    case 'disc': {
      const { at, radius, fill, edge } = shape;
      return `<circle cx="${px(at[0])}" cy="${px(at[1])}" r="${radius}" fill="${fill}" stroke="${edge}" stroke-width="${EDGE}"/>`;
    }
    case 'text':
      return writing(shape);
  }
}

function writing({ at, text, size, colour, bold, anchor }: Writing): string {
  const look = [
    `font-size="${size}"`,
    ...(bold ? [`font-weight="${BOLD}"`] : []),
    ...(colour === undefined ? [] : [`fill="${colour}"`]),
    ...(anchor === undefined ? [] : [`text-anchor="${anchor}"`]),
  ];
  return `<text x="${px(at[0])}" y="${px(at[1])}" ${look.join(' ')}>${escaped(text)}</text>`;
}

function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** What people wrote stays text; characters that XML forbids altogether are left out. */
function escaped(words: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
  };
  return words
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
}
