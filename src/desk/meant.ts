/** Which incident somebody speaks of: the one they name, the one at home where they speak, or the only one that is open. */
import type { Incident } from '../core/incident.ts';
import type { Intake } from '../core/ports.ts';
import type { IncidentId } from '../core/units.ts';
import { MOST_LISTED } from './limits.ts';

export interface Meant {
  readonly incident: Incident | undefined;
  /** Nothing says which of these open ones is meant. */
  readonly several: readonly IncidentId[];
}

export interface Where {
  readonly named?: IncidentId | undefined;
  /** Incidents at home where it is said, newest last. */
  readonly here: readonly IncidentId[];
  /** The place was made for its incident, which stays at home there when it is closed. */
  readonly own: boolean;
}

export async function incidentMeant(intake: Intake, { named, here, own }: Where): Promise<Meant> {
  const load = async (id: IncidentId | undefined) => (id === undefined ? undefined : intake.incident(id));
  const found = (incident: Incident) => ({ incident, several: [] });
  const asked = await load(named);
  if (asked) return found(asked);
  const all = await Promise.all(here.map(load));
  const home = all.findLast((one) => one && one.phase !== 'closed');
  if (home) return found(home);
  const before = all.findLast((one) => one !== undefined);
  if (before && own) return found(before);
  const listed = await intake.list({ limit: MOST_LISTED });
  const open = listed.filter(({ phase }) => phase !== 'closed').map(({ id }) => id);
  if (open.length > 1) return { incident: undefined, several: open };
  return { incident: (await load(open[0])) ?? before, several: [] };
}
