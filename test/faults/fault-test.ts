/** Lets people work with several Batons on one MongoDB while everything fails that can, and counts what became of it. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { readConfig } from '../../src/config.ts';
import { createClient } from '../durability/asking.ts';
import { type Crowd, startCrowd } from '../durability/crowd.ts';
import { createHappenings } from '../durability/happenings.ts';
import type { Life } from '../durability/lives.ts';
import { randomFrom } from '../durability/random.ts';
import { startReceiver } from '../durability/receiver.ts';
import { type Report, reportOn } from '../durability/report.ts';
import { writeConfig } from '../durability/short-lives.ts';
import type { Fault } from './faults.ts';
import { startInstances } from './instances.ts';
import { readMongoLedger } from './mongo-ledger.ts';

export interface FaultPlan {
  /** Any MongoDB; a database of its own name is made on it, and dropped. */
  readonly uri: string;
  readonly faults: readonly Fault[];
  /** How far the clock of each instance is ahead, in milliseconds. */
  readonly clocks: readonly number[];
  readonly seed: number;
  readonly say?: (line: string) => void;
}

/** People work this long before, between and after faults. */
const CALM = 3_000;
/** What everything is given to come to rest, and a clock to be late by: longer than it takes to take over from the dead. */
const REST = 15_000;
const TRIES = 3;

export async function faultTest({ uri, faults, clocks, seed, say = () => {} }: FaultPlan): Promise<Report> {
  const random = randomFrom(seed);
  const place = new URL(uri);
  place.pathname = `/baton_faults_${randomBytes(6).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), 'baton-faults-'));
  const happenings = createHappenings();
  const receiver = await startReceiver(happenings, randomFrom(seed + 1));
  const config = writeConfig(folder, receiver.url);
  const instances = await startInstances({ uri: place.href, folder, config, clocks, random });
  const client = createClient(instances.anywhere, happenings, randomFrom(seed + 3));
  const lives: Life[] = [];
  const began = Date.now();
  const untold: string[] = [];
  let crowd: Crowd | undefined;
  try {
    await instances.startAll();
    const poisoned = await poison(place.href, instances.anywhere());
    const working = startCrowd(client, randomFrom(seed + 2), { opened() {}, closed() {} });
    crowd = working;
    for (const fault of faults) {
      await sleep(CALM);
      const victim = random.of(instances.all);
      lives.push({ spawnedAt: began, readyAt: began, endedAt: Date.now(), by: fault.name });
      const told = client.unkept;
      await fault.does(instances, victim, receiver);
      if (fault.tells && client.unkept === told) untold.push(`nobody was told while ${fault.name}`);
      say(`${fault.name}: over, ${working.promised.orders.length} orders acknowledged so far`);
    }

    await sleep(CALM);
    await working.finish();
    const { settings, people } = readConfig({ BATON_CONFIG: config });
    for (let tries = 1; ; tries += 1) {
      await sleep(REST);
      const stoppedAt = Date.now();
      await instances.stop();
      const report = reportOn({
        promised: working.promised,
        ledger: await readMongoLedger(place.href, settings, people, poisoned),
        receiver,
        lives,
        followers: [],
        seen: new Map(),
        stoppedAt,
        leeway: REST,
        output: instances.output(),
      });
      const told = ['told that it could not be kept', client.unkept] as const;
      if ((report.lost.length === 0 && report.doubled.length === 0) || tries === TRIES) {
        return { ...report, lost: [...report.lost, ...untold], counts: [...report.counts, told] };
      }
      // What is only late is no loss: it gets another chance, and what is really lost stays so.
      say(`not at rest yet: ${[...report.lost, ...report.doubled].slice(0, 3).join('; ')}`);
      await instances.startAll();
    }
  } finally {
    // What nobody answers any more is given up, after a failure.
    crowd?.finish().catch(() => {});
    client.stop();
    await instances.clear();
    await receiver.stop();
    const direct = await MongoClient.connect(place.href);
    await direct.db().dropDatabase();
    await direct.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An incident that no Baton can read from here on: it must not be in the way of the others. */
async function poison(uri: string, address: URL | undefined): Promise<Set<string>> {
  const order = { id: 'poison', data: { command: 'declare', fields: { title: 'Cannot be read' } } };
  const asked = { method: 'POST', body: JSON.stringify(order), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(new URL('/console/orders?as=anna', address), asked);
  const { incident } = (await answer.json()) as { incident: string };
  const client = await MongoClient.connect(uri);
  const event = { type: 'of-no-known-type', seq: 1_000, at: 0, by: 'anna' };
  const incidents = client.db().collection<{ _id: string; events: object[]; version: number }>('incidents');
  await incidents.updateOne({ _id: incident }, { $push: { events: event }, $inc: { version: 1 } });
  await client.close();
  return new Set([incident]);
}
