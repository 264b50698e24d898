// The SQLite attachments keep the promises of all attachments, and what is special to files on a disk.
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { attachmentsContract } from '../../contracts/attachments.ts';
import type { AttachmentsAtWork } from '../../contracts/attachments-under-test.ts';
import { freshDirectory, openAttachments, removeDirectory } from './data-directory.ts';

attachmentsContract({
  name: 'SQLite',
  fresh: freshDirectory,
  open: openAttachments,
  remove: removeDirectory,
  module: fileURLToPath(new URL('./data-directory.ts', import.meta.url)),
});

describe('the files of attachments', () => {
  const file = { name: 'graph.png', type: 'image/png', bytes: Uint8Array.of(137, 80, 78, 71) };
  let where: string;
  let at: AttachmentsAtWork;
  beforeEach(async () => {
    where = await freshDirectory();
    at = await openAttachments(where);
  });
  afterEach(async () => {
    await at.stop();
    await removeDirectory(where);
  });
  const folder = () => join(where, 'attachments');

  test('the same bytes lie there once, for their owner only', async () => {
    await at.attachments.keep(file);
    await at.attachments.keep({ ...file, name: 'again.png' });
    const names = await readdir(folder());
    expect(names).toHaveLength(1);
    expect((await stat(join(folder(), names[0] ?? ''))).mode & 0o077).toBe(0);
    expect((await stat(folder())).mode & 0o077).toBe(0);
  });

  test('what a crash left unfinished is gone after the next start, what was kept is not', async () => {
    const id = await at.attachments.keep(file);
    await writeFile(join(folder(), 'half.part'), 'half');
    await at.stop();
    at = await openAttachments(where);
    expect(await readdir(folder())).toHaveLength(1);
    expect(await at.attachments.fetch(id)).toEqual(file);
  });

  test('a file that was changed or lost is reported with its path and what to do, not handed out', async () => {
    const id = await at.attachments.keep(file);
    const path = join(folder(), (await readdir(folder()))[0] ?? '');
    await writeFile(path, 'something else');
    await expect(at.attachments.fetch(id)).rejects.toMatchObject({ fault: 'damaged', file: path });
    await expect(at.attachments.fetch(id)).rejects.toThrow(/graph\.png.*have changed.*backup/);
    await rm(path);
    await expect(at.attachments.fetch(id)).rejects.toThrow(path);
    await at.attachments.keep(file);
    expect(await at.attachments.fetch(id)).toEqual(file);
  });
});
