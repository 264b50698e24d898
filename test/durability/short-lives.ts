/** A configuration with which an incident goes through everything within seconds: nags each second, rounds, shifts, watches. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Take command in turn, and so are given no work. */
export const COMMANDERS = ['anna', 'ben', 'chris'] as const;
export const WORKERS = ['dana', 'eve', 'finn'] as const;
export const PEOPLE = [...COMMANDERS, ...WORKERS] as const;
/** Takes no work, so that she can always take command. */
export const CLOSER = 'gina';
export const SECRET = 'between-baton-and-the-test';

/** A second is the shortest that can be configured. */
const YAML = (receiver: string) => `
people: {${[...PEOPLE, CLOSER].map((id) => `${id}: {name: ${id[0]?.toUpperCase()}${id.slice(1)} Example, phone: "+49 30 5550 100"}`).join(', ')}}
seats:
  commander: {name: Incident commander, chain: [anna, ben, chris]}
  payments: {name: Payments on-call, chain: [dana, eve]}
  database: {name: Database on-call, chain: [eve, finn]}
services:
  payments: {name: Payments, seats: [payments], at: {SEV-1: [database]}}
  search: {name: Search, seats: [database]}
severities:
  SEV-1: {round: 1s, observation: 1s, overlap: true, shift: 6s, watch: 2s}
  SEV-2: {round: 2s, observation: 1s, shift: 8s, watch: 2s}
  SEV-3: {round: 3s, observation: 2s, shift: 10s, watch: 1s}
places:
  status-page: {name: Status page, audience: customers}
  board: {name: Stakeholder channel, audience: stakeholders}
call: {link: "https://meet.example.com/incidents"}
paging: {repeat: 1s, escalate: 4s, late: 3s}
command: {askAfter: 1s, askEvery: 1s, silence: 6s, leftGrace: 1s}
impact: {timebox: 2s}
acknowledgement: {callOut: 1s, giveAway: 2s}
delegation: {due: 2s}
lull: {after: 1s, every: 2s}
rounds: {fresh: 1s, askEvery: 1s}
shift: {warn: 2s, every: 2s}
fatigue: {hours: 20s, night: 10h, rest: 3s, every: 5s}
pagers: {webhook: {url: "${receiver}/pages", secret: ${SECRET}}}
publishers: {webhook: {url: "${receiver}/words", secret: ${SECRET}}}
`;

/** @param receiver the address that pages and words are sent to, without a slash at the end */
export function writeConfig(folder: string, receiver: string): string {
  const path = join(folder, 'baton.yaml');
  writeFileSync(path, YAML(receiver));
  return path;
}
