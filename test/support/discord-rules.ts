/** What Discord refuses of a request's body: its official description where that is there, and the rules that it misses. */
import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const DESCRIPTION = new URL('../../../shared/schemas/discord-openapi.json', import.meta.url);

type Json = Record<string, unknown>;

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
}

/** Whether bodies are held to the official description as well. */
export const DESCRIBED = existsSync(DESCRIPTION);

const document = DESCRIBED ? (JSON.parse(readFileSync(DESCRIPTION, 'utf8')) as Json) : undefined;
const paths = (document?.paths ?? {}) as Record<string, Record<string, Operation>>;
const patterns = Object.keys(paths).map((path) => ({
  path,
  pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`),
  // `@original` is a path of its own, and no message id.
  fixed: (path.match(/\{/g) ?? []).length,
}));
const compiled = new Map<string, ValidateFunction | undefined>();
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
if (document) ajv.addSchema({ $id: 'discord', components: document.components } as Json);

/** Permission bits go as strings, and are described as integers. */
const BITS: ReadonlySet<string> = new Set(['allow', 'deny', 'permissions', 'default_member_permissions']);

function withBits(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => withBits(one));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withBits(inner, name)]));
  }
  return BITS.has(key) && typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
}

function absolute(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"discord#/components/'));
}

function validator(method: string, path: string): ValidateFunction | undefined {
  const [match] = patterns.filter(({ pattern }) => pattern.test(path)).sort((a, b) => a.fixed - b.fixed);
  if (!match) throw new Error(`Discord has no address ${path}`);
  const operation = paths[match.path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`Discord has no ${method} ${match.path}`);
  const key = `${method} ${match.path}`;
  if (!compiled.has(key)) {
    const schema = operation.requestBody?.content['application/json']?.schema;
    compiled.set(key, schema && ajv.compile(absolute(schema) as Json));
  }
  return compiled.get(key);
}

/** Why Discord would answer 400; undefined for what it takes. */
export function refusedBecause(method: string, path: string, body: unknown): string | undefined {
  if (document) {
    const validate = validator(method, path);
    if (validate && !validate(withBits(body))) {
      const deepest = [...(validate.errors ?? [])].sort((a, b) => b.instancePath.length - a.instancePath.length)[0];
      return `${method} ${path}: ${deepest?.instancePath} ${deepest?.message}`;
    }
  }
  return missed(method, path, body as Json | undefined);
}

const V2 = 1 << 15;

/** The rules that the description misses. */
function missed(method: string, path: string, body: Json | undefined): string | undefined {
  if (path.endsWith('/callback')) {
    const { type, data } = body as { type: number; data?: Json };
    if ([4, 8, 9].includes(type) && !data) return 'a callback without data';
    if (type === 9) return brokenComponents((data?.components ?? []) as Json[], 5);
    if (type === 8) return brokenChoices((data?.choices ?? []) as Json[]);
    return type === 4 || type === 7 ? brokenMessage(data ?? {}, type === 4) : undefined;
  }
  if (/\/messages(\/[^/]+)?$/.test(path) && (method === 'POST' || method === 'PATCH')) {
    return brokenMessage(body ?? {}, method === 'POST');
  }
  if (path.endsWith('/commands')) return brokenCommands(body as unknown as Json[]);
  return undefined;
}

function brokenMessage(message: Json, whole: boolean): string | undefined {
  const { content, components, embeds, allowed_mentions, nonce, enforce_nonce } = message;
  const flags = Number(message.flags ?? 0);
  if (typeof content === 'string' && content.length > 2_000) return 'content over 2000 characters';
  if (!allowed_mentions && (content || components)) return 'a message that does not say whom it may ping';
  const parse = (allowed_mentions as Json | undefined)?.parse;
  if (Array.isArray(parse) && parse.length > 0) return 'a message that may ping whole groups';
  if (typeof nonce === 'string' && nonce.length > 25) return 'a nonce over 25 characters';
  if (nonce !== undefined && enforce_nonce !== true) return 'a nonce that is not enforced';
  if ((flags & V2) !== 0) {
    if (content || embeds) return 'content beside Components V2';
    const list = (components ?? []) as Json[];
    if (whole && list.length === 0) return 'an empty message';
    return brokenComponents(list);
  }
  const sum = ((embeds ?? []) as Json[]).reduce((letters, embed) => letters + JSON.stringify(embed).length, 0);
  if (sum > 6_000) return 'embeds over 6000 characters together';
  if (whole && !content && !embeds) return 'an empty message';
  const rows = (components ?? []) as Json[];
  if (rows.length > 5) return 'more than five rows';
  return brokenComponents(rows);
}

function brokenComponents(list: readonly Json[], most = 40): string | undefined {
  const ids = new Set<string>();
  let count = 0;
  let letters = 0;
  let broken: string | undefined;
  const walk = (one: Json): void => {
    count += 1;
    const { type, custom_id: id, url, components, component, options } = one as Json & { custom_id?: string };
    if (typeof one.content === 'string') letters += one.content.length;
    const pressable = type === 3 || type === 4 || type === 5 || (type === 2 && one.style !== 5);
    if (pressable && !id) broken = 'something to press without a custom_id';
    if (type === 2 && one.style === 5 && !url) broken = 'a link button without a link';
    if (id !== undefined && ids.has(id)) broken = `custom_id twice: ${id}`;
    if (id !== undefined) ids.add(id);
    const inner = (components ?? []) as Json[];
    if (type === 1 && inner.length > 5) broken = 'more than five buttons in a row';
    if (type === 1 && inner.length > 1 && inner.some((two) => two.type !== 2)) broken = 'a select beside others';
    const values = ((options ?? []) as Json[]).map(({ value }) => String(value));
    if (new Set(values).size < values.length) broken = 'an option twice';
    if (Number(one.max_values ?? 1) > Math.max(values.length, 1) && type === 3) broken = 'more picks than options';
    for (const two of inner) walk(two);
    if (component) walk(component as Json);
  };
  for (const one of list) walk(one);
  if (most === 5 && list.length > 5) return 'more than five inputs in a modal';
  if (count > 40) return `${count} components`;
  return letters > 4_000 ? `${letters} characters of text` : broken;
}

function brokenChoices(choices: readonly Json[]): string | undefined {
  if (choices.length > 25) return 'more than 25 choices';
  const wrong = choices.find(({ name, value }) => !name || String(name).length > 100 || String(value).length > 100);
  return wrong && `a choice that is empty or too long: ${JSON.stringify(wrong)}`;
}

const NAME = /^[-_\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

function brokenCommands(commands: readonly Json[]): string | undefined {
  let broken: string | undefined;
  const walk = (one: Json): number => {
    const {
      name,
      description = '',
      options,
      type,
    } = one as { name: string; description?: string; options?: Json[]; type?: number };
    const names = [name, ...Object.values((one.name_localizations ?? {}) as Record<string, string>)];
    const said = [description, ...Object.values((one.description_localizations ?? {}) as Record<string, string>)];
    const slash = type !== 3 || options !== undefined || description !== '';
    for (const each of slash ? names : [])
      if (!NAME.test(each) || each !== each.toLowerCase()) broken = `the name ${each}`;
    for (const each of said) if (each.length > 100 || (slash && each === '')) broken = `the description of ${name}`;
    const list = options ?? [];
    if (list.length > 25) broken = `${list.length} options of ${name}`;
    for (const language of ['', 'de']) {
      const called = list.map(
        (two) => ((two.name_localizations ?? {}) as Record<string, string>)[language] ?? two.name,
      );
      if (new Set(called).size < called.length) broken = `a name twice in ${name}`;
    }
    const optional = list.findIndex((two) => two.type !== 1 && two.type !== 2 && !two.required);
    if (optional >= 0 && list.slice(optional).some((two) => two.required))
      broken = `required after optional in ${name}`;
    const longest = (texts: readonly string[]) => Math.max(...texts.map(({ length }) => length));
    return longest(names) + longest(said) + list.reduce((sum, two) => sum + walk(two), 0);
  };
  for (const command of commands)
    if (walk(command) > 8_000) broken = `${command.name as string} is over 8000 characters`;
  return broken;
}
