/** Keeps in SQLite what outlets remember beyond any one incident. */
import type { Memory } from '../../core/ports.ts';
import type { Database } from './database.ts';

export function sqliteMemory({ connection, attempt, durably }: Database): Memory {
  const all = attempt(() =>
    connection.prepare('SELECT json_group_object(key, value) AS found FROM memory WHERE outlet = ?'),
  );
  const one = connection.prepare('SELECT value FROM memory WHERE outlet = ? AND key = ?');
  const put = connection.prepare(`
    INSERT INTO memory VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value`);
  const forget = connection.prepare('DELETE FROM memory WHERE outlet = ? AND key = ?');
  const take = connection.prepare('DELETE FROM memory WHERE outlet = ? AND key = ? RETURNING value');
  return {
    async remember(outlet, key, value) {
      await durably(() => (value === undefined ? forget.run(outlet, key) : put.run(outlet, key, value)));
    },
    async recall(outlet, key) {
      if (key !== undefined) {
        const found = attempt(() => one.get(outlet, key));
        return found ? { [key]: found.value as string } : {};
      }
      const row = attempt(() => all.get(outlet));
      return JSON.parse(row?.found as string) as Record<string, string>;
    },
    async take(outlet, key) {
      return (await durably(() => take.get(outlet, key)))?.value as string | undefined;
    },
  };
}
