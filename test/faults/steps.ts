/** The steps of the loop, as the database hears of them: at each an instance can be killed, before and after it is done. */
import type { Document } from 'mongodb';
import type { Command } from './wire.ts';

export interface Step {
  readonly name: string;
  is(command: Command): boolean;
}

const updates = (command: Command): Document[] => (command.body.updates ?? []).map(({ u }: Document) => u);
const isUpdate = (command: Command, collection: string, holds: (update: Document) => unknown) =>
  command.name === 'update' && command.collection === collection && updates(command).some((update) => holds(update));
const isModify = (command: Command, collection: string, holds: (update: Document) => unknown) =>
  command.name === 'findAndModify' && command.collection === collection && Boolean(holds(command.body.update ?? {}));

export const STEPS: readonly Step[] = [
  { name: 'an incident is read', is: ({ name, collection }) => name === 'aggregate' && collection === 'incidents' },
  { name: 'a decision is appended', is: (command) => isUpdate(command, 'incidents', ({ $push }) => $push?.events) },
  { name: 'a clock is kept', is: (command) => isModify(command, 'agendaJobs', ({ $setOnInsert }) => $setOnInsert) },
  { name: 'a clock is taken to ring', is: (command) => isModify(command, 'agendaJobs', ({ $set }) => $set?.lockedAt) },
  { name: 'a clock is removed', is: ({ name, collection }) => name === 'delete' && collection === 'agendaJobs' },
  {
    name: 'an incident is taken to be kept',
    is: (command) => isUpdate(command, 'incidents', ({ $set }) => $set?.keeper),
  },
  { name: 'a delivery is noted', is: (command) => isUpdate(command, 'incidents', ({ $max }) => $max) },
  {
    name: 'a sign of life is given',
    is: ({ name, collection }) => name === 'findAndModify' && collection === 'instances',
  },
  { name: 'a file is written', is: ({ name, collection }) => name === 'insert' && collection === 'attachments.chunks' },
  { name: 'a person is kept', is: ({ name, collection }) => name !== 'find' && collection === 'people' },
];

/** Commands that change something. */
export const WRITES: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'findAndModify']);
