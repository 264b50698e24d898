/** What a monitoring system would send: the alert of a scenario, as Alertmanager writes it. */
import type { Instant } from '../core/units.ts';
import type { Scenario } from './scenario.ts';
import type { Scene } from './scene.ts';

/** @param over when it ended; absent while it fires */
export function alertOf({ name, alert }: Scenario, say: Scene['say'], since: Instant, over?: Instant): unknown {
  const title = say(`${name}.title`);
  return {
    version: '4',
    groupKey: `drill-${name}-${since}`,
    commonLabels: { alertname: alert, service: name },
    commonAnnotations: { summary: title },
    alerts: [
      {
        status: over === undefined ? 'firing' : 'resolved',
        labels: { alertname: alert, service: name },
        annotations: { summary: title },
        startsAt: new Date(since).toISOString(),
        ...(over !== undefined && { endsAt: new Date(over).toISOString() }),
        fingerprint: `drill-${name}`,
      },
    ],
  };
}
