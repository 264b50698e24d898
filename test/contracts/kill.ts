/** Runs a program and kills it at a random moment. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * The whole lines a program got out before SIGKILL, which falls at random `within` so many milliseconds after its first
 * output, or after its start when `early`. A line that was cut off was never read by anybody and is left out.
 * @throws when the program ends by itself, with what it complained of.
 */
export async function linesUntilKilled(
  program: string,
  args: readonly string[],
  { within, early = false }: { readonly within: number; readonly early?: boolean },
): Promise<string[]> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const closed = once(child, 'close');
  if (!early) await Promise.race([once(child.stdout, 'data'), closed]);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * within));
  child.kill('SIGKILL');
  const [code, signal] = (await closed) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error(`${program} ended by itself (${code}): ${complaints}`);
  return out.split('\n').slice(0, -1);
}
