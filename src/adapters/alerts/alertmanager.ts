/** Prometheus Alertmanager: reads the webhook payload of version 4, one group of alerts a time. */
import * as z from 'zod';
import { LONGEST_TEXT } from '../../core/contract.ts';
import type { Instant } from '../../core/units.ts';
import { asText, asTitle, type Malformed, nameFor, type Report, type ReportedAlert } from './report.ts';

/** Names the source in addresses, orders and the record. */
export const ALERTMANAGER = 'alertmanager';

const labels = z.record(z.string(), z.string());

const time = z.string().refine((written) => !Number.isNaN(Date.parse(written)), 'is no time as RFC 3339 writes it');

/** What Alertmanager sends beyond this (receiver, status of the group) says nothing that the alerts do not say. */
const payload = z.object({
  version: z.literal('4'),
  groupKey: z.string().min(1),
  truncatedAlerts: z.int().min(0).default(0),
  groupLabels: labels.default({}),
  commonLabels: labels.default({}),
  commonAnnotations: labels.default({}),
  externalURL: z.string().default(''),
  alerts: z
    .array(
      z.object({
        status: z.enum(['firing', 'resolved']),
        labels,
        annotations: labels.default({}),
        startsAt: time,
        endsAt: time.optional(),
        generatorURL: z.string().default(''),
        fingerprint: z.string().min(1).max(100),
      }),
    )
    .min(1),
});

type Payload = z.output<typeof payload>;
type Alert = Payload['alerts'][number];

/**
 * @param body the parsed JSON of the request
 * @param serviceLabel the label whose value is the service
 */
export function readAlertmanager(body: unknown, serviceLabel: string): Report | Malformed {
  const read = payload.safeParse(body);
  if (!read.success) return { malformed: read.error.issues.map(complaint).join('; ') };
  const { data } = read;
  const service =
    data.commonLabels[serviceLabel] ?? data.alerts.map(({ labels }) => labels[serviceLabel]).find((value) => value);
  return {
    key: nameFor(ALERTMANAGER, data.groupKey),
    title: titleOf(data),
    ...(service && { service }),
    alerts: data.alerts.map((alert) => reported(alert, data.externalURL)),
    leftOut: data.truncatedAlerts,
  };
}

function complaint(issue: z.core.$ZodIssue): string {
  const where = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return `${where.replace(/^\./, '') || 'the body'}: ${issue.message}`;
}

/** The most human thing that all alerts share; else their names, with what the group is about. */
function titleOf({ alerts, commonAnnotations, groupLabels }: Payload): string {
  const said = asTitle(commonAnnotations.summary ?? commonAnnotations.title ?? '');
  if (said !== '') return said;
  const firing = alerts.filter(({ status }) => status === 'firing');
  const names = new Set((firing.length > 0 ? firing : alerts).map(nameOf));
  const about = Object.entries(groupLabels).flatMap(([label, value]) => (label === 'alertname' ? [] : [value]));
  return asTitle(`${[...names].join(', ')}${about.length > 0 ? ` (${about.join(', ')})` : ''}`);
}

function nameOf({ labels, fingerprint }: Alert): string {
  return asTitle(labels.alertname ?? '') || asTitle(Object.values(labels).join(' ')) || fingerprint;
}

function reported(alert: Alert, externalURL: string): ReportedAlert {
  const { summary, description, message } = alert.annotations;
  const text = asText([summary, description ?? message].filter((part) => part?.trim()).join('\n'));
  const link = [alert.generatorURL, externalURL].find(isWeb);
  const startedAt = instantOf(alert.startsAt);
  const endedAt = alert.status === 'resolved' ? instantOf(alert.endsAt) : undefined;
  return {
    fingerprint: alert.fingerprint,
    name: nameOf(alert),
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

function isWeb(address: string): boolean {
  return address.length <= LONGEST_TEXT && /^https?:$/.test(URL.parse(address)?.protocol ?? '');
}
