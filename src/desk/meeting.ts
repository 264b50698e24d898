/** Accounts are met one word after the other: two first words of one person at once must not introduce them twice. */
import type { PersonId } from '../core/units.ts';

export type Meeting = (account: string, meet: () => Promise<PersonId>) => Promise<PersonId>;

export function createMeeting(): Meeting {
  const latest = new Map<string, Promise<PersonId>>();
  return (account, meet) => {
    const turn = latest.get(account)?.then(meet, meet) ?? meet();
    latest.set(account, turn);
    const done = () => {
      if (latest.get(account) === turn) latest.delete(account);
    };
    turn.then(done, done);
    return turn;
  };
}
