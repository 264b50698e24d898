/** After each round the commander tells the stakeholders, in words that Baton has drafted (ACT-4). */
import { commanderOf, dismissal, type Policy } from '../contract.ts';

export const stakeholderUpdates: Policy = {
  name: 'stakeholder-updates',
  guide: 'activities',
  rules: ['ACT-4'],
  during: ['open', 'watching'],
  offers: (incident) => {
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
  },
  pings: (event, incident) => {
    const { commander } = incident.command;
    if (event.type !== 'update-failed' || commander === undefined) return [];
    return [
      { to: [commander], line: 'update-failed', facts: { place: event.place }, fact: `update-failed:${event.seq}` },
    ];
  },
};
