/** Counts: what was promised against what is kept, what was said against how often it may be, and what browsers were shown. */
import { clocksOf } from '../../src/core/clocks.ts';
import type { Recorded } from '../../src/core/events.ts';
import { summaryOf } from '../../src/core/summary.ts';
import { BATON } from '../../src/core/units.ts';
import type { Acknowledged, Promises } from './crowd.ts';
import type { Ledger } from './ledger.ts';
import { saidTooOften } from './nags.ts';
import type { Follower } from './streams.ts';

/** What went wrong, each in a sentence for whoever looks into it. */
export interface Findings {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
}

export const sentences = () => ({ lost: [] as string[], doubled: [] as string[] });

/** Every acknowledged order is there exactly once, and nothing that was refused. */
export function countOrders({ orders, alerts, people, strange }: Promises, ledger: Ledger): Findings {
  const { lost, doubled } = sentences();
  const groups = new Map<string, { incident: string; events: Recorded[] }[]>();
  for (const { id, events } of ledger.incidents) {
    for (const [order, caused] of Map.groupBy(events, (event) => event.order)) {
      if (order !== undefined) groups.set(order, [...(groups.get(order) ?? []), { incident: id, events: caused }]);
    }
  }
  for (const answered of orders) {
    const { order, incident, command, done, repeated, version } = answered;
    const what = `${command} ${order} of ${incident}`;
    const found = groups.get(order) ?? [];
    const [first] = found;
    const kept = ledger.incidents.find(({ id }) => id === incident);
    if (found.length > 1) doubled.push(`${what} was carried out in ${found.map((one) => one.incident).join(' and ')}`);
    if (first && !isOneAppend(first.events)) doubled.push(`${what} was carried out more than once`);
    if (!done && first) lost.push(`${what} was refused, and yet it happened`);
    if (!done) continue;
    if (!kept || kept.version < version) lost.push(`${what} was answered with version ${version}, which is gone`);
    if (!first && (ALWAYS_HAPPENS.has(command) || repeated)) lost.push(`${what} was answered and is not there`);
    if (first && !repeated && first.events.at(-1)?.seq !== version && !isLateCopy(answered, first.events)) {
      lost.push(`${what} was answered with version ${version}, but ended at ${first.events.at(-1)?.seq}`);
    }
  }
  for (const { incident, fingerprint, status } of alerts) {
    const noted = ledger.incidents.flatMap(({ id, events }) =>
      events.flatMap((event) =>
        event.type === 'alert-noted' && event.fingerprint === fingerprint && event.status === status ? [id] : [],
      ),
    );
    if (!noted.includes(incident))
      lost.push(`alert ${fingerprint} ${status} was taken into ${incident} and is not there`);
    if (noted.length > 1) doubled.push(`alert ${fingerprint} ${status} was noted in ${noted.join(' and ')}`);
  }
  for (const [name, id] of people) {
    if (ledger.people.get(name) !== id) lost.push(`${name} was introduced as ${id} and is ${ledger.people.get(name)}`);
  }
  return { lost: [...lost, ...strange], doubled };
}

/** Commands that leave a trace whenever they are carried out; others change nothing where all is as they want it. */
const ALWAYS_HAPPENS = new Set(
  `declare note page report finish decline propose-mitigation draft-message take-command accept-hand-over delegate start-mitigation
  judge-mitigation give cancel restate-impact hold-round skip-round send-update confirm-message hand-over mitigated
  recurred snooze keep-evidence close`.split(/\s+/),
);

/**
 * It was asked more than once, answered where it changed nothing, and another copy of it arrived after that: it changed
 * nothing either, and only brought along what was due. Such an order is not remembered, because nothing came of it.
 */
function isLateCopy({ command, tries, version }: Acknowledged, caused: readonly Recorded[]): boolean {
  const isLater = caused.every(({ seq, by }) => by === BATON && seq > version);
  return tries > 1 && !ALWAYS_HAPPENS.has(command) && isLater;
}

function isOneAppend(events: readonly Recorded[]): boolean {
  return events.every(({ seq, at }, n) => seq === (events[0]?.seq ?? 0) + n && at === events[0]?.at);
}

/** The log of each incident is whole, in order, and means what the list says of it. */
export function countEvents({ incidents, integrity, attachments }: Ledger): Findings {
  const { lost, doubled } = sentences();
  if (integrity !== 'ok') lost.push(`the database is damaged: ${integrity}`);
  for (const { id, version, summary, events, incident } of incidents) {
    events.forEach(({ seq }, n) => {
      if (seq !== n + 1) lost.push(`${id}: event ${seq} stands where event ${n + 1} belongs`);
    });
    if (version !== events.length) lost.push(`${id} is at version ${version} and has ${events.length} events`);
    if (!incident) lost.push(`${id} does not load`);
    else if (JSON.stringify(summaryOf(incident)) !== JSON.stringify(summary)) {
      lost.push(`${id} is listed as ${JSON.stringify(summary)}, which its events do not say`);
    }
    events.forEach(({ at }, n) => {
      if (at < (events[n - 1]?.at ?? 0)) lost.push(`${id}: event ${n + 1} is older than the one before`);
    });
    for (const event of events) {
      if (event.type !== 'evidence-kept' || event.attachment === undefined) continue;
      if (!attachments.has(event.attachment)) lost.push(`${id}: the file of event ${event.seq} is gone or changed`);
    }
  }
  return { lost, doubled };
}

/** No clock is overdue, each has its one job, and no fact was said again too soon. */
export function countReminders({ incidents, world }: Ledger, stoppedAt: number, leeway: number): Findings {
  const { lost, doubled } = sentences();
  for (const kept of incidents) {
    const { id, incident, events, states, jobs } = kept;
    if (!incident) continue;
    const tooOften = saidTooOften(events, ({ seq }) => states[seq - 1], world.settings);
    doubled.push(...tooOften.map((what) => `${id}: ${what}`));
    const wanted = clocksOf(incident, world);
    const name = ({ policy, key, at }: (typeof wanted)[number]) => `${policy} ${key} at ${Math.ceil(at)}`;
    const there = jobs.map(name);
    for (const clock of wanted) {
      if (clock.at < stoppedAt - leeway) lost.push(`${id}: ${name(clock)} is ${stoppedAt - clock.at} ms overdue`);
      if (!there.includes(name(clock))) lost.push(`${id}: nothing will ring ${name(clock)}`);
    }
    if (new Set(there).size !== there.length) doubled.push(`${id} has two jobs for one clock: ${there.join(', ')}`);
  }
  return { lost, doubled };
}

/**
 * Whoever kept an incident open was shown each of its entries once, however often the connection broke.
 * @param entries what there was to see, in order; what came after it was read does not count
 */
export function countShown(followers: readonly Follower[], entries: ReadonlyMap<string, readonly number[]>): Findings {
  const { lost, doubled } = sentences();
  for (const { incident, shown } of followers) {
    const there = entries.get(incident) ?? [];
    const read = there.at(-1) ?? 0;
    for (const seq of there) if (!shown.has(seq)) lost.push(`${incident}: a browser was never shown entry ${seq}`);
    for (const [seq, times] of shown) {
      if (times > 1) doubled.push(`${incident}: a browser was shown entry ${seq} ${times} times`);
      if (seq <= read && !there.includes(seq))
        lost.push(`${incident}: a browser was shown entry ${seq}, which is not there`);
    }
  }
  return { lost, doubled };
}
