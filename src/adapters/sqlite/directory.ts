/** Keeps the people who signed in by themselves in SQLite. */
import type { Directory } from '../../core/ports.ts';
import type { Person } from '../../core/units.ts';
import type { Database } from './database.ts';

/** Adding somebody known replaces what was known of them. People come in the order they first signed in. */
export function sqliteDirectory({ connection, attempt, durably }: Database): Directory {
  const all = attempt(() => connection.prepare('SELECT person FROM people ORDER BY rowid'));
  const put = connection.prepare('INSERT INTO people VALUES (?, ?) ON CONFLICT DO UPDATE SET person = excluded.person');
  const join = connection.prepare('INSERT INTO people VALUES (?, ?) ON CONFLICT DO NOTHING');
  const one = connection.prepare('SELECT person FROM people WHERE id = ?');
  return {
    async people() {
      return attempt(() => all.all()).map((row) => JSON.parse(row.person as string) as Person);
    },
    async add(person) {
      await durably(() => put.run(person.id, JSON.stringify(person)));
    },
    async join(person) {
      return (await durably(() => join.run(person.id, JSON.stringify(person)))).changes === 1;
    },
    async bind({ id, name }, surface, account) {
      return durably(() => {
        const row = one.get(id);
        const person: Person = row ? (JSON.parse(row.person as string) as Person) : { id, name };
        const own = person.ids?.[surface];
        if (own === undefined) put.run(id, JSON.stringify({ ...person, ids: { ...person.ids, [surface]: account } }));
        return own === undefined || own === account;
      });
    },
  };
}
