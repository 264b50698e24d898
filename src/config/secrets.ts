/** A secret written as `$NAME` is read from the environment, so that the file itself can be shown around. */
import type { Problem } from './problems.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The secret, or the problem that the environment does not have it. */
export function secretOf(
  written: string,
  path: Problem['path'],
  environment: Environment,
  problems: Problem[],
): string {
  const name = /^\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(written)?.[1];
  if (!name) return written;
  const secret = environment[name]?.trim();
  if (secret) return secret;
  const message = `${path.join('.')} is to come from the environment, which has no ${name}. Set ${name}, or write the secret itself.`;
  problems.push({ path, at: 'value', message });
  return '';
}

/** As `secretOf`, for whoever need not know where the rest comes from. */
export type ReadSecret = (written: string, ...path: (string | number)[]) => string;
