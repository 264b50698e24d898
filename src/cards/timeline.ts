/** The picture of an incident's timeline: severity, commanders, mitigations, work by owner, rounds and lulls (REC-1). */
import type { Recorded } from '../core/events.ts';
import type { Activity, Incident, Round, Span } from '../core/incident.ts';
import type { Settings } from '../core/settings.ts';
import type { Duration, Instant } from '../core/units.ts';
import { breadth, narrowed } from './breadth.ts';
import { INK, type Picture, type Point, type Shape, type Writing } from './picture.ts';
import { svg } from './svg.ts';
import type { Words } from './words/words.ts';

/** Pixels. */
const WIDTH = 1200;
const GUTTER = 250;
const MARGIN = 24;
const LANE = 30;
const BAR = 18;
const HEADER = 76;
/** Below the lanes it is said what stands behind them. */
const FOOTER = 38;
/** Sizes of letters: the title, the lanes' names, and all the rest. */
const HEADING = 18;
const NAMES = 13;
const SMALL = 12;

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

const GREY = '#4a5462';

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

/** @param events all of the incident's events: the last of them ends a picture of an incident that is still open */
export function timelinePicture(
  incident: Incident,
  events: readonly Recorded[],
  settings: Settings,
  words: Words,
): Picture {
  const from = incident.declared.at;
  const to = Math.max(from + MINUTE, incident.closedAt ?? events.at(-1)?.at ?? from);
  const x = (at: Instant) =>
    GUTTER + ((Math.min(Math.max(at, from), to) - from) / (to - from)) * (WIDTH - GUTTER - MARGIN);
  const lanes = lanesOf(incident, to, settings, words);
  const below = HEADER + lanes.length * LANE;
  const height = below + FOOTER;
  const title = narrowed(`${incident.id}: ${incident.title}`, (WIDTH - 2 * MARGIN) / HEADING);
  return {
    title,
    width: WIDTH,
    height,
    shapes: [
      { is: 'box', at: [0, 0], width: WIDTH, height, colour: '#ffffff' },
      { is: 'text', at: [MARGIN, 34], text: title, size: HEADING, bold: true },
      ...backdrops(incident, to, words).flatMap(({ from: a, to: b, colour, label = '' }) => [
        bar([x(a), HEADER - 8], x(b) - x(a), below + FOOTER - HEADER - 8, colour),
        text([x(a) + 4, below + 16], label, { colour: GREY }),
      ]),
      ...ticks(from, to).flatMap((at): Shape[] => [
        { is: 'line', from: [x(at), HEADER - 8], to: [x(at), below + 8], colour: '#d5dae1' },
        text([x(at), HEADER - 14], words.at(at), { colour: GREY, anchor: 'middle' }),
      ]),
      ...lanes.flatMap((lane, n) => drawLane(lane, HEADER + n * LANE, x)),
    ],
  };
}

/** The same as an SVG document, which scales and can be searched. */
export function timelineSvg(incident: Incident, events: readonly Recorded[], settings: Settings, words: Words): string {
  return svg(timelinePicture(incident, events, settings, words));
}

function lanesOf(incident: Incident, end: Instant, settings: Settings, words: Words): Lane[] {
  const { severities, command, activities, rounds } = incident;
  const ranks = settings.severities.map(({ id }) => id);
  const severity: Lane = {
    name: words.t('record.severity'),
    bars: severities.map((step, n) => ({
      from: step.at,
      to: severities[n + 1]?.at ?? end,
      colour: COLOURS.severity[ranks.indexOf(step.severity)] ?? COLOURS.severity[3],
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

function drawLane(lane: Lane, top: number, x: (at: Instant) => number): Shape[] {
  const { name, bars, after, stints = [], words: said = [], marks = [] } = lane;
  const middle = top + LANE / 2;
  const last = bars.at(-1);
  return [
    { is: 'text', at: [MARGIN, middle + 4], text: narrowed(name, (GUTTER - MARGIN - 8) / NAMES), size: NAMES },
    ...bars.flatMap(({ from, to, colour, label, pale }) => {
      const left = x(from);
      const width = Math.max(2, x(to) - left);
      const fits = label !== undefined && breadth(label) * SMALL + 10 <= width;
      return [
        bar([left, middle - BAR / 2], width, BAR, colour),
        ...(fits ? [text([left + 6, middle + 4], label, { colour: pale ? INK : '#ffffff' })] : []),
      ];
    }),
    ...stints.map((stint) =>
      bar([x(stint.from), top + LANE - 4], x(stint.to ?? Number.MAX_SAFE_INTEGER) - x(stint.from), 2, COLOURS.present),
    ),
    ...said.map(({ at, text: words }) => text([x(at), middle + 4], `· ${words}`)),
    ...(after !== undefined && last ? [afterword(x(last.to), middle, after)] : []),
    ...marks.flatMap(({ at, kind }) => mark([x(at), middle], kind)),
  ];
}

/** Behind the bar, or before its end where there is no room. */
function afterword(right: number, middle: number, words: string): Writing {
  return right + breadth(words) * SMALL + 12 < WIDTH
    ? text([right + 6, middle + 4], words)
    : text([right - 6, middle + 4], words, { anchor: 'end' });
}

/** A round held is full, one missed or skipped is hollow, and a cross stands in the skipped one. */
function mark([x, y]: Point, kind: Round['outcome']): Shape[] {
  const fill = kind === 'held' || kind === 'open' ? INK : '#ffffff';
  const disc: Shape = { is: 'disc', at: [x, y], radius: 6, fill, edge: INK };
  if (kind !== 'skipped') return [disc];
  return [
    disc,
    { is: 'line', from: [x - 3, y - 3], to: [x + 3, y + 3], colour: INK },
    { is: 'line', from: [x - 3, y + 3], to: [x + 3, y - 3], colour: INK },
  ];
}

function ticks(from: Instant, to: Instant): Instant[] {
  const step = STEPS.find((one) => (to - from) / one <= MOST_TICKS) ?? Math.ceil((to - from) / MOST_TICKS);
  const found: Instant[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) found.push(at);
  return found;
}

function bar(at: Point, width: number, height: number, colour: string): Shape {
  return { is: 'box', at, width, height, colour, round: 3 };
}

function text(at: Point, words: string, look: Pick<Writing, 'colour' | 'anchor'> = {}): Writing {
  return { is: 'text', at, text: words, size: SMALL, ...look };
}
