/** Simple paths into a body: names and numbers with dots between, `monitor.tags.0`. No language, and nothing is run. */

/**
 * What stands at a path; undefined when it leads nowhere. A name may have dots of its own: what is there as it is written
 * comes before what lies deeper.
 */
export function at(body: unknown, path: string): unknown {
  if (typeof body !== 'object' || body === null) return undefined;
  const steps = path.split('.');
  for (let taken = steps.length; taken > 0; taken -= 1) {
    const name = steps.slice(0, taken).join('.');
    // Only what was sent: no list's length, no object's constructor.
    if (!Object.prototype.propertyIsEnumerable.call(body, name)) continue;
    const inner = (body as Readonly<Record<string, unknown>>)[name];
    const found = taken === steps.length ? inner : at(inner, steps.slice(taken).join('.'));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Deeper than this nobody looks for the news in a body that nobody knows. */
const DEEPEST = 4;

/** What a body says, at most so many values, each with its name: `host: db-1, check: disk`. */
export function gist(body: unknown, most = 20): string {
  const said: string[] = [];
  const look = (value: unknown, name: string, depth: number) => {
    if (said.length >= most || depth > DEEPEST) return;
    if (typeof value === 'object' && value !== null) {
      for (const [inner, one] of Object.entries(value)) look(one, Array.isArray(value) ? name : inner, depth + 1);
    } else if (value !== null && value !== undefined && String(value).trim() !== '') {
      said.push(name === '' ? String(value) : `${name}: ${String(value)}`);
    }
  };
  look(body, '', 0);
  return said.join(', ');
}
