/** Says for each alert source where the other side has to send, and who is let in there. */
import { type Check, type Finding, note, ok, unset } from '../../doctor/finding.ts';
import { LOCAL } from './secrets.ts';
import { type Hooks, type Source, sourcesOf } from './sources.ts';

export interface Checked {
  readonly hooks: Hooks;
  /** How other machines reach Baton; absent: they do not. */
  readonly outside?: string | undefined;
  /** How it is reached on this machine. */
  readonly local: string;
}

export function alertsCheckup(options: Checked): readonly Check[] {
  const sources = sourcesOf(options.hooks);
  const guarded = sources.filter(({ secrets }) => secrets.length > 0);
  const checks = guarded.map((source) => ({ of: source.path, look: () => finding(source, options) }));
  const names = sources.filter((source) => !guarded.includes(source)).map(({ path }) => path);
  if (names.length === 0) return checks;
  const only = `${options.local}/hooks/{source}/${LOCAL}`;
  const said = `Alerts from ${names.join(', ')} are taken from this machine only, at ${only}: no secret is set.`;
  return [...checks, { of: 'Alerts', look: () => unset(said) }];
}

function finding({ path, secrets, signed }: Source, { outside, local }: Checked): Finding {
  const address = `${outside ?? local}/hooks/${path}/{secret}`;
  const orSigned = signed ? ', or sign what it sends' : '';
  const several = secrets.length > 1 ? `, with any of ${secrets.length} secrets` : '';
  if (outside !== undefined) return ok(`${path} has to send to ${address}${several}${orSigned}.`);
  return note(
    `${path} has a secret, and only this machine reaches ${address}.`,
    'Set PUBLIC_URL and let a proxy lead here, or set HOST, unless it runs on this machine.',
  );
}
