// A clock that a killed process had taken rings in the next one in time, and not when the dead lock lapses.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

/** Everything that it said up to and including `last`; it is killed then. */
async function saidUntil(last: string, folder: string, which: string): Promise<string[]> {
  const program = join(import.meta.dirname, 'clock-ringer.ts');
  const child = spawn(process.execPath, [program, folder, which], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.includes(`${last}\n`)) child.kill('SIGKILL');
  });
  const patience = setTimeout(() => child.kill('SIGTERM'), 60_000);
  await closed;
  clearTimeout(patience);
  return said.trimEnd().split('\n');
}

test('what a killed process had taken, or was ringing, rings once in the next', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-locks-'));
  try {
    expect(await saidUntil('both are taken', folder, 'first')).toEqual(['both are taken']);
    const said = await saidUntil('none is left', folder, 'next');
    expect(said.toSorted()).toEqual(['ahead', 'none is left', 'ringing']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 150_000);
