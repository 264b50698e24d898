/** Keeps in MongoDB what outlets remember beyond any one incident. */
import type { Memory } from '../../core/ports.ts';
import type { MongoDatabase } from './database.ts';
import { isDuplicate } from './database-error.ts';

export function mongoMemory({ attempt, collections }: MongoDatabase): Memory {
  const { memory } = collections;

  async function put(outlet: string, key: string, value: string): Promise<void> {
    await memory.updateOne({ _id: { outlet, key } }, { $set: { outlet, key, value } }, { upsert: true });
  }

  return {
    async remember(outlet, key, value) {
      await attempt(async () => {
        if (value === undefined) {
          await memory.deleteOne({ _id: { outlet, key } });
          return;
        }
        await put(outlet, key, value).catch((error) => {
          // Another was first to remember it; the later one counts.
          if (!isDuplicate(error)) throw error;
          return put(outlet, key, value);
        });
      });
    },
    async recall(outlet, key) {
      const asked = key === undefined ? { outlet } : { _id: { outlet, key } };
      const found = await attempt(() => memory.find(asked).toArray());
      return Object.fromEntries(found.map((one) => [one.key, one.value]));
    },
    async take(outlet, key) {
      return (await attempt(() => memory.findOneAndDelete({ _id: { outlet, key } })))?.value;
    },
  };
}
