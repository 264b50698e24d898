/** Carries a report into the house: one incident per key, each change of an alert noted once, nothing ever closed. */
import type { Incident, Phase } from '../../core/incident.ts';
import type { Answer, Intake } from '../../core/ports.ts';
import type { Settings } from '../../core/settings.ts';
import { BATON, type IncidentId } from '../../core/units.ts';
import { nameFor, type Report, type ReportedAlert } from './report.ts';

/** Closed by somebody between the look and the note: looked up again, and nobody closes as fast as that twice. */
const MOST_TRIES = 3;

/** What reports are carried into. */
export interface House {
  readonly intake: Intake;
  /** Severities by what sources call them, in whatever case. */
  readonly severities: Readonly<Record<string, string>>;
}

export interface Taken {
  /** Where the report went; absent for a recovery that no incident waits for. */
  readonly incident?: IncidentId;
  /** What could not be taken as it was meant, a sentence each. */
  readonly doubts: readonly string[];
}

/**
 * Resolves once everything is durable.
 * @param source names it in orders and the record
 * @throws when the store fails or something is refused: the source is to send the report again
 */
export async function takeIn(source: string, given: Report, house: House): Promise<Taken> {
  const { intake } = house;
  // Whatever key a test has: nothing real ever goes into a drill that pages nobody.
  const report = given.test ? { ...given, key: nameFor(source, 'test', given.key) } : given;
  const doubts = [...report.doubts];
  const firing = report.alerts.filter(({ status }) => status === 'firing');
  for (let tries = 1; ; tries += 1) {
    const incident =
      (await intake.withKey(report.key)) ??
      (await successor(report, intake)) ??
      (firing.length > 0 ? await declare(source, report, firing, house, doubts) : await closedOne(report, intake));
    if (incident === undefined) return { doubts };
    const phase = await noteAll(source, report, incident, intake);
    if (phase !== 'closed' || firing.length === 0) return { incident, doubts };
    if (tries === MOST_TRIES) throw new Error(`${incident} was closed while an alert came in`);
  }
}

/** The open incident that the one with this key was merged into. */
async function successor(report: Report, intake: Intake): Promise<IncidentId | undefined> {
  const closed = await closedOne(report, intake);
  const into = closed && (await intake.incident(closed))?.mergedInto;
  return into !== undefined && (await intake.incident(into))?.phase !== 'closed' ? into : undefined;
}

/** The incident that was closed lately and had this key: a late recovery belongs to its record. */
async function closedOne({ key }: Report, intake: Intake): Promise<IncidentId | undefined> {
  return (await intake.world()).closed.find((closed) => closed.key === key)?.id;
}

async function declare(
  source: string,
  report: Report,
  firing: readonly ReportedAlert[],
  house: House,
  doubts: string[],
): Promise<IncidentId> {
  const { title, key, sender, test } = report;
  const { intake } = house;
  const { settings } = await intake.world();
  const service = knownService(report, settings, doubts);
  const severity = knownSeverity(report, settings, house.severities, doubts);
  const since = Math.min(...firing.map(({ startedAt = 0 }) => startedAt));
  const answer = await intake.handle({
    id: nameFor(source, 'declare', key, since),
    command: 'declare',
    by: BATON,
    fields: {
      title,
      key,
      origin: 'alert',
      ...(service !== undefined && { service }),
      ...(severity !== undefined && { severity }),
      ...(sender !== undefined && { sender }),
      ...(test && { test }),
    },
    via: source,
  });
  // Two deliveries at once: the other has opened it, and this one's alerts go there too.
  if (answer.incident) return answer.incident.id;
  throw new Error(`no incident could be declared: ${refusalIn(answer)}`);
}

/** A service that the house does not know is left out: who is paged follows from it. */
function knownService({ service }: Report, { services }: Settings, doubts: string[]): string | undefined {
  if (service === undefined) return undefined;
  const lower = service.toLowerCase();
  const known = Object.entries(services).find(([id, { name }]) =>
    [id.toLowerCase(), name.toLowerCase()].includes(lower),
  );
  if (known) return known[0];
  doubts.push(`The service "${service}" is not in services of the configuration: the incident has none`);
  return undefined;
}

/** The worst that is named and known; else incidents start where the house says, and a test at the mildest. */
function knownSeverity(
  report: Report,
  { severities, startAt }: Settings,
  called: House['severities'],
  doubts: string[],
): string | undefined {
  const ids = severities.map(({ id }) => id);
  const names = new Map(ids.map((id) => [id.toLowerCase(), id]));
  for (const [name, id] of Object.entries(called)) names.set(name.toLowerCase(), id);
  const known = report.severities.map((name) => names.get(name.trim().toLowerCase()));
  const worst = ids.find((id) => known.includes(id));
  if (worst !== undefined) return worst;
  const otherwise = report.test ? ids.at(-1) : startAt;
  if (report.severities.length > 0) {
    const named = [...new Set(report.severities)];
    doubts.push(`The severity "${named.join('", "')}" is not in hooks.severities: the incident starts at ${otherwise}`);
  }
  return otherwise;
}

/** Notes each change of an alert, and tells the incident's phase afterwards. What is known already changes nothing. */
async function noteAll(source: string, report: Report, incident: IncidentId, intake: Intake): Promise<Phase> {
  const { alerts: known = {}, phase: before = 'open' } = (await intake.incident(incident)) ?? {};
  let phase: Phase = before;
  const news = report.alerts.filter(({ fingerprint, status }) => known[fingerprint]?.status !== status);
  for (const alert of news) {
    const answer = await intake.handle({
      id: nameFor(source, 'note-alert', report.key, ...identity(alert), ...turnOf(alert, known)),
      command: 'note-alert',
      incident,
      by: BATON,
      fields: { ...alert, source: report.sender ?? source, ...together(alert, news) },
      via: source,
    });
    if ('refusal' in answer) throw new Error(`${incident} did not take an alert: ${refusalIn(answer)}`);
    phase = answer.incident.phase;
  }
  return phase;
}

/** What is news of one kind is told in one line: the first says how many there are. */
function together(alert: ReportedAlert, news: readonly ReportedAlert[]) {
  const alike = news.filter(({ status }) => status === alert.status);
  if (alike.length < 2) return {};
  return alike[0] === alert ? { among: alike.length } : { along: true };
}

/** What makes it the same news. */
function identity({ fingerprint, status, startedAt, endedAt }: ReportedAlert) {
  return [fingerprint, status, startedAt, endedAt] as const;
}

/**
 * What tells a turn of an alert from the one before: when it last changed here. Its start does not, because a source that
 * was cut off, or mistaken, reports the very same alert again. A late copy of a firing then counts as one, which is the
 * safe side of a doubt; a recovery that says when it ended is the same one however often it comes.
 */
function turnOf({ fingerprint, status, endedAt }: ReportedAlert, known: Incident['alerts']): readonly number[] {
  return status === 'resolved' && endedAt !== undefined ? [] : [known[fingerprint]?.at ?? 0];
}

function refusalIn(answer: Answer): string {
  return 'refusal' in answer ? `${answer.refusal.refused} ${JSON.stringify(answer.refusal.facts)}` : '';
}
