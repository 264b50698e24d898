/** Reads YAML so that every key and value can be pointed at by line and column. */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import type { Problem } from './problems.ts';

export interface YamlText {
  /** What it says, as plain objects; settings left empty (`people:` with nothing below) are left out. */
  readonly value: unknown;
  /** What the parser itself objects to. */
  readonly broken: readonly { readonly message: string; readonly place: string }[];
  /** `line:column`, both from 1, of the deepest part of the path that is there. */
  place(problem: Pick<Problem, 'path' | 'at'>): string;
}

export function readYaml(text: string): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const broken = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    message,
    place: placeAt(pos[0]),
  }));
  let value: unknown = {};
  if (broken.length === 0) {
    try {
      value = withoutEmpty(document.toJS()) ?? {};
    } catch (error) {
      // An alias that leads nowhere, or so many that the text would explode.
      broken.push({ message: error instanceof Error ? error.message : String(error), place: '1:1' });
    }
  }
  return { value, broken, place: ({ path, at }) => placeAt(offsetOf(document, path, at)) };
}

function offsetOf(document: Document, path: Problem['path'], at: Problem['at']): number {
  let node: unknown = document.contents;
  let found = isNode(node) ? start(node) : 0;
  for (const [depth, step] of path.entries()) {
    const here: unknown = isAlias(node) ? node.resolve(document) : node;
    const child = childOf(here, step);
    if (child === undefined) break;
    const key = isPair(child) ? (child.key as Node | null) : undefined;
    node = isPair(child) ? child.value : child;
    const wantsKey = at === 'key' || depth < path.length - 1;
    found = wantsKey || !isNode(node) ? start(key ?? node, found) : start(node, found);
  }
  return found;
}

function childOf(node: unknown, step: string | number): Pair | Node | undefined {
  if (isMap(node)) {
    return node.items.find((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key) === String(step));
  }
  if (isSeq(node) && typeof step === 'number') return node.items[step] as Node | undefined;
  return undefined;
}

function start(node: unknown, otherwise = 0): number {
  return isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise;
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const kept = Object.entries(value).map(([key, inner]) => [key, withoutEmpty(inner)] as const);
  return Object.fromEntries(kept.filter(([, inner]) => inner !== undefined));
}
