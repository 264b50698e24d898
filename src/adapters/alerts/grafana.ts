/** Grafana alerting: reads what its webhook contact points send, one group of alerts a time. */
import * as z from 'zod';
import { ALERT, type Alert, type Dialect, GROUP, type Labels, namesOf, reportOf } from './alert-groups.ts';
import { type Mapping, readJson } from './json.ts';
import { complaints, type Malformed, nameFor, type Report } from './report.ts';

/** Names the source in addresses, orders and the record. */
export const GRAFANA = 'grafana';

const address = z.string().nullish();

const grafanaAlert = z.object({
  ...ALERT,
  /** The numbers that the rule looked at, by the letters of its queries. */
  values: z.record(z.string(), z.number().nullable()).nullish(),
  silenceURL: address,
  dashboardURL: address,
  panelURL: address,
  imageURL: address,
});

const payload = z.object({
  ...GROUP,
  orgId: z.number().optional(),
  title: z.string().default(''),
  alerts: z.array(grafanaAlert).min(1),
});

type Payload = z.output<typeof payload>;
type GrafanaAlert = z.output<typeof grafanaAlert>;

/** How the title begins that Grafana writes where the house has no template of its own. */
const DEFAULT_TITLE = /^\[(FIRING|RESOLVED)\b/;

/** A rule that could not be evaluated fires under these names. What it watches may be well: that is not known. */
const UNKNOWN = ['DatasourceNoData', 'DatasourceError'];

/** A contact point's "Test" names its group after itself, the alert and the second; a real group ends in its labels. */
const TESTED = /-[0-9a-f]{16}-\d+$/;

/** @param body the parsed JSON of the request */
export function readGrafana(body: unknown, labels: Labels): Report | Malformed {
  const read = payload.safeParse(body);
  if (!read.success) return templated(body, complaints(read.error));
  const { data } = read;
  const report = reportOf(data, dialectOf(data), labels);
  // Each press of "Test" is a group of its own, and yet the same test.
  return isTest(data) ? { ...report, key: nameFor(GRAFANA, 'test'), test: true } : report;
}

/** Fields that a house's own template of the body keeps, where it has thought of no others. */
const TEMPLATED: Mapping = {
  fields: { title: ['title'], key: ['groupKey'], text: ['message', 'text'], status: ['status', 'state'] },
  resolved: ['resolved', 'ok'],
};

/** A contact point may have a body of the house's own: it is taken by its title, or whatever stands in for that. */
function templated(body: unknown, complaint: string): Report | Malformed {
  const report = readJson(body, GRAFANA, TEMPLATED);
  if ('malformed' in report) return { malformed: complaint };
  const doubt = `This is not Grafana's own body (${complaint}): little of it was understood`;
  return { ...report, doubts: [doubt, ...report.doubts] };
}

function dialectOf(data: Payload): Dialect<GrafanaAlert> {
  return {
    source: GRAFANA,
    // Two Grafanas, or two organisations of one, may well have rules of the same name.
    within: [data.externalURL, data.orgId],
    title: titleOf(data),
    nameOf,
    linksOf: ({ panelURL, dashboardURL, generatorURL }) => [panelURL ?? '', dashboardURL ?? '', generatorURL],
    linesOf,
  };
}

/** The house's own title; and where nothing is known, that, instead of the summary of what would be wrong. */
function titleOf({ title, alerts, groupLabels }: Payload): string | undefined {
  if (title.trim() !== '' && !DEFAULT_TITLE.test(title.trim())) return title;
  const firing = alerts.filter(({ status }) => status === 'firing');
  return firing.length > 0 && firing.every(isUnknown) ? namesOf(firing, nameOf, groupLabels) : undefined;
}

function isUnknown({ labels }: Alert): boolean {
  return UNKNOWN.includes(labels.alertname ?? '');
}

/** Rules that were paused or deleted, or whose series vanished, are resolved as well: not because all is well. */
function nameOf({ status, labels, annotations }: GrafanaAlert): string {
  const { alertname = '', rulename } = labels;
  const reason = status === 'resolved' ? annotations.grafana_state_reason : undefined;
  const name = rulename && UNKNOWN.includes(alertname) ? `${alertname}: ${rulename}` : alertname;
  return name !== '' && reason ? `${name} (${reason})` : name;
}

function linesOf({ annotations, values, imageURL, silenceURL }: GrafanaAlert): string[] {
  const numbers = Object.entries(values ?? {}).map(([letter, value]) => `${letter} = ${value}`);
  return [annotations.Error, numbers.join(', '), annotations.runbook_url, imageURL, silenceURL].flatMap(
    (line) => line || [],
  );
}

function isTest({ groupKey, alerts }: Payload): boolean {
  const named = alerts.every(({ labels }) => labels.alertname === 'TestAlert' && labels.instance === 'Grafana');
  return named || TESTED.test(groupKey);
}
