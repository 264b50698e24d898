/** Kills a Baton that people work with, again and again at every kind of moment, and counts what became of everything. */
import { type FSWatcher, mkdirSync, mkdtempSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../src/config.ts';
import { createClient } from './asking.ts';
import { type BatonProcess, readyAt, startBaton, until } from './baton-process.ts';
import { startCrowd } from './crowd.ts';
import { createHappenings, type Happenings } from './happenings.ts';
import { type Ledger, readLedger } from './ledger.ts';
import type { Life } from './lives.ts';
import { MOMENTS, type Moment } from './moments.ts';
import { type Random, randomFrom } from './random.ts';
import { startReceiver } from './receiver.ts';
import { type Report, reportOn } from './report.ts';
import { writeConfig } from './short-lives.ts';
import { type Follower, follow } from './streams.ts';

export interface Plan {
  readonly kills: number;
  readonly seed: number;
  readonly moments?: readonly Moment[];
  /** Leaves the folder where it is and says where. */
  readonly keep?: boolean;
  readonly say?: (line: string) => void;
}

/** A moment that has not come within this is given up for killing at once. */
const WAITING = 6_000;
/** What everything is given to come to rest, and a clock to be late by, before it counts as lost. */
const REST = 5_000;
const TRIES = 3;

export async function killTest({
  kills,
  seed,
  moments = MOMENTS,
  keep = false,
  say = () => {},
}: Plan): Promise<Report> {
  const random = randomFrom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'baton-kills-'));
  const data = join(folder, 'data');
  for (const name of [data, join(data, 'attachments')]) mkdirSync(name, { mode: 0o700 });
  const happenings = createHappenings();
  const receiver = await startReceiver(happenings, randomFrom(seed + 1));
  const config = writeConfig(folder, receiver.url);

  const lives: Life[] = [];
  const followers = new Map<string, Follower>();
  let address: URL | undefined;
  let baton: BatonProcess | undefined;
  const client = createClient(() => address, happenings, randomFrom(seed + 3));
  const watchers = watchFiles(data, happenings, () => client.waiting > 0);

  function start(): BatonProcess {
    const started = startBaton({
      folder,
      config,
      onReady(url) {
        if (baton !== started) return;
        address = url;
        readiness.set(started, Date.now());
        happenings.emit('ready');
      },
    });
    baton = started;
    void started.ended.then(() => {
      if (baton === started) address = undefined;
    });
    happenings.emit('spawned');
    return started;
  }
  const readiness = new Map<BatonProcess, number>();

  function note(ended: BatonProcess, by: string): void {
    const ready = readiness.get(ended);
    lives.push({
      spawnedAt: ended.spawnedAt,
      ...(ready === undefined ? {} : { readyAt: ready }),
      endedAt: Date.now(),
      by,
    });
  }

  /** One life; true when it was a kill that ended it. */
  async function liveUntil(moment: Moment): Promise<boolean> {
    const weapon = aim(moment, happenings, random);
    const target = start();
    weapon.at(target);
    if (baton === target && moment.at === 'spawned') weapon.now();
    const { code, signal } = await target.ended;
    weapon.drop();
    note(target, signal !== 'SIGKILL' ? 'stopped' : weapon.hit() ? moment.name : 'at any time');
    if (signal === 'SIGKILL') return true;
    if (moment.told !== undefined && code === 0) return false;
    throw new Error(`Baton ended by itself with ${code ?? signal}: ${target.output()}`);
  }

  async function stop(target: BatonProcess): Promise<void> {
    target.kill('SIGTERM');
    const { code, signal } = await target.ended;
    note(target, 'stopped');
    if (code !== 0) throw new Error(`Baton was told to stop and ended with ${code ?? signal}: ${target.output()}`);
  }

  const crowd = startCrowd(client, randomFrom(seed + 2), {
    opened: ({ id }) =>
      followers.set(
        id,
        follow(id, () => address, happenings),
      ),
    closed: ({ id }) => followers.get(id)?.away(),
  });
  try {
    for (let killed = 0; killed < kills; ) {
      const moment = moments[killed < moments.length ? killed : random.upTo(moments.length - 1)] as Moment;
      if (!(await liveUntil(moment))) continue;
      killed += 1;
      if (killed % 10 === 0) say(`${killed} kills, ${crowd.promised.orders.length} orders acknowledged`);
      await sleep(downFor(random));
    }
    let last = start();
    await readyAt(last);
    await crowd.finish();
    for (const follower of followers.values()) follower.back();
    await sleep(REST);
    const seen = await entriesOf([...followers.keys()], () => address);
    await until('every browser to have seen everything', () =>
      [...followers.values()].every((one) => one.last >= (seen.get(one.incident)?.at(-1) ?? 0)),
    );
    const { settings, people } = readConfig({ BATON_CONFIG: config });
    for (let tries = 1; ; tries += 1) {
      const told = Date.now();
      await stop(last);
      const ledger: Ledger = readLedger(data, settings, people);
      const report = reportOn({
        promised: crowd.promised,
        ledger,
        receiver,
        lives,
        followers: [...followers.values()],
        seen,
        stoppedAt: told,
        leeway: REST,
        output: last.output(),
      });
      if ((report.lost.length === 0 && report.doubled.length === 0) || tries === TRIES) return report;
      // What is only late is no loss: it gets another chance, and what is really lost stays so.
      say(`not at rest yet: ${[...report.lost, ...report.doubled].slice(0, 3).join('; ')}`);
      last = start();
      await readyAt(last);
      await sleep(REST);
    }
  } finally {
    client.stop();
    for (const follower of followers.values()) follower.stop();
    for (const watcher of watchers) watcher.close();
    baton?.kill('SIGKILL');
    await baton?.ended;
    await receiver.stop();
    if (keep) say(`everything is in ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

interface Weapon {
  at(target: BatonProcess): void;
  /** The happening was just now. */
  now(): void;
  hit(): boolean;
  drop(): void;
}

/** Waits for the moment and kills, in the very event where the moment has no delay. */
function aim({ at, pass = 0, within, told }: Moment, happenings: Happenings, random: Random): Weapon {
  const timers: NodeJS.Timeout[] = [];
  let target: BatonProcess | undefined;
  let left = random.upTo(pass);
  let hit = false;
  const after = (delay: number, task: () => void) => timers.push(setTimeout(task, delay));
  const kill = () => {
    hit = true;
    target?.kill('SIGKILL');
  };
  const happened = () => {
    left -= 1;
    if (left >= 0 || !target) return;
    happenings.off(at, happened);
    if (within === undefined) kill();
    else after(random.upTo(within), kill);
  };
  happenings.on(at, happened);
  const tell = () => {
    after(random.upTo(told ?? 0), () => {
      target?.kill('SIGTERM');
      happenings.emit('stopping');
    });
  };
  if (told !== undefined) happenings.once('ready', tell);
  return {
    at(started) {
      target = started;
      after(WAITING, () => started.kill('SIGKILL'));
    },
    now: happened,
    hit: () => hit,
    drop() {
      for (const timer of timers) clearTimeout(timer);
      happenings.off(at, happened).off('ready', tell);
    },
  };
}

/** Mostly none; now and then longer than anything takes to come due. */
function downFor(random: Random): number {
  const kind = random.next();
  if (kind < 0.6) return 0;
  return kind < 0.8 ? random.upTo(300) : 1_100 + random.upTo(1_500);
}

function watchFiles(data: string, happenings: Happenings, awaited: () => boolean): FSWatcher[] {
  const log = watch(data, (_event, name) => {
    if (name !== 'baton.db-wal') return;
    happenings.emit('database-written');
    if (awaited()) happenings.emit('order-written');
  });
  const files = watch(join(data, 'attachments'), () => happenings.emit('file-written'));
  return [log, files];
}

/** All entries that a browser can be shown, read back from the end, by incident. */
async function entriesOf(incidents: readonly string[], whereabouts: () => URL | undefined) {
  const found = new Map<string, readonly number[]>();
  for (const incident of incidents) {
    const all: number[] = [];
    for (let before = Number.MAX_SAFE_INTEGER; ; before = all[0] ?? 0) {
      const url = new URL(`/console/incidents/${incident}/entries?as=anna&before=${before}`, whereabouts());
      const { entries } = (await (await fetch(url)).json()) as { entries: { seq: number }[] };
      if (entries.length === 0) break;
      all.unshift(...entries.map(({ seq }) => seq));
    }
    found.set(incident, all);
  }
  return found;
}
