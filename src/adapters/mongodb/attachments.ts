/** Keeps the originals of evidence in GridFS, each once, and whole or not at all. */
import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GridFSBucket, ObjectId } from 'mongodb';
import type { Attachments } from '../../core/ports.ts';
import type { MongoDatabase } from './database.ts';
import { DatabaseError, isDuplicate } from './database-error.ts';

/** 10 MiB per file. */
export const ATTACHMENT_LIMIT = 10 * 1024 * 1024;

/** An upload that began longer ago was cut off: its process would have ended it or given up. Milliseconds. */
const CUT_OFF = 3_600_000;

const BUCKET = 'attachments';

/** What GridFS keeps beside the file: its id, which is made of all of it, so that the same file again is the same one. */
interface Metadata {
  readonly id: string;
  readonly type: string;
  readonly digest: string;
  /** When it was last kept. */
  readonly kept: Date;
}

/**
 * GridFS writes a file's chunks first and its entry last, so a file that is there is whole. Chunks without an entry are
 * what a crash or a failure leaves: an upload is noted before it begins, and what an old note stands for is removed.
 */
export async function mongoAttachments(
  { db, attempt }: MongoDatabase,
  limit: number = ATTACHMENT_LIMIT,
): Promise<Attachments> {
  const bucket = new GridFSBucket(db, { bucketName: BUCKET });
  const files = db.collection<{ _id: ObjectId; filename: string; metadata: Metadata }>(`${BUCKET}.files`);
  const uploads = db.collection<{ _id: ObjectId; began: Date }>(`${BUCKET}.uploads`);

  async function remove(upload: ObjectId): Promise<void> {
    await db.collection(`${BUCKET}.chunks`).deleteMany({ files_id: upload });
    await uploads.deleteOne({ _id: upload });
  }

  async function sweep(): Promise<void> {
    for (const { _id } of await uploads.find({ began: { $lt: new Date(Date.now() - CUT_OFF) } }).toArray()) {
      if ((await files.countDocuments({ _id }, { limit: 1 })) === 0) await remove(_id);
      else await uploads.deleteOne({ _id });
    }
  }

  await attempt(async () => {
    await files.createIndex({ 'metadata.id': 1 }, { name: 'one-file-per-attachment', unique: true });
    await sweep();
  });

  async function upload(content: Buffer, name: string, metadata: Metadata): Promise<void> {
    const _id = new ObjectId();
    await uploads.insertOne({ _id, began: new Date() });
    try {
      await pipeline(Readable.from([content]), bucket.openUploadStreamWithId(_id, name, { metadata }));
      await uploads.deleteOne({ _id });
    } catch (error) {
      // Otherwise nobody knows yet whether the entry was written, and so the chunks stay: the note stands for them.
      if (!isDuplicate(error)) throw error;
      const kept = await files.findOne({ 'metadata.id': metadata.id }, { projection: { _id: 1 } });
      if (!kept) throw error;
      // Somebody else has kept the same file meanwhile.
      if (!kept._id.equals(_id)) await remove(_id).catch(() => {});
    }
  }

  return {
    limit,
    async keep({ name, type, bytes }) {
      if (bytes.byteLength > limit) {
        throw new RangeError(`"${name}" has ${bytes.byteLength} bytes; attachments may have ${limit} bytes at most`);
      }
      // Copied, so that a caller who reuses its buffer meanwhile spoils nothing.
      const content = Buffer.from(bytes);
      const digest = hash('sha256', content);
      const id = hash('sha256', JSON.stringify([name, type, digest]));
      await attempt(async () => {
        const again = await files.updateOne({ 'metadata.id': id }, { $set: { 'metadata.kept': new Date() } });
        if (again.matchedCount === 0) await upload(content, name, { id, type, digest, kept: new Date() });
      });
      return id;
    },
    async remove(ids, keptBefore) {
      return attempt(async () => {
        let removed = 0;
        for (const id of ids) {
          const old = {
            $or: [{ 'metadata.kept': { $lt: new Date(keptBefore) } }, { 'metadata.kept': { $exists: false } }],
          };
          const file = await files.findOne({ 'metadata.id': id, ...old }, { projection: { _id: 1 } });
          if (!file) continue;
          // Noted like an upload that was cut off, which it is from here on.
          await uploads.updateOne({ _id: file._id }, { $set: { began: new Date(0) } }, { upsert: true });
          const { deletedCount } = await files.deleteOne({ _id: file._id, ...old });
          if (deletedCount === 1) await remove(file._id);
          else await uploads.deleteOne({ _id: file._id });
          removed += deletedCount;
        }
        return removed;
      });
    },
    async fetch(id) {
      return attempt(async () => {
        const file = await files.findOne({ 'metadata.id': id });
        if (!file) return undefined;
        const chunks: Buffer[] = [];
        for await (const chunk of bucket.openDownloadStream(file._id)) chunks.push(chunk);
        const bytes = new Uint8Array(Buffer.concat(chunks));
        if (hash('sha256', bytes) !== file.metadata.digest) {
          const message = `The attachment "${file.filename}" has changed in the database. Restore it from a backup.`;
          throw new DatabaseError('failed', message);
        }
        return { name: file.filename, type: file.metadata.type, bytes };
      });
    },
  };
}
