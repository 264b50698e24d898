/** Turns what Agenda asks for (ids, names, data) into a condition of SQL, and a query for what SQL cannot tell. */
import type { JobsQueryOptions, RemoveJobsOptions } from 'agenda';
import type { Query } from './sqlite-match.ts';
import type { Cell } from './sqlite-row.ts';
import type { JobsTable } from './sqlite-table.ts';
import { indexedValue, MANY } from './sqlite-table.ts';
import { isPlainObject } from './sqlite-values.ts';

/** `query` is to be applied to the rows that `where` lets through. */
export interface Criteria {
  readonly where: string;
  readonly cells: readonly Cell[];
  readonly query: Query;
}

const ID = /^[0-9a-f]{24}$/i;

/** Ids as they are stored; a `TypeError` for text that cannot be one, like MongoDB's. */
export function toId(id: unknown): string {
  const text = String(id);
  if (!ID.test(text)) throw new TypeError(`"${text}" is not the id of a job: that has 24 hexadecimal digits.`);
  return text.toLowerCase();
}

class Conditions {
  readonly #terms: string[] = [];
  readonly #cells: Cell[] = [];
  #query: Query = {};

  add(term: string, ...cells: Cell[]): void {
    this.#terms.push(term);
    this.#cells.push(...cells);
  }

  /** Lists go in as one value, so that the statement is the same however long they are. */
  among(column: string, values: readonly string[], not = ''): void {
    this.add(`${column} ${not} IN (SELECT value FROM json_each(?))`, JSON.stringify(values));
  }

  match(table: JobsTable, query: Query): void {
    this.#query = query;
    for (const key of table.indexed) {
      const wanted = query[`data.${key}`];
      if (typeof wanted === 'string') this.add(`${indexedValue(key)} IN (?, '${MANY}')`, wanted);
    }
  }

  get empty(): boolean {
    return this.#terms.length === 0 && Object.keys(this.#query).length === 0;
  }

  done(): Criteria {
    return { where: this.#terms.join(' AND ') || 'TRUE', cells: this.#cells, query: this.#query };
  }
}

const texts = (list: unknown): string[] | undefined => {
  const found = Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
  return found.length > 0 ? found : undefined;
};

/** Adds one or many ids; false when one of them cannot be an id, so that nothing matches. */
function addIds(conditions: Conditions, id: unknown, ids: readonly unknown[] | undefined): boolean {
  const wanted = id ? [id] : (ids ?? []);
  if (!wanted.every((one) => ID.test(String(one)))) return false;
  if (wanted.length > 0) conditions.among('id', wanted.map(toId));
  return true;
}

/** Undefined when nothing can match, which is also the case when nothing is asked for. */
export function toRemove(table: JobsTable, options: RemoveJobsOptions): Criteria | undefined {
  const conditions = new Conditions();
  if (!addIds(conditions, options.id, Array.isArray(options.ids) ? options.ids : [])) return undefined;
  const names = texts(options.names);
  const notNames = texts(options.notNames);
  if (options.name && typeof options.name === 'string') conditions.add('name = ?', options.name);
  else if (Array.isArray(options.names) && options.names.length > 0) {
    if (names) conditions.among('name', names);
  } else if (notNames) conditions.among('name', notNames, 'NOT');
  if (options.data !== undefined) conditions.match(table, dataQuery(options.data));
  return conditions.empty ? undefined : conditions.done();
}

/** Undefined when nothing can match. */
export function toFind(table: JobsTable, options: JobsQueryOptions): Criteria | undefined {
  const conditions = new Conditions();
  const ids = Array.isArray(options.ids) ? options.ids.filter((one) => typeof one === 'string') : [];
  if (!addIds(conditions, typeof options.id === 'string' ? options.id : undefined, ids)) return undefined;
  const names = texts(options.names);
  if (options.search && typeof options.search === 'string') conditions.among('name', namesLike(table, options.search));
  else if (options.name && typeof options.name === 'string') conditions.add('name = ?', options.name);
  else if (names) conditions.among('name', names);
  if (options.data !== undefined) conditions.match(table, dataQuery(options.data));
  if (options.includeDisabled === false) conditions.add('disabled IS NOT 1');
  return conditions.done();
}

/** For `unique`: the name counts whatever the query says about it. */
export function toUnique(table: JobsTable, name: string, unique: Query): Criteria {
  const conditions = new Conditions();
  conditions.add('name = ?', name);
  conditions.match(table, { ...unique, name });
  return conditions.done();
}

/** In any letters' case, of whatever script; SQLite knows only the Latin letters of ASCII. */
function namesLike(table: JobsTable, search: string): string[] {
  const names = table.all('SELECT DISTINCT name FROM agenda_jobs').map((row) => String(row.name));
  return names.filter((name) => name.toLowerCase().includes(search.toLowerCase()));
}

/** Objects match in part: each of their leaves has to be there. Anything else has to be equal. */
function dataQuery(data: unknown): Query {
  if (!isPlainObject(data)) return { data };
  return Object.fromEntries(leaves(data, 'data'));
}

function leaves(value: Record<string, unknown>, path: string): [string, unknown][] {
  return Object.entries(value).flatMap(([key, inner]): [string, unknown][] =>
    isPlainObject(inner) ? leaves(inner, `${path}.${key}`) : [[`${path}.${key}`, inner]],
  );
}
