/** What the doctor says of an environment, group by group. */
import { checkUp } from '../../src/checkups.ts';
import type { Finding, State } from '../../src/doctor/finding.ts';

export type Said = Finding & { readonly group: string };

/** Everything that the doctor would look at is left out, unless it is given. */
export async function doctorSays(environment: Record<string, string | undefined>, patience?: number): Promise<Said[]> {
  const said: Said[] = [];
  const all = { PORT: '0', DATA_DIR: '/nowhere/to/be/found', ...environment };
  for await (const { name, findings } of checkUp(all, patience)) {
    said.push(...findings.map((finding) => ({ group: name, ...finding })));
  }
  return said;
}

/** The findings of one group: each with its state in front and its remedy behind. */
export function of(said: readonly Said[], group: string, ...states: readonly State[]): string[] {
  return said
    .filter((one) => one.group === group && (states.length === 0 || states.includes(one.state)))
    .map(({ state, said: sentence, remedy }) => `${state}: ${sentence}${remedy === undefined ? '' : ` > ${remedy}`}`);
}
