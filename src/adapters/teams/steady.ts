/** Sees to it that the newest edit of a message stands, even when one that was given up on arrives after it. */
import type { Connector, Message } from './connector.ts';
import type { Lanes } from './lanes.ts';
import { OVERDUE } from './limits.ts';
import type { Time } from './pace.ts';
import { PlatformError, troubleIn } from './trouble.ts';

interface Doubt {
  /** What the message has to show. */
  newest: Message;
  /** An edit was given up on, and nothing is set to make up for it. */
  open: boolean;
  /** It is set to be written once more. */
  due: boolean;
}

type Where = Parameters<Connector['edit']>[0];

/** An edit without an answer may be carried out yet. Whatever is written after it is written once more a while later. */
export function steady(connector: Connector, lanes: Lanes, { later }: Pick<Time, 'later'>): Connector {
  const doubts = new Map<string, Doubt>();

  async function edit(where: Where, id: string, newest: Message): Promise<void> {
    const key = `${where.conversation} ${id}`;
    const doubt = doubts.get(key) ?? { newest, open: false, due: false };
    doubt.newest = newest;
    try {
      await connector.edit(where, id, newest);
    } catch (error) {
      if (isOpen(error)) {
        doubt.open = true;
        doubts.set(key, doubt);
      } else if (troubleIn(error) !== 'again') doubts.delete(key);
      throw error;
    }
    if (doubt.due) return;
    if (!doubt.open) return void doubts.delete(key);
    doubt.open = false;
    doubt.due = true;
    const once = async () => {
      if (doubts.get(key) !== doubt) return;
      doubt.due = false;
      await edit(where, id, doubt.newest);
    };
    later(OVERDUE, () => lanes.refresh(where.conversation, `again:${id}`, once, () => doubts.delete(key)));
  }

  return { ...connector, edit };
}

/** Nobody knows whether it was done, or will be. */
function isOpen(error: unknown): boolean {
  return error instanceof PlatformError && (error.status === 0 || error.status === 504);
}
