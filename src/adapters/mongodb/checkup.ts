/** Looks at the MongoDB without writing: what server it is, what this user may do there, and what Baton has there already. */
import type { Db, Document } from 'mongodb';
import { type Check, type Finding, inTwo, note, ok, wrong } from '../../doctor/finding.ts';
import { layoutOf, missingIndexes } from './collections.ts';
import { clientFor } from './database.ts';
import { advice, explain } from './database-error.ts';
import { type Server, serverOf } from './server.ts';
import { LAPSE } from './sharing.ts';

const MEND = 'docs/mongodb.md says what Baton needs there.';

/** What Baton cannot do without, and what it asks for beside it, by MongoDB's own names of rights. */
const NEEDED = ['find', 'insert', 'update', 'remove'];
const WANTED = ['createCollection', 'createIndex', 'collMod'];

/** Milliseconds: whoever runs the doctor waits less than a start does. */
const FINDING = 5_000;

export function mongoCheckup(uri: string): readonly Check[] {
  return [{ of: 'The MongoDB', look: (signal) => lookInto(uri, signal) }];
}

async function lookInto(uri: string, signal: AbortSignal): Promise<readonly Finding[]> {
  let where = '';
  try {
    const { client, db, address } = clientFor(uri, FINDING);
    where = address;
    const giveUp = () => void client.close();
    signal.addEventListener('abort', giveUp);
    try {
      await client.connect();
      const server = await serverOf(db, address);
      return [
        ...serverFindings(server, address),
        ...(await rights(db, address)),
        ...(await contents(db, address, server)),
      ];
    } finally {
      signal.removeEventListener('abort', giveUp);
      await client.close();
    }
  } catch (error) {
    return [wrong(...inTwo(explain(error, where).message, MEND))];
  }
}

function serverFindings({ version, topology, lacks, apart }: Server, address: string): readonly Finding[] {
  return [
    ok(`The MongoDB at ${address} answers: version ${version}, ${topology}.`),
    ...lacks.map((lack) => note(`It lacks ${lack}.`, MEND)),
    ...(apart === 0
      ? []
      : [
          note(
            `Its clock is ${Math.round(Math.abs(apart) / 1_000)} s ${apart > 0 ? 'ahead of' : 'behind'} this machine's.`,
            'Set both by NTP.',
          ),
        ]),
  ];
}

async function rights(db: Db, address: string): Promise<readonly Finding[]> {
  const { authInfo } = await db.command({ connectionStatus: 1, showPrivileges: true });
  const users: readonly Document[] = authInfo?.authenticatedUsers ?? [];
  const held: readonly Document[] | undefined = authInfo?.authenticatedUserPrivileges;
  if (users.length === 0) return [ok('It asks nobody for a name and a password.')];
  if (!held) return [];
  const may = new Set(
    held.filter(({ resource }) => covers(resource, db)).flatMap(({ actions }) => actions as string[]),
  );
  const lacking = (names: readonly string[]) => names.filter((name) => !may.has(name) && !may.has('anyAction'));
  const needed = lacking(NEEDED);
  if (needed.length > 0) {
    return [wrong(...inTwo(advice('denied', address, `it lacks ${needed.join(', ')}`), MEND))];
  }
  const wanted = lacking(WANTED);
  if (wanted.length === 0) return [ok('This user has the rights that Baton needs there.')];
  const remedy = 'Give the user the role dbAdmin on the database, or have somebody who may make what is missing.';
  return [note(`This user may not ${wanted.join(', ')}: Baton makes and checks its collections so.`, remedy)];
}

/** Whether a right is for every collection of the database. */
function covers(resource: Document, { databaseName }: Db): boolean {
  if (resource.anyResource === true) return true;
  return (resource.db === databaseName || resource.db === '') && resource.collection === '';
}

async function contents(db: Db, address: string, { now }: Server): Promise<readonly Finding[]> {
  if ((await layoutOf(db, address)) === undefined) {
    return [ok('Baton has not used this database yet; it makes its collections at its first start.')];
  }
  const [missing, incidents, instances] = await Promise.all([
    missingIndexes(db),
    db.collection('incidents').estimatedDocumentCount(),
    db.collection('instances').countDocuments({ beat: { $gt: new Date(now.getTime() - LAPSE) } }),
  ]);
  const [command] = missing;
  return [
    ok(`It holds ${incidents} incidents; ${atWork(instances)}.`),
    command === undefined
      ? ok('Its indexes are there.')
      : note(
          `${missing.length} of its indexes ${missing.length === 1 ? 'is' : 'are'} missing.`,
          `Start Baton, which makes them, or run: ${command}`,
        ),
  ];
}

function atWork(instances: number): string {
  if (instances === 0) return 'no instance is at work on it';
  return instances === 1 ? 'one instance is at work on it' : `${instances} instances are at work on it`;
}
