/** Neutral cards as Adaptive Cards 1.5, for Teams and for the console's renderer. */

import { actions, linkActions } from './adaptive-actions.ts';
import { inputElements } from './adaptive-inputs.ts';
import { type Json, plain } from './adaptive-json.ts';
import type { Block, Button, Card, Link, Row, Tone } from './card.ts';

/** Bytes of UTF-8: Teams refuses a message above 28 KB, and its envelope needs a share of that. */
export const LARGEST_CARD = 26 * 1024;

/** Which incident a press is for. */
export interface Around {
  readonly incident?: string;
}

const COLOURS: Readonly<Record<Tone, Json>> = {
  plain: {},
  quiet: { isSubtle: true },
  strong: { weight: 'Bolder' },
  good: { color: 'Good' },
  warn: { color: 'Warning' },
  bad: { color: 'Attention' },
};

const LINE_STYLES: Readonly<Record<Tone, string>> = {
  plain: 'emphasis',
  quiet: 'emphasis',
  strong: 'accent',
  good: 'good',
  warn: 'warning',
  bad: 'attention',
};

/** How many buttons of a row stand in the open; the rest is behind the overflow. */
const IN_THE_OPEN = { first: 6, later: 4 };

/**
 * People's words go into text runs only, which no client reads as markup.
 * @returns an AdaptiveCard as JSON
 */
export function toAdaptive(card: Card, around: Around = {}): Json {
  const press = { ...around, ...(card.version === undefined ? {} : { seen: card.version }) };
  const first = card.blocks.find((block) => block.type === 'buttons');
  const body = card.blocks.flatMap((block) =>
    element(block, (buttons) => actions(buttons, press, block === first ? IN_THE_OPEN.first : IN_THE_OPEN.later)),
  );
  const spoken = [card.title, ...card.blocks.flatMap((block) => (block.type === 'line' ? [block.text] : []))].join(
    '. ',
  );
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    fallbackText: spoken,
    speak: spoken,
    msteams: { width: 'Full' },
    body: [text(card.title, { size: 'Large', weight: 'Bolder' }), ...linkSet(card.links ?? []), ...body].flat(),
  };
}

function element(block: Block, actionsOf: (buttons: readonly Button[]) => readonly Json[]): readonly Json[] {
  switch (block.type) {
    case 'line':
      return [
        {
          type: 'Container',
          style: LINE_STYLES[block.tone ?? 'plain'],
          items: [
            ...text(block.text, { size: 'Large', weight: 'Bolder' }),
            ...(block.why ? text(block.why, { isSubtle: true }) : []),
          ],
        },
      ];
    case 'heading':
      return text(block.text, { size: 'Medium', weight: 'Bolder' });
    case 'text':
      return text(block.text, COLOURS[block.tone ?? 'plain']);
    case 'rows':
      return [{ type: 'Container', items: block.rows.map(rowElement) }];
    case 'list':
      return [
        {
          type: 'Container',
          items: [
            ...(block.title ? text(block.title, { weight: 'Bolder' }) : []),
            ...block.items.map(rowElement),
            ...(block.more ? text(block.more, { isSubtle: true }) : []),
          ],
        },
      ];
    case 'inputs':
      return inputElements(block.inputs);
    case 'buttons':
      return block.buttons.length > 0 ? [{ type: 'ActionSet', actions: actionsOf(block.buttons) }] : [];
  }
}

/** A paragraph per line: a text run shows no line breaks. */
function text(content: string, style: Json): readonly Json[] {
  return content
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: plain(line), ...style }] }));
}

function rowElement({ label, value, tone = 'plain' }: Row): Json {
  const name = { type: 'TextRun', text: plain(value === '' ? label : `${label}: `), weight: 'Bolder' };
  const said = plain(value.replace(/\s+/g, ' '));
  const shown = tone === 'plain' ? said : { type: 'TextRun', text: said, ...COLOURS[tone] };
  return { type: 'RichTextBlock', spacing: 'Small', inlines: value === '' ? [name] : [name, shown] };
}

function linkSet(links: readonly Link[]): readonly Json[] {
  return links.length > 0 ? [{ type: 'ActionSet', actions: linkActions(links) }] : [];
}
