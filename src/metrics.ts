/** Counts what passes through the ports, for `GET /metrics`. Each port is wrapped; nothing inside knows that it is counted. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { commandNamed } from './core/commands/index.ts';
import type { Intake, Jobs, Outlet, Store } from './core/ports.ts';
import type { SeverityId } from './core/units.ts';

export interface Metrics {
  readonly registry: Registry;
  /** `severities`: those that are counted even while no incident has them. */
  store(store: Store, severities: readonly SeverityId[]): Store;
  intake<I extends Intake>(intake: I): I;
  jobs(jobs: Jobs): Jobs;
  outlet<O extends Outlet>(outlet: O): O;
}

/** Seconds after its time that a clock rings: a round may be late by seconds, an observation window may not. */
const LATENESS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

export function createMetrics(now: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const events = new Counter({
    name: 'baton_events_appended_total',
    help: 'Events that were made durable, by type.',
    labelNames: ['type'],
    registers,
  });
  const orders = new Counter({
    name: 'baton_orders_total',
    help: 'Orders by command, where they came from and what came of them (done, repeated, refused, failed).',
    labelNames: ['command', 'via', 'outcome'],
    registers,
  });
  const refusals = new Counter({
    name: 'baton_refusals_total',
    help: 'Orders that were refused, by reason.',
    labelNames: ['refused'],
    registers,
  });
  const rings = new Counter({
    name: 'baton_rings_total',
    help: 'Clocks that rang, by policy and outcome (done, failed).',
    labelNames: ['policy', 'outcome'],
    registers,
  });
  const lateness = new Histogram({
    name: 'baton_ring_lateness_seconds',
    help: 'How long after their time clocks rang.',
    buckets: LATENESS,
    registers,
  });
  const deliveries = new Counter({
    name: 'baton_deliveries_total',
    help: 'Effects handed to an outlet, by type and outcome (done, failed: to be tried again).',
    labelNames: ['outlet', 'effect', 'outcome'],
    registers,
  });

  return {
    registry,

    store(store, severities) {
      new Gauge({
        name: 'baton_open_incidents',
        help: 'Incidents that are not closed, by severity and whether they are drills.',
        labelNames: ['severity', 'drill'],
        registers,
        async collect() {
          // Counted before they are set: finding a series takes longer than counting does.
          const counts = new Map(severities.map((severity) => [severity, { real: 0, drills: 0 }]));
          for (const { severity, drill } of await store.open()) {
            const count = counts.get(severity) ?? { real: 0, drills: 0 };
            counts.set(severity, count);
            count[drill ? 'drills' : 'real'] += 1;
          }
          this.reset();
          for (const [severity, { real, drills }] of counts) {
            this.set({ severity, drill: 'false' }, real);
            if (drills > 0) this.set({ severity, drill: 'true' }, drills);
          }
        },
      });
      return {
        ...store,
        async append(id, version, appended, summary) {
          const outcome = await store.append(id, version, appended, summary);
          if (outcome === 'appended') for (const { type } of appended) events.inc({ type });
          return outcome;
        },
      };
    },

    intake(intake) {
      return {
        ...intake,
        async handle(order, decided) {
          const { command, via } = order;
          const count = (outcome: string) => orders.inc({ command: known(command), via, outcome });
          try {
            const answer = await intake.handle(order, decided);
            if ('refusal' in answer) refusals.inc({ refused: answer.refusal.refused });
            count('refusal' in answer ? 'refused' : answer.repeated ? 'repeated' : 'done');
            return answer;
          } catch (error) {
            count('failed');
            throw error;
          }
        },
      };
    },

    jobs(jobs) {
      return {
        ...jobs,
        start: (ring) =>
          jobs.start(async (id, clock) => {
            lateness.observe(Math.max(0, now() - clock.at) / 1_000);
            try {
              await ring(id, clock);
              rings.inc({ policy: clock.policy, outcome: 'done' });
            } catch (error) {
              rings.inc({ policy: clock.policy, outcome: 'failed' });
              throw error;
            }
          }),
      };
    },

    outlet(outlet) {
      return {
        ...outlet,
        async deliver(effect, incident) {
          try {
            const unreached = await outlet.deliver(effect, incident);
            deliveries.inc({ outlet: outlet.name, effect: effect.type, outcome: 'done' });
            return unreached;
          } catch (error) {
            deliveries.inc({ outlet: outlet.name, effect: effect.type, outcome: 'failed' });
            throw error;
          }
        },
      };
    },
  };
}

/** People mistype without limit; a metric must not have as many series. */
function known(command: string): string {
  return commandNamed(command)?.name ?? 'unknown';
}
