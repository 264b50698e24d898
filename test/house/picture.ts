/** Draws who imports whom, from the code itself; `npm run picture` writes it into ARCHITECTURE.md. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGE = `${ROOT}ARCHITECTURE.md`;
const FENCE = /```mermaid\n[\s\S]*?```/;

interface Cruise {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string }[];
  }[];
}

/** The rooms of the house: a file belongs to the first that fits. */
const ROOMS: readonly (readonly [RegExp, string])[] = [
  [/^src\/core\/commands\//, 'core/commands'],
  [/^src\/core\/policies\//, 'core/policies'],
  [/^src\/core\/((ports|at-hand|handle|sweep|retain|summary)\.ts$|handling\/)/, 'core: ports, handle, sweep'],
  [/^src\/core\//, 'core: state and folds'],
  [/^src\/cards\//, 'cards'],
  [/^src\/desk\//, 'desk'],
  [/^src\/posting\//, 'posting'],
  [/^src\/doctor\//, 'doctor'],
  [/^src\/drill\//, 'drill'],
  [/^src\/adapters\/([^/]+)\//, 'adapters/$1'],
  [/^src\//, 'main'],
];

function roomOf(file: string): string | undefined {
  for (const [pattern, name] of ROOMS) {
    const match = pattern.exec(file);
    if (match) return name.replace('$1', match[1] ?? '');
  }
  return undefined;
}

/** The picture as Mermaid text, the same for the same code. */
export function picture(): string {
  const args = ['depcruise', 'src', '--config', '.dependency-cruiser.cjs', '--include-only', '^src', '-T', 'json'];
  const { modules } = JSON.parse(
    execFileSync('npx', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] }),
  ) as Cruise;
  const arrows = new Set<string>();
  const rooms = new Set<string>();
  for (const { source, dependencies } of modules) {
    const from = roomOf(source);
    if (from === undefined) continue;
    rooms.add(from);
    for (const { resolved } of dependencies) {
      const to = roomOf(resolved);
      if (to !== undefined && to !== from) arrows.add(`${from}\t${to}`);
    }
  }
  const ids = new Map([...rooms].sort().map((room, n) => [room, `r${n}`]));
  const boxes = [...ids].map(([room, id]) => `  ${id}["${room}"]`);
  const lines = [...arrows].sort().map((arrow) => {
    const [from = '', to = ''] = arrow.split('\t');
    return `  ${ids.get(from)} --> ${ids.get(to)}`;
  });
  return ['flowchart TD', ...boxes, ...lines].join('\n');
}

/** The picture that stands in ARCHITECTURE.md. */
export function drawnPicture(): string | undefined {
  return FENCE.exec(readFileSync(PAGE, 'utf8'))?.[0].replace(/^```mermaid\n|\n```$/g, '');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(PAGE, readFileSync(PAGE, 'utf8').replace(FENCE, `\`\`\`mermaid\n${picture()}\n\`\`\``));
}
