/** One thing after the other where two at once would not see each other. */

/** Runs tasks of one name one after the other, whatever becomes of those before; with nothing under way it begins at once. */
export type InTurn = <T>(name: string, task: () => Promise<T>) => Promise<T>;

export function createInTurn(): InTurn {
  const latest = new Map<string, Promise<unknown>>();
  return (name, task) => {
    const turn = latest.get(name)?.then(task, task) ?? task();
    latest.set(name, turn);
    const done = () => {
      if (latest.get(name) === turn) latest.delete(name);
    };
    turn.then(done, done);
    return turn;
  };
}
