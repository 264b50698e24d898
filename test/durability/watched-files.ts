/** Sees when Baton writes: the moments at which something is half done. */
import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import type { Happenings } from './happenings.ts';

/** @param awaited whether somebody waits for the answer to an order just now */
export function watchFiles(data: string, happenings: Happenings, awaited: () => boolean): FSWatcher[] {
  const log = watch(data, (_event, name) => {
    if (name !== 'baton.db-wal') return;
    happenings.emit('database-written');
    if (awaited()) happenings.emit('order-written');
  });
  const files = watch(join(data, 'attachments'), () => happenings.emit('file-written'));
  return [log, files];
}
