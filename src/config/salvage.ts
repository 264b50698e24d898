/** Takes out of a file what is wrong with its shape, so that the rest can be checked too: all problems at once. */
import type * as z from 'zod';
import { type ConfigDocument, checkShape } from './schema.ts';

/** Taking one thing out can leave its surroundings incomplete; deeper than this nothing is nested. */
const MOST_ROUNDS = 12;

/** The document with as little left out as possible, and what was wrong; no document when nothing can be read. */
export function salvage(written: unknown): { document?: ConfigDocument; issues: readonly z.core.$ZodIssue[] } {
  let checked = checkShape(written);
  const issues = checked.error?.issues ?? [];
  let rest = structuredClone(written);
  for (let round = 0; round < MOST_ROUNDS && checked.error; round += 1) {
    for (const issue of checked.error.issues) {
      for (const path of offenders(issue)) rest = without(rest, path);
    }
    checked = checkShape(rest);
  }
  return { ...(checked.data && { document: checked.data }), issues };
}

function offenders(issue: z.core.$ZodIssue): PropertyKey[][] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}

/** The value without what stands at the path; what is missing there takes its parent along. */
function without(value: unknown, path: readonly PropertyKey[]): unknown {
  const [step, ...further] = path;
  if (step === undefined) return undefined;
  if (typeof value !== 'object' || value === null || !(step in value)) return undefined;
  const inner = without((value as Record<PropertyKey, unknown>)[step], further);
  if (Array.isArray(value)) return inner === undefined ? undefined : value.with(Number(step), inner);
  const { [step]: _, ...others } = value as Record<PropertyKey, unknown>;
  return inner === undefined ? others : { ...others, [step]: inner };
}
