/** The messages between the driver and the database, as far as faults look into them. */
import { BSON, type Document } from 'mongodb';

/** A command on its way to the database. */
export interface Command {
  readonly id: number;
  /** `update`, `findAndModify`, … */
  readonly name: string;
  readonly collection: string;
  readonly body: Document;
}

const OP_MSG = 2013;
/** Length, id, id of what it answers, and kind: 32 bits each; then come 32 bits of flags and the sections. */
const SECTIONS = 20;

/** Cuts a stream of bytes into whole messages. */
export function wholeMessages(take: (message: Buffer) => void): (piece: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (piece) => {
    rest = Buffer.concat([rest, piece]);
    for (let size = sizeOf(rest); size > 0 && rest.length >= size; size = sizeOf(rest)) {
      take(rest.subarray(0, size));
      rest = rest.subarray(size);
    }
  };
}

function sizeOf(bytes: Buffer): number {
  return bytes.length < 4 ? 0 : bytes.readInt32LE(0);
}

/** Undefined for what is no command: the first greeting of a driver is of an older kind. */
export function commandIn(message: Buffer): Command | undefined {
  const body = bodyOf(message);
  const [name] = Object.keys(body ?? {});
  if (!body || name === undefined) return undefined;
  return { id: message.readInt32LE(4), name, collection: String(body[name]), body };
}

export function answersTo(message: Buffer): number {
  return message.readInt32LE(8);
}

/** What a message says; sequences of documents stand in it as lists. */
export function bodyOf(message: Buffer): Document | undefined {
  if (message.readInt32LE(12) !== OP_MSG) return undefined;
  let body: Document = {};
  const lists: Document = {};
  for (let at = SECTIONS; at < message.length; ) {
    const start = at + 1;
    const end = start + message.readInt32LE(start);
    if (message[at] === 0) body = BSON.deserialize(message.subarray(start, end));
    else {
      const named = message.indexOf(0, start + 4);
      const documents: Document[] = [];
      for (let one = named + 1; one < end; one += message.readInt32LE(one)) {
        documents.push(BSON.deserialize(message.subarray(one, one + message.readInt32LE(one))));
      }
      lists[message.toString('utf8', start + 4, named)] = documents;
    }
    at = end;
  }
  return { ...body, ...lists };
}

/** A message in the database's name. */
export function answer(to: number, body: Document): Buffer {
  const content = BSON.serialize(body);
  const head = Buffer.alloc(SECTIONS + 1);
  head.writeInt32LE(head.length + content.length, 0);
  head.writeInt32LE(to, 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, content]);
}
