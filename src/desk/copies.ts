/** Copies the originals of evidence into the store, because they expire where they are; what cannot be copied says why. */
import type { Words } from '../cards/words/words.ts';
import type { FieldValue } from '../core/contract.ts';
import type { Attachments, Log } from '../core/ports.ts';

/** A file where it is now. */
export interface Original {
  readonly name: string;
  /** As its platform says, or only as broadly: `image/*`. */
  readonly type?: string | null | undefined;
  /** Bytes, where its platform says so beforehand. */
  readonly size?: number | undefined;
  readonly link?: string | undefined;
  /** Asks for its bytes; absent where its platform shows Baton no such file. Rejects with `Closed` where it does not this one. */
  readonly open?: () => Promise<Response>;
}

/** Baton may not read it where it is: no permission, or not for it to see. */
export class Closed extends Error {}

type Missed = 'too-large' | 'unreachable' | 'closed';

export interface Copied {
  /** Fields of `keep-evidence`: the copy, or the link where there can be none. */
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Why it is not copied. */
  readonly missed?: Missed;
}

export async function copied(original: Original, attachments: Attachments, log: Log): Promise<Copied> {
  const { name, link, size = 0 } = original;
  const missed = (why: Missed, type: string): Copied => ({
    fields: { kind: kindOf(type), ...(link === undefined ? {} : { link }) },
    missed: why,
  });
  const said = plain(original.type);
  if (!original.open) return missed('closed', said);
  if (size > attachments.limit) return missed('too-large', said);
  try {
    const response = await original.open();
    if (!response.ok) throw new Error(`it was answered with ${response.status}`);
    const type = said === '' || said.endsWith('/*') ? plain(response.headers.get('content-type')) || UNKNOWN : said;
    const bytes = await readAtMost(response, attachments.limit);
    if (!bytes) return missed('too-large', type);
    return { fields: { kind: kindOf(type), attachment: await attachments.keep({ name, type, bytes }) } };
  } catch (error) {
    log.warn({ file: name, error: String(error) }, 'a file could not be copied; its link is kept instead');
    return missed(error instanceof Closed ? 'closed' : 'unreachable', said);
  }
}

/** What the record calls a file: by its name, and why there is no copy of it. */
export function fileText(
  name: string,
  { missed }: Pick<Copied, 'missed'>,
  { limit }: Attachments,
  words: Words,
): string {
  return missed ? words.t(`desk.file.${missed}`, { name, limit: Math.floor(limit / 1024 / 1024) }) : name;
}

const UNKNOWN = 'application/octet-stream';

function plain(type: string | null | undefined): string {
  return type?.split(';')[0]?.trim().toLowerCase() ?? '';
}

function kindOf(type: string): string {
  return type.startsWith('image/') ? 'screenshot' : 'attachment';
}

/** Undefined when there are more: nobody can be believed who says beforehand how many there will be. */
async function readAtMost(response: Response, limit: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.byteLength;
    // Leaving the loop ends the transfer.
    if (length > limit) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
