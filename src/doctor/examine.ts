/** Carries out all checks beside each other, each within its own time. */
import type { Check, Finding, Group } from './finding.ts';
import { wrong } from './finding.ts';

export interface Examined {
  readonly name: string;
  readonly findings: readonly Finding[];
}

/** Milliseconds for each check. As long as people wait for a page to load. */
export const PATIENCE = 10_000;

/** Every group by itself, so that what is known can be shown while others are still looked at. */
export function examine(groups: readonly Group[], patience = PATIENCE): readonly Promise<Examined>[] {
  return groups.map(async ({ name, checks }) => {
    const found = await Promise.all(checks.map((check) => carryOut(check, patience)));
    return { name, findings: found.flat() };
  });
}

async function carryOut(check: Check, patience: number): Promise<readonly Finding[]> {
  const ending = new AbortController();
  const { promise: silence, resolve } = Promise.withResolvers<Finding>();
  const late = setTimeout(() => {
    resolve(wrong(`${check.of} did not answer within ${patience / 1_000} s.`, NOT_ANSWERING));
    ending.abort();
  }, patience);
  const looking = Promise.resolve(ending.signal).then(check.look);
  const found = await Promise.race([looking, silence]).catch((error) =>
    wrong(`${check.of} could not be looked at: ${(error as Error).message}.`, UNFORESEEN),
  );
  clearTimeout(late);
  const all = 'state' in found ? [found] : found;
  return (await Promise.all(all.map(async (one) => ('look' in one ? carryOut(one, patience) : [one])))).flat();
}

const NOT_ANSWERING = 'Check that it runs, and that no firewall or proxy between swallows what is sent.';
const UNFORESEEN = 'Look whether it works by hand; that the doctor cannot tell more is a fault in Baton.';
