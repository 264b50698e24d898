// The files of the project, as somebody who has just cloned it would find them.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ROOT } from './planted.ts';

/** What is no part of the project: .gitignore's folders and git's own. */
const NOT_OURS = new Set(['node_modules', '.git', 'data', 'coverage']);

/** Paths from the root, with slashes; folders named in NOT_OURS are left out wherever they stand. */
export async function files(folder = ROOT): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (NOT_OURS.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await files(path)));
    else if (entry.isFile() && !/^\.env|\.log$/.test(entry.name)) found.push(relative(ROOT, path).split(sep).join('/'));
  }
  return found;
}

/** A file's text, or '' for one that is not text (it holds a NUL byte). */
export async function text(path: string): Promise<string> {
  const content = await readFile(join(ROOT, path), 'utf8');
  return content.includes('\0') ? '' : content;
}
