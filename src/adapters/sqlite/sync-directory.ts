// Makes the names in a directory durable, which the sync of a file does not.
import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Returns when every name made, changed or removed in `directory` is on the disk. Windows neither needs nor allows it. */
export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
