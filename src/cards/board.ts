/** The incidents of the house at a glance: open ones first, then those closed lately. */
import type { Phase } from '../core/incident.ts';
import type { IncidentId, Instant, PersonId, SeverityId } from '../core/units.ts';
import { cappedList } from './capped.ts';
import type { Card, Row } from './card.ts';
import { clip } from './words/clip.ts';
import type { Words } from './words/words.ts';

const MOST_ROWS = 20;

/** What a list of incidents tells of each. */
export interface Listing {
  readonly id: IncidentId;
  readonly title: string;
  readonly phase: Phase;
  readonly severity: SeverityId;
  readonly declaredAt: Instant;
  readonly closedAt?: Instant;
  readonly drill: boolean;
  readonly commander?: PersonId;
}

/** @param severities ids worst first: the worst incident stands on top */
export function boardCard(listed: readonly Listing[], severities: readonly SeverityId[], words: Words): Card {
  const rank = ({ severity }: Listing) => severities.indexOf(severity) >>> 0;
  const open = listed.filter(({ phase }) => phase !== 'closed');
  const sorted = [...open].sort((a, b) => rank(a) - rank(b) || b.declaredAt - a.declaredAt);
  const closed = listed.filter(({ phase }) => phase === 'closed');
  return {
    key: 'board',
    title: words.t('board.title'),
    blocks: [
      ...(sorted.length > 0
        ? cappedList(
            words.t('board.open'),
            sorted.map((one) => row(one, words)),
            MOST_ROWS,
            words,
          )
        : [{ type: 'text', text: words.t('board.none') } as const]),
      ...cappedList(
        words.t('board.closed'),
        closed.map((one) => row(one, words)),
        MOST_ROWS,
        words,
      ),
      {
        type: 'buttons',
        buttons: [{ label: words.t('button.declare'), command: 'declare', fields: {}, form: true, primary: true }],
      },
    ],
  };
}

function row(listing: Listing, words: Words): Row {
  const { id, severity, phase, drill, commander, declaredAt, closedAt } = listing;
  const state = [
    clip(listing.title, 100),
    ...(drill ? [words.t('board.drill')] : []),
    words.t(`board.phase.${phase}`),
    words.t('board.since', { at: { at: declaredAt } }),
    ...(closedAt === undefined ? [] : [words.t('board.until', { at: { at: closedAt } })]),
    ...(phase === 'closed' ? [] : [commander ? words.name(commander) : words.t('board.no-commander')]),
  ];
  return {
    label: `${severity} ${id}`,
    value: state.join(' · '),
    tone: phase === 'closed' ? 'quiet' : commander ? 'plain' : 'bad',
  };
}
