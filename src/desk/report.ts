/** Tells the core what came of a delivery: where the room is, who could not be reached. */
import type { Order } from '../core/contract.ts';
import type { Intake } from '../core/ports.ts';
import { BATON, type IncidentId } from '../core/units.ts';

export type Report = (
  order: string,
  command: 'report-room' | 'report-call' | 'report-page',
  incident: IncidentId,
  fields: Order['fields'],
) => Promise<void>;

/** Each surface's orders have ids of their own: several of them answer the same effect, and none repeats another. */
export function reporter({ handle }: Pick<Intake, 'handle'>, via: string): Report {
  return async (order, command, incident, fields) => {
    await handle({ id: `${via}:${order}`, command, incident, by: BATON, fields, via });
  };
}
