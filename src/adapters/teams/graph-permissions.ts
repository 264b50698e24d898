/** The permissions that Baton uses in Graph, which of them are missing, and what becomes of it without each. */

export interface Wanted {
  /** By Microsoft's own name. */
  readonly permission: string;
  /** One that holds it too. */
  readonly or?: string;
  /** The setting that is of no use without it; absent: something smaller is missed. */
  readonly setting?: 'organizer' | 'team';
  readonly without: string;
}

const WANTED: readonly Wanted[] = [
  {
    permission: 'OnlineMeetings.ReadWrite.All',
    setting: 'organizer',
    without: 'no online meeting can be opened, and the bridge of call.link serves instead',
  },
  {
    permission: 'Channel.Create',
    setting: 'team',
    without: 'incidents get a thread instead of a channel of their own',
  },
  {
    permission: 'ChannelMessage.Read.All',
    without: 'pictures of a message in a channel are not copied by Keep evidence',
  },
  {
    permission: 'Chat.Read.All',
    or: 'Chat.ReadWrite.All',
    without: 'pictures of a message in a chat are not copied by Keep evidence',
  },
  {
    permission: 'Files.Read.All',
    or: 'Files.ReadWrite.All',
    without: 'files of a message in a channel are not copied by Keep evidence',
  },
  { permission: 'Chat.ReadWrite.All', without: 'the card is not pinned in group chats' },
];

/**
 * @param token for Graph
 * @returns undefined where the token does not tell what it allows
 */
export function missingIn(
  token: string,
  settings: { readonly organizer?: string | undefined; readonly team?: string | undefined },
): readonly Wanted[] | undefined {
  const roles = rolesOf(token);
  return (
    roles &&
    WANTED.filter(({ setting }) => setting === undefined || settings[setting] !== undefined).filter(
      ({ permission, or = permission }) => !roles.includes(permission) && !roles.includes(or),
    )
  );
}

/** Tokens for an application name its permissions; nobody has to check them to read that. */
function rolesOf(token: string): readonly string[] | undefined {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { roles?: unknown };
    return Array.isArray(claims.roles) ? claims.roles.map(String) : [];
  } catch {
    return undefined;
  }
}
