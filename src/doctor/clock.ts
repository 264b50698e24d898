/** Compares this machine's clock with those of the servers that were asked. */
import { type Finding, note, ok, wrong } from './finding.ts';
import type { Heard } from './reach.ts';

/** Seconds. Signs of life and reminders notice more than this. */
const NOTICED = 5;
/** Seconds that tokens of Microsoft forgive. */
const FORGIVEN = 300;

const REMEDY = 'Set the clock by NTP: timedatectl set-ntp true, or as this system does it.';

/** The middle one of what was heard, so that one server that is wrong convinces nobody. */
export function clockFindings(heard: readonly Heard[]): readonly Finding[] {
  if (heard.length === 0) return [];
  const sorted = heard.toSorted((a, b) => a.ahead - b.ahead);
  const { host = '', ahead = 0 } = sorted[Math.floor(sorted.length / 2)] ?? {};
  const seconds = Math.round(Math.abs(ahead) / 1_000);
  if (seconds <= NOTICED) return [ok(`The clock agrees with ${host}.`)];
  const said = `The clock is ${seconds} s ${ahead > 0 ? 'behind' : 'ahead of'} that of ${host}.`;
  return [seconds > FORGIVEN ? wrong(`${said} Tokens are refused then.`, REMEDY) : note(said, REMEDY)];
}
