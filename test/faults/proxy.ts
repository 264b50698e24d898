/** A stretch of network on loopback, between one instance and its database, that can be cut, slowed, made to swallow, and watched. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Document } from 'mongodb';
import { answer, answersTo, bodyOf, type Command, commandIn, wholeMessages } from './wire.ts';

/** `cut`: connections break and none can be made. `swallow`: they stay, and nothing arrives on the other side. */
export type Condition = 'passing' | 'cut' | 'swallow' | { readonly delay: number };

/** `asked`: the database has not heard of it yet. `answered`: it has done it, and the instance has not heard of that. */
export type Stage = 'asked' | 'answered';

/** What becomes of a message: nothing at all, or another answer than the database's. Undefined lets it pass. */
export type Verdict = 'drop' | { readonly says: Document } | undefined;

/** `says` is the answer, at the stage of that. */
export type Watcher = (command: Command, stage: Stage, says: Document) => Verdict;

export interface Stretch {
  readonly port: number;
  set(condition: Condition): void;
  /** Nobody watches where it is undefined. */
  watch(watcher: Watcher | undefined): void;
  stop(): Promise<void>;
}

export async function startStretch(host: string, port: number): Promise<Stretch> {
  let condition: Condition = 'passing';
  let watcher: Watcher | undefined;
  const sockets = new Set<Socket>();

  /** Each whole message in turn, because each waits for the one before it. */
  function carry(from: Socket, to: Socket, pass: (message: Buffer) => Buffer | undefined): void {
    sockets.add(from);
    from.on('error', () => {});
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
    let last = Promise.resolve();
    const take = wholeMessages((message) => {
      const wait = typeof condition === 'object' ? condition.delay : 0;
      last = last.then(async () => {
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        // Lost for good: what the connection says afterwards would be nonsense, so it says nothing more.
        if (condition === 'swallow') from.removeAllListeners('data').resume();
        else {
          const passed = pass(message);
          if (passed && !to.destroyed) to.write(passed);
        }
      });
    });
    from.on('data', take);
  }

  const server = createServer((near) => {
    if (condition === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(port, host);
    const asked = new Map<number, Command>();
    carry(near, far, (message) => {
      const command = watcher && commandIn(message);
      if (!command) return message;
      asked.set(command.id, command);
      const verdict = watcher?.(command, 'asked', {});
      if (verdict === 'drop') return undefined;
      if (verdict === undefined) return message;
      near.write(answer(command.id, verdict.says));
      return undefined;
    });
    carry(far, near, (message) => {
      const command = asked.get(answersTo(message));
      asked.delete(answersTo(message));
      const verdict = command && watcher?.(command, 'answered', bodyOf(message) ?? {});
      if (verdict === 'drop') return undefined;
      return command && verdict ? answer(command.id, verdict.says) : message;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    set(next) {
      condition = next;
      if (next === 'cut') for (const socket of sockets) socket.destroy();
    },
    watch(next) {
      watcher = next;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
