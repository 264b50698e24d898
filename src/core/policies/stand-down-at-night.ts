/** At night, in a long incident: can this wait till morning? Then everything sleeps until a time (ROT-4). */
import { dismissal, type Policy, type World } from '../contract.ts';
import type { Incident } from '../incident.ts';
import { severityRow } from '../severity.ts';
import { wakeUp } from '../stand-down.ts';
import type { Instant } from '../units.ts';
import { isNight, nextLocal } from '../zone.ts';

const POLICY = 'stand-down-at-night';

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
    if (at !== undefined) return [{ policy: POLICY, key: 'suggest', at }];
    const morning = morningAfter(incident, world);
    return morning === undefined ? [] : [{ policy: POLICY, key: 'morning', at: morning }];
  },
  answers: (incident, { key }, context) => {
    if (key === 'wake') return wakeUp(incident, false, context);
    // By day, in the morning or after a late ring, there is nothing to be put off till the morning.
    const night = isNight(zoneOf(incident, context), context.settings.night, context.at);
    return [{ type: key === 'suggest' && night ? 'stand-down-suggested' : 'night-passed' }];
  },
  offers: (incident, { settings }) => {
    const { commander } = incident.command;
    const since = incident.standDownSuggestedAt;
    const row = severityRow(settings.severities, incident.severity.severity);
    if (incident.phase !== 'open' || since === undefined || commander === undefined || !row.standDown) return [];
    const milder = settings.severities[settings.severities.indexOf(row) + 1]?.id ?? row.id;
    const key = promptKey(since);
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

function promptKey(suggestedAt: Instant): string {
  return `stand-down:${suggestedAt}`;
}

/** The suggestion stands before the commander, who has not answered it. */
function stands({ standDownSuggestedAt: since, dismissed }: Incident): boolean {
  return since !== undefined && !dismissed.includes(promptKey(since));
}

/** At night by the commander's clock, not before the incident has run long; answered with no, again after a while. */
function suggestionAt(incident: Incident, world: World): Instant | undefined {
  const { settings } = world;
  const { commander } = incident.command;
  const { standDown } = severityRow(settings.severities, incident.severity.severity);
  if (commander === undefined || !standDown || stands(incident)) return undefined;
  const { standDownSuggestedAt: last, nightPassedAt = 0, awakeSince = 0 } = incident;
  const earliest = Math.max(
    Math.max(incident.declared.at, awakeSince) + settings.standDown.after,
    last === undefined ? 0 : last + settings.standDown.every,
    nightPassedAt,
  );
  const zone = zoneOf(incident, world);
  return isNight(zone, settings.night, earliest) ? earliest : nextLocal(zone, earliest, settings.night.from * 60);
}

function morningAfter(incident: Incident, world: World): Instant | undefined {
  const { standDownSuggestedAt: since } = incident;
  if (since === undefined || !stands(incident)) return undefined;
  return nextLocal(zoneOf(incident, world), since, world.settings.night.to * 60);
}

/** The night is the commander's. */
function zoneOf({ command }: Incident, { people, settings }: World): string {
  return people[command.commander ?? '']?.zone ?? settings.zone;
}
