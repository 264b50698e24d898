/** The picture of an incident's timeline, as SVG: severity, commanders, mitigations, work by owner, rounds and lulls (REC-1). */
import type { Recorded } from '../core/events.ts';
import type { Activity, Incident, Round, Span } from '../core/incident.ts';
import type { Duration, Instant } from '../core/units.ts';
import { clip } from './words/clip.ts';
import type { Words } from './words/words.ts';

/** Pixels. */
const WIDTH = 1200;
const GUTTER = 210;
const MARGIN = 24;
const LANE = 30;
const BAR = 18;
const HEADER = 76;

const MINUTE = 60_000;
/** Distances between ticks that people read at a glance. */
const STEPS: readonly Duration[] = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1_440, 2_880, 10_080].map(
  (minutes) => minutes * MINUTE,
);
const MOST_TICKS = 9;

/** Dark enough for white words on them; the words say what the colours mean. */
const COLOURS = {
  severity: ['#a3271f', '#96590a', '#2f5d8a', '#55606e'],
  command: '#23527c',
  running: '#5b3f8c',
  observed: '#cbb9ec',
  work: '#2c6a5b',
  waiting: '#8fbcae',
  present: '#7d8896',
  watch: '#e9f3ec',
  lull: '#f6e2c6',
} as const;

/** A stretch on a lane. `pale` ones carry dark words. */
interface Bar {
  readonly from: Instant;
  readonly to: Instant;
  readonly colour: string;
  readonly label?: string;
  readonly pale?: boolean;
}

interface Lane {
  readonly name: string;
  readonly bars: readonly Bar[];
  /** Words behind the last bar. */
  readonly after?: string;
  /** Time on the call, as a thin line below the bars. */
  readonly stints?: readonly Span[];
  /** What was said of the impact, at the moment it was said. */
  readonly words?: readonly { readonly at: Instant; readonly text: string }[];
  readonly marks?: readonly { readonly at: Instant; readonly kind: Round['outcome'] }[];
}

/**
 * An SVG document, complete in itself: no script, no link, no font of its own.
 * @param events all of the incident's events: the last of them ends a picture of an incident that is still open
 */
export function timelineSvg(incident: Incident, events: readonly Recorded[], words: Words): string {
  const from = incident.declared.at;
  const to = Math.max(from + MINUTE, incident.closedAt ?? events.at(-1)?.at ?? from);
  const x = (at: Instant) =>
    GUTTER + ((Math.min(Math.max(at, from), to) - from) / (to - from)) * (WIDTH - GUTTER - MARGIN);
  const lanes = lanesOf(incident, to, words);
  const height = HEADER + lanes.length * LANE + MARGIN;
  const heading = clip(`${incident.id}: ${incident.title}`, 110);
  const parts = [
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(MARGIN, 34, heading, 'font-size="18" font-weight="600"'),
    ...backdrops(incident, to, words).map(
      ({ from: a, to: b, colour, label = '' }) =>
        rect(x(a), HEADER - 8, x(b) - x(a), height - HEADER - MARGIN + 16, colour) +
        text(x(a) + 4, height - MARGIN + 4, label, 'font-size="12" fill="#4a5462"'),
    ),
    ...ticks(from, to).flatMap((at) => [
      `<line x1="${px(x(at))}" x2="${px(x(at))}" y1="${HEADER - 8}" y2="${height - MARGIN + 8}" stroke="#d5dae1"/>`,
      text(x(at), HEADER - 14, words.at(at), 'font-size="12" fill="#4a5462" text-anchor="middle"'),
    ]),
    ...lanes.flatMap((lane, n) => drawLane(lane, HEADER + n * LANE, x)),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"`,
    ` role="img" aria-label="${escaped(heading)}" font-family="Inter, system-ui, sans-serif" fill="#1a212b">`,
    `<title>${escaped(heading)}</title>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function lanesOf(incident: Incident, end: Instant, words: Words): Lane[] {
  const { severities, command, activities, rounds } = incident;
  const ids = [...new Set(severities.map(({ severity }) => severity))].sort();
  const severity: Lane = {
    name: words.t('record.severity'),
    bars: severities.map((step, n) => ({
      from: step.at,
      to: severities[n + 1]?.at ?? end,
      colour: COLOURS.severity[ids.indexOf(step.severity)] ?? COLOURS.severity[3],
      label: step.severity,
    })),
  };
  const shifts: Lane = {
    name: words.t('record.shifts'),
    bars: command.shifts.map((shift) => ({
      from: shift.from,
      to: shift.to ?? end,
      colour: COLOURS.command,
      label: words.name(shift.person),
    })),
  };
  const started = activities.filter(({ mitigation }) => mitigation?.startedAt !== undefined);
  const others = activities.filter(({ mitigation, owner }) => mitigation === undefined && owner !== undefined);
  const present = Object.values(incident.people).filter(({ stints }) => stints.length > 0);
  const people = [...new Set([...others.flatMap(({ owner }) => owner ?? []), ...present.map(({ id }) => id)])];
  const impact: Lane = {
    name: words.t('record.impact'),
    bars: [],
    words: incident.impact.restated.map(({ at, trend }) => ({ at, text: words.t(`trend.${trend}`) })),
  };
  const held = rounds.map((round) => ({ at: round.openedAt ?? round.due, kind: round.outcome }));
  return [
    severity,
    ...(impact.words?.length ? [impact] : []),
    shifts,
    ...started.map((activity) => mitigationLane(activity, end, words)),
    ...people.map((person) => ({
      name: words.name(person),
      bars: others.filter(({ owner }) => owner === person).flatMap((activity) => workBars(activity, end, words)),
      stints: incident.people[person]?.stints ?? [],
    })),
    ...(held.length === 0 ? [] : [{ name: words.t('record.rounds'), bars: [], marks: held }]),
  ];
}

/** From the go to done, then the observation, then what it was judged. */
function mitigationLane({ id, mitigation, what, endedAt }: Activity, end: Instant, words: Words): Lane {
  const { startedAt = end, doneAt, until, judgedAt, verdict } = mitigation ?? {};
  const done = doneAt ?? endedAt ?? end;
  const observed = doneAt === undefined ? done : Math.min(until ?? end, judgedAt ?? end, end);
  return {
    name: `${words.activity(id)} ${what}`,
    bars: [
      { from: startedAt, to: done, colour: COLOURS.running },
      { from: done, to: Math.max(done, observed), colour: COLOURS.observed, pale: true },
    ],
    ...(verdict === undefined ? {} : { after: words.t(`verdict.${verdict}`) }),
  };
}

/** Pale until it was acknowledged: only then did it count. */
function workBars({ id, since, acknowledgedAt, endedAt }: Activity, end: Instant, words: Words): Bar[] {
  const taken = acknowledgedAt ?? endedAt ?? end;
  const label = words.activity(id);
  const bars: Bar[] = [{ from: since, to: taken, colour: COLOURS.waiting, pale: true }];
  return acknowledgedAt === undefined
    ? bars
    : [...bars, { from: taken, to: endedAt ?? end, colour: COLOURS.work, label }];
}

/** The watch and the lulls stand behind everything. */
function backdrops({ watch, lulls, closedAt }: Incident, end: Instant, words: Words): Bar[] {
  const lull = { colour: COLOURS.lull, label: words.t('record.lull') };
  const watched = { colour: COLOURS.watch, label: words.t('record.watch') };
  return [
    ...lulls.map(({ from, to }) => ({ from, to: to ?? end, ...lull })),
    ...(watch ? [{ from: watch.since, to: closedAt ?? Math.min(watch.until, end), ...watched }] : []),
  ];
}

function drawLane(lane: Lane, top: number, x: (at: Instant) => number): string[] {
  const { name, bars, after, stints = [], words: said = [], marks = [] } = lane;
  const middle = top + LANE / 2;
  const last = bars.at(-1);
  return [
    text(MARGIN, middle + 4, clip(name, 26), 'font-size="13"'),
    ...bars.map((bar) => {
      const [left, right] = [x(bar.from), x(bar.to)];
      const width = Math.max(2, right - left);
      const fits = bar.label !== undefined && bar.label.length * 7 + 10 <= width;
      const words = fits
        ? text(left + 6, middle + 4, bar.label ?? '', `font-size="12" fill="${bar.pale ? '#1a212b' : '#fff'}"`)
        : '';
      return `${rect(left, middle - BAR / 2, width, BAR, bar.colour)}${words}`;
    }),
    ...stints.map((stint) =>
      rect(x(stint.from), top + LANE - 4, x(stint.to ?? Number.MAX_SAFE_INTEGER) - x(stint.from), 2, COLOURS.present),
    ),
    ...said.map(({ at, text: words }) => text(x(at), middle + 4, `· ${words}`, 'font-size="12"')),
    ...(after !== undefined && last ? [afterword(x(last.to), middle, after)] : []),
    ...marks.map(({ at, kind }) => mark(x(at), middle, kind)),
  ];
}

/** Behind the bar, or before its end where there is no room. */
function afterword(right: number, middle: number, words: string): string {
  const room = right + words.length * 7 + 12 < WIDTH;
  return room
    ? text(right + 6, middle + 4, words, 'font-size="12"')
    : text(right - 6, middle + 4, words, 'font-size="12" text-anchor="end"');
}

/** A round held is full, one missed or skipped is hollow, and a cross stands in the skipped one. */
function mark(at: number, middle: number, kind: Round['outcome']): string {
  const fill = kind === 'held' || kind === 'open' ? '#1a212b' : '#ffffff';
  const cross = kind === 'skipped' ? `<path d="M${px(at - 3)} ${middle - 3}l6 6m0-6l-6 6" stroke="#1a212b"/>` : '';
  return `<circle cx="${px(at)}" cy="${middle}" r="6" fill="${fill}" stroke="#1a212b" stroke-width="1.5"/>${cross}`;
}

function ticks(from: Instant, to: Instant): Instant[] {
  const step = STEPS.find((one) => (to - from) / one <= MOST_TICKS) ?? Math.ceil((to - from) / MOST_TICKS);
  const found: Instant[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) found.push(at);
  return found;
}

function rect(x: number, y: number, width: number, height: number, colour: string): string {
  return `<rect x="${px(x)}" y="${y}" width="${px(width)}" height="${height}" rx="3" fill="${colour}"/>`;
}

function text(x: number, y: number, words: string, look: string): string {
  return `<text x="${px(x)}" y="${y}" ${look}>${escaped(words)}</text>`;
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
