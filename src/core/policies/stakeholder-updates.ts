/** After each round the commander tells the stakeholders, in words that Baton has drafted (ACT-4). */
import { commanderOf, dismissal, type Policy, type Prompt } from '../contract.ts';
import type { Incident } from '../incident.ts';
import { isByHand, type Settings, stakeholderPlaces } from '../settings.ts';

export const stakeholderUpdates: Policy = {
  name: 'stakeholder-updates',
  guide: 'activities',
  rules: ['ACT-4'],
  during: ['open', 'watching'],
  offers: (incident, { settings }) => [...toSend(incident), ...toPost(incident, settings)],
  pings: (event, incident) => {
    const { commander } = incident.command;
    if (event.type !== 'update-failed' || commander === undefined) return [];
    return [
      { to: [commander], line: 'update-failed', facts: { place: event.place }, fact: `update-failed:${event.seq}` },
    ];
  },
};

function toSend(incident: Incident): Prompt[] {
  const last = incident.rounds.at(-1);
  const opened = last?.openedAt;
  const told = incident.updates.at(-1)?.at ?? 0;
  const over = incident.phase === 'watching' ? incident.watch?.since : undefined;
  const since = over ?? (last?.outcome === 'held' ? opened : undefined);
  if (since === undefined || told >= since) return [];
  // Named so that it stands before what is gathered in the watch, which is as old: people outside are waiting.
  const key = `${over === undefined ? 'send-update' : 'all-clear'}:${since}`;
  return [
    {
      key,
      line: over === undefined ? 'send-update' : 'send-all-clear',
      facts: {},
      to: commanderOf(incident),
      rank: 'writing',
      since: over ?? last?.closedAt ?? since,
      buttons: [{ command: 'send-update', primary: true }, dismissal(key, 'not-needed')],
    },
  ];
}

/** Told with the first update and once: from then on the commander knows, or somebody else sees to it. */
function toPost(incident: Incident, settings: Settings): Prompt[] {
  const [first] = incident.updates;
  if (!first || incident.drill) return [];
  const isGiven = incident.activities.some(
    ({ kind, status, since }) => kind === 'updates' && status !== 'cancelled' && since >= first.at,
  );
  if (isGiven) return [];
  return stakeholderPlaces(settings)
    .filter((place) => isByHand(settings, place))
    .map((place) => {
      const key = `update-by-hand:${place}`;
      return {
        key,
        line: 'update-by-hand',
        facts: { place: settings.places[place]?.name ?? place },
        to: commanderOf(incident),
        rank: 'writing',
        since: first.at,
        buttons: [{ command: 'delegate', fields: { kind: 'updates' }, primary: true }, dismissal(key, 'seen')],
      };
    });
}
