/** A database of its own behind a stretch of network that can be watched, cut, and made to answer in its name. */
import { type Stretch, startStretch } from '../../faults/proxy.ts';
import { dropDatabase, freshDatabase } from './test-database.ts';

export interface WatchedDatabase {
  /** Its address without anything in between. */
  readonly where: string;
  readonly through: URL;
  readonly proxy: Stretch;
  drop(): Promise<void>;
}

export async function watchedDatabase(): Promise<WatchedDatabase> {
  const where = await freshDatabase();
  const { hostname, port } = new URL(where);
  const proxy = await startStretch(hostname, Number(port || 27_017));
  const through = new URL(where);
  through.host = `127.0.0.1:${proxy.port}`;
  through.searchParams.set('directConnection', 'true');
  return {
    where,
    through,
    proxy,
    async drop() {
      await proxy.stop();
      await dropDatabase(where);
    },
  };
}
