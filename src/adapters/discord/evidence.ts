/** Keeps messages and files as evidence: originals expire at Discord, so what is linked is copied. */

import { type FieldValue, LONGEST_TEXT } from '../../core/contract.ts';
import type { Attachments, Log } from '../../core/ports.ts';
import { copied as copy } from '../../desk/copies.ts';
import { MAX_FILES_AT_ONCE, SLOWEST_FILE } from './limits.ts';

/** A file as interactions name it. */
export interface File {
  readonly id: string;
  readonly filename: string;
  readonly url: string;
  readonly size: number;
  readonly content_type?: string | null;
}

/** A message that somebody points at. */
export interface Pointed {
  readonly id: string;
  readonly content: string;
  readonly author: string;
  readonly link: string;
  readonly files: readonly File[];
}

type Fields = Readonly<Record<string, FieldValue>>;

/** The fields of `keep-evidence` for a message: one for what it says, and one for each of its files. */
export async function evidenceOf(pointed: Pointed, attachments: Attachments, log: Log): Promise<readonly Fields[]> {
  const { content, author, link, files } = pointed;
  const said = content.trim() === '' ? author : `${author}: ${content}`;
  const own: Fields = { text: cut(said), kind: 'log', link };
  const copies = await Promise.all(
    files
      .slice(0, MAX_FILES_AT_ONCE)
      .map(async (file) => ({ ...(await copied(file, attachments, log)), text: cut(`${author}: ${file.filename}`) })),
  );
  return content.trim() === '' && copies.length > 0 ? copies : [own, ...copies];
}

/** The fields that a file fills: its copy, or its link where there can be none. */
export async function copied(file: File, attachments: Attachments, log: Log): Promise<Fields> {
  const { filename: name, content_type: type, size, url: link } = file;
  const open = () => fetch(link, { signal: AbortSignal.timeout(SLOWEST_FILE), redirect: 'error' });
  return (await copy({ name, type, size, link, open }, attachments, log)).fields;
}

function cut(text: string): string {
  return [...text].slice(0, LONGEST_TEXT).join('');
}
