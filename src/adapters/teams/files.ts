/** Files that people send: copied as evidence, because the addresses that Teams gives them soon lead nowhere (WAT-2). */
import { z } from 'zod';
import type { Words } from '../../cards/words/words.ts';
import type { Incident } from '../../core/incident.ts';
import { Closed, copied, fileText, type Original } from '../../desk/copies.ts';
import type { Outcome } from '../../desk/orders.ts';
import { houseWords } from '../../desk/reading.ts';
import type { Activity, Place } from './activity.ts';
import type { Desk } from './desk.ts';
import { channelOf } from './ids.ts';
import { MOST_FILES } from './limits.ts';
import type { Asker, Orders } from './orders.ts';
import { PlatformError } from './trouble.ts';

/** How a file comes in a personal chat; pictures come as themselves. */
const SENT = 'application/vnd.microsoft.teams.file.download.info';
const Sent = z.looseObject({ downloadUrl: z.string() });

/** What a message brings along. Its own text comes once more, as `text/html`, and is left alone. */
export function filesIn({ attachments, serviceUrl }: Activity, { connector }: Desk): readonly Original[] {
  return (attachments ?? []).slice(0, MOST_FILES).flatMap(({ contentType, contentUrl, name, content }): Original[] => {
    if (contentType?.startsWith('image/') && contentUrl) {
      // Nobody but Baton can open a picture's address: it is no link to keep.
      return [{ name: name || 'picture', type: contentType, open: () => connector.file(serviceUrl, contentUrl) }];
    }
    const address = contentType === SENT ? Sent.safeParse(content).data?.downloadUrl : undefined;
    if (address === undefined) return [];
    return [{ name: name || 'file', link: contentUrl ?? undefined, open: () => connector.file(serviceUrl, address) }];
  });
}

/** A message that somebody points at, as Teams hands it to a message extension. */
interface Pointed {
  readonly id?: string | null | undefined;
  readonly body?: { readonly content?: string | null | undefined } | null | undefined;
  readonly attachments?: Activity['attachments'];
}

/** What belongs to a message that is kept: pictures pasted into it, and files. Graph has them, where Baton may ask it. */
export function filesOf(pointed: Pointed | null | undefined, place: Place, desk: Desk): readonly Original[] {
  return [...picturesIn(pointed ?? {}, place, desk), ...attachedTo(pointed ?? {}, place, desk)].slice(0, MOST_FILES);
}

function picturesIn({ id, body }: Pointed, { conversation }: Place, { graph }: Desk): readonly Original[] {
  if (!id) return [];
  return [...(body?.content ?? '').matchAll(/<img\b[^>]*?\bsrc="([^"]+)"/gi)]
    .map(([, address = '']) => address)
    .filter((address) => isPictureOf(address, id, channelOf(conversation)))
    .map((address) => ({
      name: 'picture',
      type: 'image/*',
      ...(graph ? { open: () => unlessClosed(graph.picture(address)) } : {}),
    }));
}

/** How a file comes that lies in a library: in a channel in the channel's folder, in a chat in somebody's OneDrive. */
const LINKED = 'reference';

function attachedTo(
  { attachments }: Pointed,
  { conversation, kind, team }: Place,
  { graph }: Desk,
): readonly Original[] {
  return (attachments ?? []).flatMap(({ contentType, contentUrl, name }): Original[] => {
    if (contentType !== LINKED || !contentUrl) return [];
    const file = { name: name || 'file', link: contentUrl };
    // Nobody but its owner can say who may read what lies in a OneDrive.
    if (!graph || kind !== 'channel' || !team) return [file];
    return [{ ...file, open: () => unlessClosed(graph.file(team, channelOf(conversation), contentUrl)) }];
  });
}

async function unlessClosed(asked: Promise<Response>): Promise<Response> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof PlatformError && error.status === 403 ? new Closed(error.message) : error;
  }
}

/** What is known beforehand of files that cannot be copied, for whoever wants them kept. */
export function closedTexts(files: readonly Original[], { attachments }: Desk, words: Words): readonly string[] {
  return files.flatMap(({ name, open }) => (open ? [] : [fileText(name, { missed: 'closed' }, attachments, words)]));
}

/**
 * Graph lets Baton see more than whoever wrote the message may see. Nothing but a picture of that very message is asked
 * for, whatever its address says.
 */
function isPictureOf(address: string, message: string, conversation: string): boolean {
  const path = (URL.parse(address)?.pathname ?? '').split('/').map(decoded);
  const [value, , kind, last] = path.toReversed();
  return value === '$value' && kind === 'hostedContents' && last === message && path.includes(conversation);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * Copies files and keeps each as evidence, or its link and the reason where it cannot be copied.
 * @param id of the message; the same files again change nothing
 */
export async function keepFiles(
  { attachments, log, ...desk }: Desk,
  orders: Orders,
  files: readonly Original[],
  { id, incident, asker }: { readonly id: string; readonly incident: Incident | undefined; readonly asker: Asker },
): Promise<readonly Outcome[]> {
  const words = houseWords(desk, asker.world, incident);
  const keep = async (file: Original, n: number): Promise<Outcome[]> => {
    const order = `${id}/file-${n}`;
    if (incident?.orders.includes(order)) return [];
    // Without an incident the refusal is all there is to get.
    const copy = incident ? await copied(file, attachments, log) : { fields: {} };
    const fields = { ...copy.fields, text: fileText(file.name, copy, attachments, words) };
    return [await orders.give({ id: order, command: 'keep-evidence', fields, incident }, asker)];
  };
  const [first] = files;
  if (!incident) return first ? keep(first, 0) : [];
  return (await Promise.all(files.map(keep))).flat();
}
