/** Takes activities in: tells what each is, and hands it to the part that answers it. */
import type { Activity } from './activity.ts';
import { ANSWERED_KEPT } from './limits.ts';

/** What an invoke is answered with; everything else is answered with 200 and nothing. */
export interface Reply {
  readonly status: number;
  /** JSON, and its text already: it is kept for a while, and a text weighs less than what it tells. */
  readonly body?: string;
}

export function reply(status: number, body: object): Reply {
  return { status, body: JSON.stringify(body) };
}

export type Part = (activity: Activity) => Promise<Reply | undefined>;

export interface Parts {
  readonly message: Part;
  readonly press: Part;
  readonly dialog: Part;
  readonly extension: Part;
  readonly meeting: Part;
  readonly roster: Part;
}

/** Edits, deletions, reactions, typing and whatever Teams may invent are none of Baton's business, and no error. */
const IGNORED: Part = async () => undefined;

export function partFor({ type, name }: Activity, parts: Parts): Part {
  switch (type) {
    case 'message':
      return parts.message;
    case 'invoke':
      if (name === 'adaptiveCard/action') return parts.press;
      if (name === 'task/fetch' || name === 'task/submit') return parts.dialog;
      if (name === 'composeExtension/fetchTask' || name === 'composeExtension/submitAction') return parts.extension;
      // The client is told that there is no such thing, as the protocol has it.
      return async () => ({ status: 501 });
    case 'event':
      return name?.startsWith('application/vnd.microsoft.meeting') ? parts.meeting : IGNORED;
    case 'conversationUpdate':
    case 'installationUpdate':
      return parts.roster;
    default:
      return IGNORED;
  }
}

/** Answers each activity once: one that comes again while it is answered waits, one that comes later gets the same answer. */
export function createInbound(parts: Parts) {
  const answered = new Map<string, Promise<Reply | undefined>>();
  return (activity: Activity): Promise<Reply | undefined> => {
    const part = partFor(activity, parts);
    if (!activity.id || part === IGNORED) return part(activity);
    const key = JSON.stringify([activity.conversation.id, activity.type, activity.name, activity.id]);
    const before = answered.get(key);
    if (before) return before;
    const answer = part(activity);
    answered.set(key, answer);
    // What failed may be sent again: it was not answered.
    answer.catch(() => answered.delete(key));
    if (answered.size > ANSWERED_KEPT) answered.delete(answered.keys().next().value ?? '');
    return answer;
  };
}
