/** Closes a room to writing and opens it again: nothing else of its permissions is changed, so a private room stays private. */
import { PermissionFlagsBits as Bit } from 'discord.js';
import type { Channel } from './api.ts';
import type { Desk } from './desk.ts';
import type { Room } from './papers.ts';
import { troubleIn } from './trouble.ts';

export type Overwrite = NonNullable<Channel['permission_overwrites']>[number];

/** Denied to everybody in a room that is closed. */
const WRITING = Bit.SendMessages | Bit.SendMessagesInThreads;
/** Allowed to Baton there: what is denied to everybody is denied to Baton as well, and its log goes on. */
const OWN = Bit.ViewChannel | Bit.SendMessages;
/** Who sees, reads, writes and joins. Discord lets nobody hand on permissions that they do not have: Baton asks for these. */
const ACCESS = Bit.ViewChannel | Bit.ReadMessageHistory | Bit.SendMessages | Bit.Connect;

/** What a channel's permissions say of access, for another channel that is to be as private. */
export function accessIn({ permission_overwrites: all = [] }: Channel): readonly Overwrite[] {
  const said = all.map((one) => {
    const { allow, deny } = bitsOf(one);
    return { ...one, allow: String(allow & ACCESS), deny: String(deny & ACCESS) };
  });
  return said.filter(({ allow, deny }) => allow !== '0' || deny !== '0');
}

/** Moves a room into a category and closes it. A room that is gone is no error. */
export async function close({ api, cabinet }: Desk, id: string, room: Room, category: string): Promise<void> {
  const { id: me } = await api.me();
  const found = await overwritesOf(api, room);
  // Noted first: closed twice, after a crash, it would be taken for closed from the beginning.
  const { guild, text } = room;
  const before = room.before ?? found.filter((one) => one.id === guild || one.id === me);
  const { room: now = room } = await cabinet.of(id);
  await cabinet.room(id, { ...now, before });
  const quiet = changed(found, { id: guild, type: 0 }, WRITING, () => ({ allow: 0n, deny: WRITING }));
  await move(
    api,
    text,
    category,
    changed(quiet, { id: me, type: 1 }, OWN, () => ({ allow: OWN, deny: 0n })),
  );
}

/** Moves a room into a category and lets people write again as they could before. A room that is gone is no error. */
export async function reopen({ api }: Desk, room: Room, category: string): Promise<void> {
  const { guild, text, before } = room;
  const { id: me } = await api.me();
  const was = (id: string) => before && bitsOf(before.find((one) => one.id === id));
  const found = await overwritesOf(api, room);
  const open = changed(found, { id: guild, type: 0 }, WRITING, ({ allow }) => was(guild) ?? { allow, deny: 0n });
  await move(
    api,
    text,
    category,
    changed(open, { id: me, type: 1 }, OWN, (held) => was(me) ?? held),
  );
}

async function overwritesOf(api: Desk['api'], { guild, text }: Room): Promise<readonly Overwrite[]> {
  return (await api.channels(guild)).find(({ id }) => id === text)?.permission_overwrites ?? [];
}

async function move(api: Desk['api'], channel: string, parent_id: string, permission_overwrites: readonly Overwrite[]) {
  try {
    await api.changeChannel(channel, { parent_id, permission_overwrites });
  } catch (error) {
    if (troubleIn(error) !== 'forbidden') return unlessGone(() => Promise.reject(error));
    // Without "Manage Roles" it can still be moved.
    await unlessGone(() => api.changeChannel(channel, { parent_id }));
  }
}

export async function unlessGone(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (troubleIn(error) !== 'gone') throw error;
  }
}

interface Bits {
  readonly allow: bigint;
  readonly deny: bigint;
}

function bitsOf(overwrite: Overwrite | undefined): Bits {
  return { allow: BigInt(overwrite?.allow ?? 0), deny: BigInt(overwrite?.deny ?? 0) };
}

/** Sets some bits of what one role or member may; one that then says nothing is left out. */
function changed(
  overwrites: readonly Overwrite[],
  whose: Pick<Overwrite, 'id' | 'type'>,
  mask: bigint,
  to: (held: Bits) => Bits,
): readonly Overwrite[] {
  const held = bitsOf(overwrites.find(({ id }) => id === whose.id));
  const wanted = to(held);
  const allow = (held.allow & ~mask) | (wanted.allow & mask);
  const deny = (held.deny & ~mask) | (wanted.deny & mask);
  const others = overwrites.filter(({ id }) => id !== whose.id);
  return (allow | deny) === 0n ? others : [...others, { ...whose, allow: String(allow), deny: String(deny) }];
}
