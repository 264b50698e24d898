/** Prometheus Alertmanager: reads the webhook payload of version 4, one group of alerts a time. */
import * as z from 'zod';
import { ALERT, GROUP, type Labels, reportOf } from './alert-groups.ts';
import { complaints, type Malformed, type Report } from './report.ts';

/** Names the source in addresses, orders and the record. */
export const ALERTMANAGER = 'alertmanager';

const payload = z.object({ version: z.literal('4'), ...GROUP, alerts: z.array(z.object(ALERT)).min(1) });

/** @param body the parsed JSON of the request */
export function readAlertmanager(body: unknown, labels: Labels): Report | Malformed {
  const read = payload.safeParse(body);
  if (!read.success) return { malformed: complaints(read.error) };
  return reportOf(read.data, { source: ALERTMANAGER, linksOf: ({ generatorURL }) => [generatorURL] }, labels);
}
