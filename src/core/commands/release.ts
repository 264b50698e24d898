/** Thanks people and lets them go, by name (IMP-3, WAT-1). */
import { command } from '../contract.ts';
import { letGo } from './let-go.ts';
import { AWAKE } from './phases.ts';

export const release = command({
  name: 'release',
  aliases: ['thanks'],
  guide: 'watch',
  right: 'commander',
  during: AWAKE,
  fields: { people: { type: 'people', required: true } },
  decide: (incident, { people }) => [{ type: 'people-released', people }, ...letGo(incident, people)],
});
