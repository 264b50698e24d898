// A throw-away tree under the project's own rules, in which a test plants what the rules forbid.
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The project's root folder. */
export const ROOT = join(import.meta.dirname, '../..');

/** What the tools are governed by; copied, so that the planted tree obeys the same rules as the real one. */
const RULES = [
  '.dependency-cruiser.cjs',
  'biome.json',
  'package.json',
  'tsconfig.json',
  'tsconfig.strict.json',
  'src/core/tsconfig.json',
  'src/cards/tsconfig.json',
];

/** What a tool printed and how it ended. */
export type Verdict = { status: number | null; output: string; complaint: string };

/**
 * Runs a tool of node_modules in a folder, under this Node.
 * @param tool the tool's script below node_modules
 */
export function run(folder: string, tool: string, ...args: string[]): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
    const child = spawn(process.execPath, [join(ROOT, 'node_modules', tool), ...args], { cwd: folder, env });
    const verdict = { status: null, output: '', complaint: '' };
    child.stdout.on('data', (chunk) => {
      verdict.output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      verdict.complaint += chunk;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ ...verdict, status }));
  });
}

/**
 * Hands `use` a new folder outside the project that holds the given files beside the rules, and removes it afterwards.
 * @param files contents by path from the root
 */
export async function withPlanted<T>(files: Record<string, string>, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-house-'));
  try {
    for (const rule of RULES) await cp(join(ROOT, rule), join(folder, rule));
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
