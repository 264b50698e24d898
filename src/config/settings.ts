/** Lays what the file says over the defaults. */
import type { Retention } from '../core/retain.ts';
import { DEFAULTS, type Settings } from '../core/settings.ts';
import type { People } from '../core/units.ts';
import { placesServed } from './publishers.ts';
import type { ConfigDocument } from './schema.ts';

export function settingsOf(file: ConfigDocument): Settings {
  return {
    severities: severitiesOf(file),
    matrix: file.matrix ?? DEFAULTS.matrix,
    startAt: file.startAt ?? DEFAULTS.startAt,
    services: file.services ?? DEFAULTS.services,
    // The commander's seat stays unless the file describes it: the built-in quorums need it.
    seats: { ...DEFAULTS.seats, ...file.seats },
    commanders: file.commanders ?? DEFAULTS.commanders,
    commsLeads: file.commsLeads ?? DEFAULTS.commsLeads,
    places: placesOf(file),
    permissions: file.permissions ?? DEFAULTS.permissions,
    zone: file.zone ?? DEFAULTS.zone,
    rooms: { ...DEFAULTS.rooms, ...file.rooms },
    call: { ...DEFAULTS.call, ...file.call },
    paging: { ...DEFAULTS.paging, ...file.paging },
    command: { ...DEFAULTS.command, ...file.command },
    impact: { ...DEFAULTS.impact, ...file.impact },
    acknowledgement: { ...DEFAULTS.acknowledgement, ...file.acknowledgement },
    delegation: { ...DEFAULTS.delegation, ...file.delegation },
    lull: { ...DEFAULTS.lull, ...file.lull },
    rounds: { ...DEFAULTS.rounds, ...file.rounds },
    shift: { ...DEFAULTS.shift, ...file.shift },
    fatigue: { ...DEFAULTS.fatigue, ...file.fatigue },
    night: { ...DEFAULTS.night, ...file.night },
    standDown: { ...DEFAULTS.standDown, ...file.standDown },
    recurrence: file.recurrence ?? DEFAULTS.recurrence,
    practice: file.practice ?? DEFAULTS.practice,
  };
}

export function peopleOf(file: ConfigDocument): People {
  return Object.fromEntries(Object.entries(file.people ?? {}).map(([id, person]) => [id, { id, ...person }]));
}

export function retentionOf({ retention: { incidents, attachments } = {} }: ConfigDocument): Retention {
  return { ...(incidents !== undefined && { incidents }), ...(attachments !== undefined && { attachments }) };
}

function placesOf({ places = DEFAULTS.places, publishers }: ConfigDocument): Settings['places'] {
  const { webhook } = publishers ?? {};
  // A webhook without places takes all that is left.
  const all = webhook !== undefined && webhook.places === undefined;
  const served = all ? Object.keys(places) : placesServed({ publishers }).map(({ place }) => place);
  return Object.fromEntries(
    Object.entries(places).map(([id, place]) => [id, served.includes(id) ? place : { ...place, byHand: true }]),
  );
}

function severitiesOf(file: ConfigDocument): Settings['severities'] {
  const written = file.severities;
  if (!written) return DEFAULTS.severities;
  if (Array.isArray(written)) return written;
  return DEFAULTS.severities.map((row) => ({ ...row, ...written[row.id] }));
}
