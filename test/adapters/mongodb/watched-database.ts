/** A database of its own behind a stretch of network that can be watched, cut, and made to answer in its name. */
import type { Log } from '../../../src/core/ports.ts';
import { type Stretch, startStretch } from '../../faults/proxy.ts';
import { dropDatabase, freshDatabase } from './test-database.ts';

export interface WatchedDatabase {
  /** Its address without anything in between. */
  readonly where: string;
  readonly through: URL;
  readonly proxy: Stretch;
  /** Takes warnings down. */
  readonly log: Log;
  readonly warned: readonly string[];
  drop(): Promise<void>;
}

export async function watchedDatabase(): Promise<WatchedDatabase> {
  const where = await freshDatabase();
  const { hostname, port } = new URL(where);
  const proxy = await startStretch(hostname, Number(port || 27_017));
  const through = new URL(where);
  through.host = `127.0.0.1:${proxy.port}`;
  through.searchParams.set('directConnection', 'true');
  const warned: string[] = [];
  return {
    where,
    through,
    proxy,
    log: { info() {}, error() {}, warn: (_facts, message) => void warned.push(message) },
    warned,
    async drop() {
      await proxy.stop();
      await dropDatabase(where);
    },
  };
}
