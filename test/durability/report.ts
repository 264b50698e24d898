/** Puts all counts together, and prints them as a table. */

import { countEvents, countOrders, countReminders, countShown } from './count.ts';
import { countPages, countWords } from './count-sent.ts';
import type { Promises } from './crowd.ts';
import type { Ledger } from './ledger.ts';
import { delaysIn, type Life, missedIn } from './lives.ts';
import { REMINDERS } from './nags.ts';
import type { Receiver } from './receiver.ts';
import type { Follower } from './streams.ts';

export interface Evidence {
  readonly promised: Promises;
  readonly ledger: Ledger;
  readonly receiver: Receiver;
  readonly lives: readonly Life[];
  readonly followers: readonly Follower[];
  /** What there was to see, by incident. */
  readonly seen: ReadonlyMap<string, readonly number[]>;
  readonly stoppedAt: number;
  /** How late a clock may be, in milliseconds. */
  readonly leeway: number;
  /** What the last Baton wrote. */
  readonly output: string;
}

export interface Report {
  /** Rows of the table: what is counted, and how many. */
  readonly counts: readonly (readonly [string, string | number])[];
  /** How many kills came at each kind of moment. */
  readonly moments: ReadonlyMap<string, number>;
  readonly kills: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
}

export function reportOn(evidence: Evidence): Report {
  const { promised, ledger, receiver, lives, followers, seen, stoppedAt, leeway } = evidence;
  const { incidents, world } = ledger;
  const events = incidents.flatMap((kept) => kept.events);
  const killed = lives.filter(({ by }) => by !== 'stopped');
  const kills = killed.length;
  const pages = countPages(ledger, receiver);
  const words = countWords(ledger, receiver);
  const missed = incidents.flatMap((kept) => missedIn(kept, lives, world));
  const became = (what: string) => missed.filter((one) => one.became === what).length;
  const delays = incidents.flatMap((kept) => delaysIn(kept, lives, world)).map(({ late }) => late);
  const findings = [
    countOrders(promised, ledger),
    countEvents(ledger),
    countReminders(ledger, stoppedAt, leeway),
    pages.findings,
    words.findings,
    countShown(followers, seen),
  ];
  const never = missed.filter((one) => one.became === 'never');
  const lost = [
    ...findings.flatMap((found) => found.lost),
    ...never.map(
      ({ incident, clock }) => `${incident}: ${clock.policy} ${clock.key} came due while it was down, and never ran`,
    ),
  ];
  const doubled = findings.flatMap((found) => found.doubled);
  for (const [what, { extra }] of [['pages', pages] as const, ['words', words] as const]) {
    if (extra > kills) doubled.push(`${extra} ${what} were sent again, more than there were kills`);
  }
  const starts = lives.flatMap(({ spawnedAt, readyAt }) => (readyAt === undefined ? [] : [readyAt - spawnedAt]));
  return {
    counts: [
      ['kills', kills],
      ['  of them before it was ready', killed.filter(({ readyAt }) => readyAt === undefined).length],
      ['orders acknowledged', promised.orders.length],
      ['  of them carried out', promised.orders.filter(({ done }) => done).length],
      ['  asked for more than once', promised.orders.filter(({ tries }) => tries > 1).length],
      ['  answered as repeated', promised.orders.filter(({ repeated }) => repeated).length],
      ['alerts acknowledged', promised.alerts.length],
      ['people introduced', promised.people.size],
      ['incidents', incidents.length],
      ['events', events.length],
      ['reminders', events.filter(({ type }) => REMINDERS.has(type)).length],
      ['came due while down', missed.length],
      ['  ran once, at start', became('ran')],
      ['  overtaken by an order', became('overtaken')],
      ['pages', pages.due],
      ['  arrived', receiver.pages.size],
      ['  overtaken by a later page, an answer, somebody else or the end', pages.overtaken],
      ['  not taken by the receiver, and people told so', pages.told],
      ['  sent again after a kill, under the same key', pages.extra],
      ['publications', words.due],
      ['  not taken by the receiver, and people told so', words.told],
      ['  sent again after a kill, under the same key', words.extra],
      ['browsers that followed an incident', followers.length],
      ['  times they came back', followers.reduce((sum, { returns }) => sum + returns, 0)],
      ['start, median ms', quantile(starts, 0.5)],
      ['a reminder late by, median ms', quantile(delays, 0.5)],
      ['  99 of 100, ms', quantile(delays, 0.99)],
      ['  at most, ms', quantile(delays, 1)],
      ['lost', lost.length],
      ['doubled', doubled.length],
    ],
    moments: new Map([...Map.groupBy(killed, ({ by }) => by)].map(([by, those]) => [by, those.length])),
    kills,
    lost,
    doubled,
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
}

export function tableOf({ counts, moments }: Report): string {
  const rows = [...counts, ['', ''] as const, ['killed', ''] as const];
  for (const [moment, times] of moments) rows.push([`  ${moment}`, times]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${String(value).padStart(7)}`.trimEnd()).join('\n');
}
