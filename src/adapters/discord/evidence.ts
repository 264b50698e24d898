/** Keeps messages and files as evidence: originals expire at Discord, so what is linked is copied. */

import type { Words } from '../../cards/words/words.ts';
import { type FieldValue, LONGEST_TEXT } from '../../core/contract.ts';
import { copied as copiedToStore, fileText } from '../../desk/copies.ts';
import type { Desk } from './desk.ts';
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
type Means = Pick<Desk, 'attachments' | 'log'>;

/** The fields of `keep-evidence` for a message: one for what it says, and one for each of its files. */
export async function evidenceOf(pointed: Pointed, means: Means, words: Words): Promise<readonly Fields[]> {
  const { content, author, link, files } = pointed;
  const said = content.trim() === '' ? author : `${author}: ${content}`;
  const own: Fields = { text: cut(said), kind: 'log', link };
  const copies = await Promise.all(
    files.slice(0, MAX_FILES_AT_ONCE).map(async (file) => {
      const fields = await copied(file, means, words);
      return { ...fields, text: cut(`${author}: ${String(fields.text)}`) };
    }),
  );
  return content.trim() === '' && copies.length > 0 ? copies : [own, ...copies];
}

/** The fields that a file fills: its copy, or its link, and why there can be no copy. */
export async function copied(file: File, { attachments, log }: Means, words: Words): Promise<Fields> {
  const { filename: name, content_type: type, size, url: link } = file;
  const open = () => fetch(link, { signal: AbortSignal.timeout(SLOWEST_FILE), redirect: 'error' });
  const copy = await copiedToStore({ name, type, size, link, open }, attachments, log);
  return { ...copy.fields, text: fileText(name, copy, attachments, words) };
}

function cut(text: string): string {
  return [...text].slice(0, LONGEST_TEXT).join('');
}
