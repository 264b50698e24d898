/** At night, in a long incident: can this wait till morning? Then everything sleeps until a time (ROT-4). */
import { dismissal, type Policy, type World } from '../contract.ts';
import type { Incident } from '../incident.ts';
import { severityRow } from '../severity.ts';
import { wakeUp } from '../stand-down.ts';
import type { Instant } from '../units.ts';
import { isNight, nextLocal } from '../zone.ts';

const POLICY = 'stand-down-at-night';
const HALF_A_DAY = 12 * 3_600_000;

export const standDownAtNight: Policy = {
  name: POLICY,
  guide: 'rotation',
  rules: ['ROT-4'],
  during: ['open', 'standing-down'],
  wants: (incident, world) => {
    if (incident.phase === 'standing-down') {
      return incident.standDown ? [{ policy: POLICY, key: 'wake', at: incident.standDown.until }] : [];
    }
    const at = suggestionAt(incident, world);
    return at === undefined ? [] : [{ policy: POLICY, key: 'suggest', at }];
  },
  answers: (incident, { key }) => (key === 'wake' ? wakeUp(incident, false) : [{ type: 'stand-down-suggested' }]),
  offers: (incident, { settings }) => {
    const { commander } = incident.command;
    const since = incident.standDownSuggestedAt;
    const row = severityRow(settings.severities, incident.severity.severity);
    if (incident.phase !== 'open' || since === undefined || commander === undefined || !row.standDown) return [];
    const milder = settings.severities[settings.severities.indexOf(row) + 1]?.id ?? row.id;
    const key = `stand-down:${since}`;
    return [
      {
        key,
        line: 'stand-down',
        facts: { severity: { severity: milder } },
        to: commander,
        rank: 'people',
        since,
        buttons: [{ command: 'stand-down', primary: true }, dismissal(key, 'go-on')],
      },
    ];
  },
};

/** Once a night, not before the incident has run long, by the commander's clock. */
function suggestionAt(incident: Incident, { settings, people }: World): Instant | undefined {
  const { commander } = incident.command;
  if (commander === undefined) return undefined;
  if (!severityRow(settings.severities, incident.severity.severity).standDown) return undefined;
  const suggested = incident.standDownSuggestedAt;
  const earliest = Math.max(
    incident.declared.at + settings.standDown.after,
    suggested === undefined ? 0 : suggested + HALF_A_DAY,
  );
  const zone = people[commander]?.zone ?? settings.zone;
  return isNight(zone, settings.night, earliest) ? earliest : nextLocal(zone, earliest, settings.night.from * 60);
}
