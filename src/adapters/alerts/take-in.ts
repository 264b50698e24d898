/** Carries a report into the house: one incident per key, each change of an alert noted once, nothing ever closed. */
import type { Phase } from '../../core/incident.ts';
import type { Answer, Intake, Log } from '../../core/ports.ts';
import { BATON, type IncidentId } from '../../core/units.ts';
import { nameFor, type Report, type ReportedAlert } from './report.ts';

/** Closed by somebody between the look and the note: looked up again, and nobody closes as fast as that twice. */
const MOST_TRIES = 3;

/**
 * Resolves, once everything is durable, to the incident that the report went to; undefined for a recovery that no
 * incident waits for.
 * @throws when the store fails or something is refused: the source is to send the report again
 */
export async function takeIn(
  source: string,
  report: Report,
  intake: Intake,
  log: Log,
): Promise<IncidentId | undefined> {
  const firing = report.alerts.filter(({ status }) => status === 'firing');
  for (let tries = 1; ; tries += 1) {
    const id =
      (await intake.withKey(report.key)) ??
      (await successor(report, intake)) ??
      (firing.length > 0 ? await declare(source, report, firing, intake, log) : await closedOne(report, intake));
    if (id === undefined) return undefined;
    const phase = await noteAll(source, report, id, intake);
    if (phase !== 'closed' || firing.length === 0) return id;
    if (tries === MOST_TRIES) throw new Error(`${id} was closed while an alert came in`);
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
  intake: Intake,
  log: Log,
): Promise<IncidentId> {
  const { title, key } = report;
  const service = await knownService(report, intake, log);
  const since = Math.min(...firing.map(({ startedAt = 0 }) => startedAt));
  const answer = await intake.handle({
    id: nameFor(source, 'declare', key, since),
    command: 'declare',
    by: BATON,
    fields: { title, key, origin: 'alert', ...(service !== undefined && { service }) },
    via: source,
  });
  // Two deliveries at once: the other has opened it, and this one's alerts go there too.
  if (answer.incident) return answer.incident.id;
  throw new Error(`no incident could be declared: ${refusalIn(answer)}`);
}

/** A service that the house does not know is left out: who is paged follows from it. */
async function knownService({ service, key }: Report, intake: Intake, log: Log): Promise<string | undefined> {
  if (service === undefined) return undefined;
  const { services } = (await intake.world()).settings;
  const lower = service.toLowerCase();
  const known = Object.entries(services).find(([id, { name }]) =>
    [id.toLowerCase(), name.toLowerCase()].includes(lower),
  );
  if (!known) log.warn({ service, key }, 'the alert names a service that is not in services of the configuration');
  return known?.[0];
}

/** Notes each alert, and tells the incident's phase afterwards. Alerts that were noted before change nothing. */
async function noteAll(source: string, report: Report, incident: IncidentId, intake: Intake): Promise<Phase> {
  let phase: Phase = 'open';
  const known = (await intake.incident(incident))?.alerts ?? {};
  const news = report.alerts.filter(({ fingerprint, status }) => known[fingerprint]?.status !== status);
  for (const alert of report.alerts) {
    const answer = await intake.handle({
      id: nameFor(source, 'note-alert', report.key, ...identity(alert)),
      command: 'note-alert',
      incident,
      by: BATON,
      fields: { ...alert, source, ...together(alert, news) },
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
  if (alike.length < 2 || !alike.includes(alert)) return {};
  return alike[0] === alert ? { among: alike.length } : { along: true };
}

/** What makes it the same news. */
function identity({ fingerprint, status, startedAt, endedAt }: ReportedAlert) {
  return [fingerprint, status, startedAt, endedAt] as const;
}

function refusalIn(answer: Answer): string {
  return 'refusal' in answer ? `${answer.refusal.refused} ${JSON.stringify(answer.refusal.facts)}` : '';
}
