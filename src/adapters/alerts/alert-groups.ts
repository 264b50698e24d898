/** Groups of alerts, as Alertmanager shapes them and whoever descends from it. */
import * as z from 'zod';
import type { Instant } from '../../core/units.ts';
import { asText, asTitle, isWeb, nameFor, type Report, type ReportedAlert } from './report.ts';

const labels = z.record(z.string(), z.string());

/** Go writes a map that was never made as null. */
const labelsIfAny = labels.nullish().transform((given) => given ?? {});

const time = z.string().refine((written) => !Number.isNaN(Date.parse(written)), 'is no time as RFC 3339 writes it');

export const ALERT = {
  status: z.enum(['firing', 'resolved']),
  labels,
  annotations: labelsIfAny,
  startsAt: time,
  endsAt: time.optional(),
  generatorURL: z.string().default(''),
  fingerprint: z.string().min(1).max(100),
};

/** What else such a source sends (receiver, status of the group) says nothing that the alerts do not say. */
export const GROUP = {
  groupKey: z.string().min(1),
  truncatedAlerts: z.int().min(0).default(0),
  groupLabels: labelsIfAny,
  commonLabels: labelsIfAny,
  commonAnnotations: labelsIfAny,
  externalURL: z.string().default(''),
};

const alert = z.object(ALERT);
const group = z.object(GROUP);

export type Alert = z.output<typeof alert>;
export type Group<A extends Alert = Alert> = z.output<typeof group> & { readonly alerts: readonly A[] };

/** Which labels say what the house decides by. */
export interface Labels {
  /** The label whose value is the service. */
  readonly serviceLabel: string;
  /** The label whose value is the severity. */
  readonly severityLabel: string;
}

/** What one of these sources says in its own way. */
export interface Dialect<A extends Alert> {
  readonly source: string;
  /** What makes a group the same beside its key. */
  readonly within?: readonly (string | number | undefined)[];
  /** How the house itself has titled it, or what must be said instead of what the rule says. */
  readonly title?: string | undefined;
  nameOf?(alert: A): string;
  /** Where to look, best first; the source's own address comes last. */
  linksOf(alert: A): readonly (string | undefined)[];
  /** What there is to read beside summary and description. */
  linesOf?(alert: A): readonly string[];
}

export function reportOf<A extends Alert>(data: Group<A>, way: Dialect<A>, ways: Labels): Report {
  const { alerts, commonLabels } = data;
  const told = firingOf(alerts);
  const valuesOf = (label: string) => told.flatMap(({ labels }) => labels[label] || []);
  const service = commonLabels[ways.serviceLabel] ?? valuesOf(ways.serviceLabel)[0];
  const nameOf = (alert: A) => asTitle(way.nameOf?.(alert) ?? '') || ownName(alert);
  return {
    key: nameFor(way.source, ...(way.within ?? []), data.groupKey),
    title: asTitle(way.title ?? '') || titleOf(data, nameOf),
    ...(service && { service }),
    severities: valuesOf(ways.severityLabel),
    alerts: alerts.map((alert) => reported(alert, nameOf(alert), way, data.externalURL)),
    leftOut: data.truncatedAlerts,
    doubts: [],
  };
}

/** Those that fire; where none does, all: what recovered is told by the same rules. */
function firingOf<A extends Alert>(alerts: readonly A[]): readonly A[] {
  const firing = alerts.filter(({ status }) => status === 'firing');
  return firing.length > 0 ? firing : alerts;
}

/** The most human thing that all alerts share; else their names, with what the group is about. */
function titleOf<A extends Alert>({ alerts, commonAnnotations, groupLabels }: Group<A>, nameOf: (alert: A) => string) {
  const said = asTitle(commonAnnotations.summary ?? commonAnnotations.title ?? '');
  return said || namesOf(firingOf(alerts), nameOf, groupLabels);
}

export function namesOf<A extends Alert>(
  alerts: readonly A[],
  nameOf: (alert: A) => string,
  groupLabels: Group['groupLabels'],
): string {
  const about = Object.entries(groupLabels).flatMap(([label, value]) => (label === 'alertname' ? [] : [value]));
  const names = [...new Set(alerts.map(nameOf))].join(', ');
  return asTitle(`${names}${about.length > 0 ? ` (${about.join(', ')})` : ''}`);
}

function ownName({ labels, fingerprint }: Alert): string {
  return asTitle(labels.alertname ?? '') || asTitle(Object.values(labels).join(' ')) || fingerprint;
}

function reported<A extends Alert>(alert: A, name: string, way: Dialect<A>, externalURL: string): ReportedAlert {
  const { summary, description, message } = alert.annotations;
  const lines = [summary, description ?? message, ...(way.linesOf?.(alert) ?? [])];
  const text = asText(lines.filter((line) => line?.trim()).join('\n'));
  const link = [...way.linksOf(alert), externalURL].find((address) => address !== undefined && isWeb(address));
  const startedAt = instantOf(alert.startsAt);
  const endedAt = alert.status === 'resolved' ? instantOf(alert.endsAt) : undefined;
  return {
    fingerprint: alert.fingerprint,
    name,
    status: alert.status,
    ...(startedAt !== undefined && { startedAt }),
    ...(endedAt !== undefined && { endedAt }),
    ...(link !== undefined && { link }),
    ...(text !== '' && { text }),
  };
}

/** Go's zero time, year 1, stands for "not yet". */
function instantOf(written = ''): Instant | undefined {
  const at = Date.parse(written);
  return at > 0 ? at : undefined;
}
