/** The record: the postmortem's raw material, as Markdown and as JSON (REC-1, REC-2). */
import type { Recorded } from '../core/events.ts';
import type { Incident } from '../core/incident.ts';
import { type Measures, measure } from '../core/measures.ts';
import type { Settings } from '../core/settings.ts';
import { announcement } from './announcement.ts';
import { fenced, inline, linked, paragraphs, table } from './markdown.ts';
import { aboutRows, runRows } from './record-run.ts';
import { type Sheet, sheets } from './record-tables.ts';
import { title } from './state.ts';
import type { Words } from './words/words.ts';

/** Version of the shape of `recordJson`; a reader refuses one that it does not know. */
export const RECORD_VERSION = 1;

/** Events that only keep the books: they are measured, and would drown the timeline. */
const UNTOLD: ReadonlySet<Recorded['type']> = new Set<Recorded['type']>(['prompts-changed', 'person-introduced']);

/** @param events all of the incident's events, first to last */
export function recordMarkdown(
  incident: Incident,
  events: readonly Recorded[],
  settings: Settings,
  words: Words,
): string {
  const measures = measure(incident, events, settings);
  const parts = [
    `# ${inline(title(incident, words))}`,
    table([words.t('record.what'), words.t('record.value')], aboutRows(incident, measures, settings, words)),
    // Beside the record, where it is served and where both are kept in one folder.
    `![${words.t('record.timeline')}](timeline.png)`,
    section(words.t('record.run'), table([words.t('record.what'), words.t('record.value')], runRows(measures, words))),
    ...sheets(incident, measures, words).map((sheet) => sheetPart(sheet)),
    section(words.t('record.messages'), messages(incident, words)),
    section(words.t('record.parked'), parked(incident, words)),
    section(words.t('record.evidence'), evidence(incident, words)),
    section(words.t('record.corrections'), corrections(incident, words)),
    section(words.t('record.timeline'), timeline(events, words)),
    `*${inline(words.t('card.zone', { zone: words.reader.zone }))}*`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Instants are milliseconds since 1970-01-01 UTC, durations milliseconds. */
export interface Record {
  readonly version: number;
  readonly incident: Incident;
  readonly measures: Measures;
  readonly events: readonly Recorded[];
}

export function recordJson(incident: Incident, events: readonly Recorded[], settings: Settings): Record {
  return { version: RECORD_VERSION, incident, measures: measure(incident, events, settings), events };
}

/** What every prompt of an incident said, by its key. */
export function promptLines(events: readonly Recorded[]): (prompt: string) => string | undefined {
  const lines = new Map(
    events.flatMap((event) =>
      event.type === 'prompts-changed' ? event.raised.map(({ key, line }) => [key, line] as const) : [],
    ),
  );
  return (prompt) => lines.get(prompt);
}

function section(heading: string, body: string): string {
  return body === '' ? '' : `## ${inline(heading)}\n\n${body}`;
}

function sheetPart({ title: heading, head, rows }: Sheet): string {
  return section(heading, table(head, rows));
}

function messages(incident: Incident, words: Words): string {
  const said = [
    ...incident.updates.map(({ at, by, text }) => ({ at, by, text, what: words.t('record.update') })),
    ...incident.messages.map(({ id, by, text, status, published }) => ({
      at: published[0]?.at ?? 0,
      by,
      text,
      what: words.t(`record.message.${status}`, {
        message: id,
        places: words.list(published.map(({ place }) => words.place(place))),
      }),
    })),
  ];
  return said
    .map(({ at, by, text, what }) => {
      const when = at === 0 ? '' : `${words.at(at)} · `;
      return `**${inline(`${when}${what} · ${words.name(by)}`)}**\n\n${paragraphs(text)}`;
    })
    .join('\n\n');
}

function parked(incident: Incident, words: Words): string {
  return incident.parked
    .map(({ topic, at, by }) => `- ${inline(`${words.at(at)} ${words.name(by)}: ${topic}`)}`)
    .join('\n');
}

function evidence(incident: Incident, words: Words): string {
  return incident.evidence
    .map(({ seq, at, by, kind, text, link, attachment }) => {
      const head = `**${inline(`${seq} · ${words.at(at)} · ${words.t(`evidence.${kind}`)} · ${words.name(by)}`)}**`;
      const body = kind === 'log' ? fenced(text) : paragraphs(text);
      return [
        head,
        body,
        ...(link === undefined ? [] : [linked(link, link)]),
        ...(attachment === undefined ? [] : [inline(words.t('record.attachment', { attachment }))]),
      ].join('\n\n');
    })
    .join('\n\n');
}

function corrections(incident: Incident, words: Words): string {
  return incident.corrections
    .map(({ event, text, at }) => `- ${inline(words.t('record.correction', { event, text, at: { at } }))}`)
    .join('\n');
}

function timeline(events: readonly Recorded[], words: Words): string {
  const lineOf = promptLines(events);
  const corrected = new Set(events.flatMap((event) => (event.type === 'record-corrected' ? [event.event] : [])));
  const rows = events
    .filter(({ type }) => !UNTOLD.has(type))
    .map((event) => [
      corrected.has(event.seq) ? words.t('record.corrected', { event: event.seq }) : String(event.seq),
      words.at(event.at),
      words.name(event.by),
      announcement(event, words, lineOf),
    ]);
  return table([words.t('record.entry'), words.t('record.at'), words.t('record.by'), words.t('record.happened')], rows);
}
