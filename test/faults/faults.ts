/** What is done to instances and their network, one after the other, while people work. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Instance, Instances } from './instances.ts';

export interface Fault {
  readonly name: string;
  /** Resolves when it is over and everything can recover. */
  does(instances: Instances, victim: Instance): Promise<void>;
}

/** Longer than an instance may be silent without being taken for dead. */
const SILENCE = 12_000;

export const FAULTS: readonly Fault[] = [
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
