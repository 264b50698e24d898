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

export interface Lack {
  readonly permission: string;
  readonly without: string;
}

/** @param held the bot's permissions in the guild; an administrator has all */
export function lacking(held: bigint): readonly Lack[] {
  if ((held & Bit.Administrator) !== 0n) return [];
  return WANTED.filter(({ bit }) => (held & bit) === 0n).map(({ name, without }) => ({ permission: name, without }));
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
