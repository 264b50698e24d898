/** What is done to instances and their network, one after the other, while people work. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Document } from 'mongodb';
import type { Receiver } from '../durability/receiver.ts';
import type { Instance, Instances } from './instances.ts';
import type { Stage, Watcher } from './proxy.ts';
import { STEPS, type Step, WRITES } from './steps.ts';

export interface Fault {
  readonly name: string;
  /** Whoever orders something meanwhile is told that it could not be kept. */
  readonly tells?: boolean;
  /** Resolves when it is over and everything can recover. */
  does(instances: Instances, victim: Instance, receiver: Receiver): Promise<void>;
}

/** Longer than an instance may be silent without being taken for dead. */
const SILENCE = 12_000;

/** A step that does not come by itself within this is not waited for any longer. */
const WAITING = 60_000;
/** Until then it is left to people to come to it. */
const PROVOKING = 4_000;
/** How long the database refuses: longer than an instance goes on without having been heard. */
const REFUSING = 6_000;
/** How long it is stopped: longer than Baton looks for a server before it tells people that there is none. */
const STOPPED = 15_000;
/** How long receivers are down: some delays of those who try again. */
const DOWN = 8_000;
const HOUR = 3_600_000;

/** Declares an incident and keeps evidence of it: steps that people do not come to often. */
async function provoke(address: URL | undefined): Promise<void> {
  const id = randomUUID();
  const order = { id, data: { command: 'declare', fields: { title: `Provoked ${id}` } } };
  const json = { 'content-type': 'application/json' };
  const declared = { method: 'POST', body: JSON.stringify(order), headers: json };
  const { incident } = (await (await fetch(new URL('/console/orders?as=gina', address), declared)).json()) as {
    incident: string;
  };
  const query = new URLSearchParams({ as: 'gina', id: `${id}-file`, name: `${id}.txt`, text: 'Provoked' });
  const kept = { method: 'POST', body: `Evidence ${id}`, headers: { 'content-type': 'text/plain' } };
  await fetch(new URL(`/console/incidents/${incident}/evidence?${query}`, address), kept);
}

/** Kills whichever instance comes to a step next: before the database has heard of it, or before it hears what came of it. */
function killedAt(step: Step, stage: Stage): Fault {
  return {
    name: stage === 'asked' ? `killed before ${step.name}` : `killed after ${step.name}`,
    async does(instances) {
      const { promise, resolve } = Promise.withResolvers<Instance | undefined>();
      const late = setTimeout(() => resolve(undefined), WAITING);
      for (const one of instances.all) {
        one.proxy.watch((command, at) => {
          if (at !== stage || !step.is(command)) return undefined;
          one.signal('SIGKILL');
          for (const { proxy } of instances.all) proxy.watch(undefined);
          resolve(one);
          return 'drop';
        });
      }
      const provoking = setInterval(() => provoke(instances.anywhere()).catch(() => {}), PROVOKING);
      const killed = await promise;
      clearInterval(provoking);
      clearTimeout(late);
      for (const { proxy } of instances.all) proxy.watch(undefined);
      if (!killed) throw new Error(`nobody came to where ${step.name} within ${WAITING / 1_000} s`);
      await killed.kill();
      await instances.start(killed);
    },
  };
}

/** Something is in the way of every write of every instance for a while: they say so where they are asked whether they are ready. */
function inTheWay(name: string, watcher: Watcher): Fault {
  return {
    name,
    tells: true,
    async does(instances) {
      for (const { proxy } of instances.all) proxy.watch(watcher);
      await Promise.all([sleep(REFUSING), instances.untilAll(false)]);
      for (const { proxy } of instances.all) proxy.watch(undefined);
      await instances.untilAll(true);
    },
  };
}

/** Every write is answered like this, in the database's name. */
function refusing(name: string, says: Document): Fault {
  return inTheWay(name, ({ name: command }, stage) =>
    stage === 'asked' && WRITES.has(command) ? { says } : undefined,
  );
}

const NO_MAJORITY = { code: 64, codeName: 'WriteConcernTimeout', errmsg: 'waiting for replication timed out' };

/** Every write is carried out, and the database says that it may yet be lost. */
const UNCONFIRMED = inTheWay('writes are carried out and not confirmed by a majority', ({ name }, stage, says) =>
  stage === 'answered' && WRITES.has(name) ? { says: { ...says, writeConcernError: NO_MAJORITY } } : undefined,
);

function clockSet(name: string, further: number): Fault {
  return {
    name,
    async does(_instances, victim) {
      victim.setClock(further);
      await sleep(SILENCE);
      victim.setClock(0);
    },
  };
}

/** By whatever stops and starts the server of MONGODB_TEST_URI: commands of a shell, where there are any. */
const { MONGODB_TEST_STOP: STOP, MONGODB_TEST_START: START } = process.env;
const RESTART: Fault = {
  name: 'the database is stopped and started',
  tells: true,
  async does(instances) {
    const run = promisify(execFile);
    await run('/bin/sh', ['-c', STOP ?? '']);
    await Promise.all([sleep(STOPPED), instances.untilAll(false)]);
    await run('/bin/sh', ['-c', START ?? '']);
    await instances.untilAll(true);
  },
};

const BREAKING: readonly Fault[] = [
  {
    name: 'an instance is killed and comes back',
    async does(instances, victim) {
      await victim.kill();
      await sleep(1_500);
      await instances.start(victim);
    },
  },
  {
    name: 'an instance is killed and stays away until it is taken over',
    async does(instances, victim) {
      await victim.kill();
      await sleep(SILENCE);
      await instances.start(victim);
    },
  },
  {
    name: 'an instance is suspended until it is taken over',
    async does(_instances, victim) {
      victim.signal('SIGSTOP');
      await sleep(SILENCE);
      victim.signal('SIGCONT');
    },
  },
  {
    name: 'the connections of an instance to the database break, and none can be made for a while',
    async does(_instances, victim) {
      victim.proxy.set('cut');
      await sleep(3_000);
      victim.proxy.set('passing');
    },
  },
  {
    name: 'the connections of an instance break again and again',
    async does(_instances, victim) {
      for (let n = 0; n < 10; n += 1) {
        victim.proxy.set('cut');
        victim.proxy.set('passing');
        await sleep(300);
      }
    },
  },
  {
    name: 'the database is slow',
    async does(instances) {
      for (const { proxy } of instances.all) proxy.set({ delay: 150 });
      await sleep(4_000);
      for (const { proxy } of instances.all) proxy.set('passing');
    },
  },
  {
    name: 'the database swallows what an instance says',
    async does(_instances, victim) {
      victim.proxy.set('swallow');
      await sleep(4_000);
      victim.proxy.set('cut');
      victim.proxy.set('passing');
    },
  },
  {
    name: 'the database is gone for everybody, and comes back',
    async does(instances) {
      for (const { proxy } of instances.all) proxy.set('cut');
      await sleep(5_000);
      for (const { proxy } of instances.all) proxy.set('passing');
    },
  },
];

const RECEIVERS: Fault = {
  name: 'whoever receives pages and words is down',
  async does(_instances, _victim, receiver) {
    receiver.setDown(true);
    await sleep(DOWN);
    receiver.setDown(false);
  },
};

const REFUSALS: readonly Fault[] = [
  refusing('the database lets nobody write any more: rights were taken', {
    ok: 0,
    code: 13,
    codeName: 'Unauthorized',
    errmsg: 'not authorized on baton to execute this command',
  }),
  refusing('the database is read-only: another member is primary', {
    ok: 0,
    code: 10107,
    codeName: 'NotWritablePrimary',
    errmsg: 'not primary',
  }),
  refusing('the database has no space', {
    ok: 0,
    code: 14031,
    codeName: 'OutOfDiskSpace',
    errmsg: 'available disk space is less than required minimum',
  }),
  UNCONFIRMED,
];

const CLOCKS: readonly Fault[] = [
  clockSet('the clock of an instance is set an hour ahead, and put right', HOUR),
  clockSet('the clock of an instance is set an hour back, and put right', -HOUR),
];

/** By what kind of failure it is; each kind is a test of its own. */
export const KINDS: Readonly<Record<string, readonly Fault[]>> = {
  'processes and connections that break': [...BREAKING, ...(STOP && START ? [RESTART] : [])],
  'writes that are refused': REFUSALS,
  'clocks that are set': CLOCKS,
  'receivers that are down': [RECEIVERS],
  'a kill before each step of the loop': STEPS.map((step) => killedAt(step, 'asked')),
  'a kill after each step of the loop': STEPS.map((step) => killedAt(step, 'answered')),
};

export const FAULTS: readonly Fault[] = Object.values(KINDS).flat();
