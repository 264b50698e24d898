/** Finds the permissions that Baton lacks in a guild, and says what still works without each. */
import { PermissionFlagsBits as Bit, type Guild } from 'discord.js';
import type { Log } from '../../core/ports.ts';

/** What Baton asks for, by Discord's own names, with what becomes of it without. */
const WANTED: readonly { readonly name: string; readonly bit: bigint; readonly without: string }[] = [
  { name: 'View Channels', bit: Bit.ViewChannel, without: 'Baton sees no channel, so it can only answer commands' },
  { name: 'Send Messages', bit: Bit.SendMessages, without: 'no card, no log and no ping; commands are still answered' },
  {
    name: 'Manage Channels',
    bit: Bit.ManageChannels,
    without:
      'no channels of their own: the channel where an incident is declared is its room, and there is no voice call',
  },
  {
    name: 'Manage Roles',
    bit: Bit.ManageRoles,
    without: 'rooms of closed incidents are moved to the archive, but can still be written in',
  },
  {
    name: 'Pin Messages',
    bit: Bit.PinMessages,
    without: 'the card is not pinned; it is the first message of its channel',
  },
  {
    name: 'Read Message History',
    bit: Bit.ReadMessageHistory,
    without: 'cards older than the connection may not be found again; a new one is sent',
  },
  { name: 'Connect', bit: Bit.Connect, without: 'the voice channel may be hidden, and who is on the call is not seen' },
];

/** The sum for an invitation's address. */
export const PERMISSIONS = WANTED.reduce((sum, { bit }) => sum | bit, 0n);

/** Where somebody who may invites the bot, with all that it asks for. */
export function invitation(application: string, guild?: string): string {
  const query = new URLSearchParams({
    client_id: application,
    scope: 'bot applications.commands',
    permissions: String(PERMISSIONS),
    ...(guild === undefined ? {} : { guild_id: guild }),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** Rooms are of no use without them. */
const VITAL: ReadonlySet<bigint> = new Set([Bit.ViewChannel, Bit.SendMessages]);

export interface Lack {
  readonly permission: string;
  readonly without: string;
  readonly vital: boolean;
}

/** @param held the bot's permissions in the guild; an administrator has all */
export function lacking(held: bigint): readonly Lack[] {
  if ((held & Bit.Administrator) !== 0n) return [];
  return WANTED.filter(({ bit }) => (held & bit) === 0n).map(({ name, bit, without }) => ({
    permission: name,
    without,
    vital: VITAL.has(bit),
  }));
}

interface Overwrite {
  readonly id: string;
  readonly allow: string;
  readonly deny: string;
}

/**
 * What somebody holds in a channel, as Discord reckons it: everybody's overwrite, then those of their roles, then their own.
 * @param ids the guild's (everybody's role), those of their roles, and their own
 */
export function heldIn(
  guildWide: bigint,
  overwrites: readonly Overwrite[],
  { guild, roles, user }: { readonly guild: string; readonly roles: readonly string[]; readonly user: string },
): bigint {
  if ((guildWide & Bit.Administrator) !== 0n) return guildWide;
  return [[guild], roles.filter((role) => role !== guild), [user]].reduce((held, ids) => {
    const said = overwrites.filter(({ id }) => ids.includes(id));
    const denied = said.reduce((sum, { deny }) => sum | BigInt(deny), 0n);
    const allowed = said.reduce((sum, { allow }) => sum | BigInt(allow), 0n);
    return (held & ~denied) | allowed;
  }, guildWide);
}

/** Says each once per guild and change: what is the same as last time is not said again. */
export function createPermissionCheck(log: Log): (guild: Pick<Guild, 'id' | 'name' | 'members'>) => void {
  const said = new Map<string, string>();
  return ({ id, name, members }) => {
    const held = members.me?.permissions.bitfield;
    if (held === undefined) return;
    const found = lacking(held);
    const now = found.map(({ permission }) => permission).join(', ');
    if (said.get(id) === now) return;
    said.set(id, now);
    for (const { permission, without } of found) {
      log.warn({ guild: name, permission, without }, 'a permission is missing in Discord; give it to Baton’s role');
    }
  };
}
