/** Keeps the people who signed in by themselves in MongoDB. */
import { ObjectId } from 'mongodb';
import type { Directory } from '../../core/ports.ts';
import type { Person } from '../../core/units.ts';
import type { MongoDatabase } from './database.ts';
import { isDuplicate } from './database-error.ts';
import { fieldName, fromStored, toStored } from './field-names.ts';

/** Adding somebody known replaces what was known of them. People come in the order they first signed in. */
export function mongoDirectory({ attempt, collections }: MongoDatabase): Directory {
  const { people } = collections;

  async function put(person: Person): Promise<void> {
    const update = { $set: { person: toStored(person) as object }, $setOnInsert: { since: new ObjectId() } };
    await people.updateOne({ _id: person.id }, update, { upsert: true });
  }

  return {
    async people() {
      const found = await attempt(() => people.find().sort({ since: 1 }).toArray());
      return found.map(({ person }) => fromStored(person) as Person);
    },
    join: (person) =>
      attempt(async () => {
        try {
          await people.insertOne({ _id: person.id, since: new ObjectId(), person: toStored(person) as object });
          return true;
        } catch (error) {
          if (!isDuplicate(error)) throw error;
          return false;
        }
      }),
    bind: ({ id, name }, surface, account) =>
      attempt(async () => {
        const field = `person.ids.${fieldName(surface)}`;
        const added = { since: new ObjectId(), 'person.id': id, 'person.name': name };
        const update = { $set: { [field]: account }, $setOnInsert: added };
        try {
          await people.updateOne({ _id: id, [field]: { $exists: false } }, update, { upsert: true });
        } catch (error) {
          // Somebody is there, with an account of that surface: whose it is the next line tells.
          if (!isDuplicate(error)) throw error;
        }
        return (await people.findOne({ _id: id, [field]: account })) !== null;
      }),
    add: (person) =>
      attempt(() =>
        // Of two that add the same person at once, the one that finds it there already replaces it.
        put(person).catch((error) => {
          if (!isDuplicate(error)) throw error;
          return put(person);
        }),
      ),
  };
}
