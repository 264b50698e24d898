/** Kills a Baton that people work with, again and again at every kind of moment, and counts what became of everything. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../src/config.ts';
import { aim } from './aim.ts';
import { createClient } from './asking.ts';
import { type BatonProcess, readyAt, startBaton, until } from './baton-process.ts';
import { startCrowd } from './crowd.ts';
import { createHappenings } from './happenings.ts';
import { type Ledger, readLedger } from './ledger.ts';
import type { Life } from './lives.ts';
import { MOMENTS, type Moment } from './moments.ts';
import { type Random, randomFrom } from './random.ts';
import { startReceiver } from './receiver.ts';
import { type Report, reportOn } from './report.ts';
import { writeConfig } from './short-lives.ts';
import { entriesOf, type Follower, follow } from './streams.ts';
import { watchFiles } from './watched-files.ts';

export interface Plan {
  readonly kills: number;
  readonly seed: number;
  readonly moments?: readonly Moment[];
  /** Leaves the folder where it is and says where. */
  readonly keep?: boolean;
  readonly say?: (line: string) => void;
}

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
  // Each kind of moment once before any comes again.
  const first = random.shuffled(moments);
  try {
    for (let killed = 0; killed < kills; ) {
      const moment = first[killed] ?? random.of(moments);
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

/** Mostly none; now and then longer than anything takes to come due. */
function downFor(random: Random): number {
  const kind = random.next();
  if (kind < 0.6) return 0;
  return kind < 0.8 ? random.upTo(300) : 1_100 + random.upTo(1_500);
}
