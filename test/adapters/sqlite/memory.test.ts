// The suite of memories, run by SQLite.
import { openDatabase } from '../../../src/adapters/sqlite/database.ts';
import { sqliteMemory } from '../../../src/adapters/sqlite/memory.ts';
import { memoryContract } from '../../contracts/memory.ts';
import { freshDirectory, removeDirectory } from './data-directory.ts';

memoryContract({
  name: 'SQLite',
  async open() {
    const where = await freshDirectory();
    let database = openDatabase(where);
    return {
      memory: sqliteMemory(database),
      async reopen() {
        database.close();
        database = openDatabase(where);
        return sqliteMemory(database);
      },
      async close() {
        database.close();
        await removeDirectory(where);
      },
    };
  },
});
