/** What the shape alone cannot tell: that everything a setting names is there. */
import { SHORTEST_RETENTION } from '../core/retain.ts';
import { type Settings, SURFACES } from '../core/settings.ts';
import { BATON, type People } from '../core/units.ts';
import { nearest } from './nearest.ts';
import { dotted, type Problem } from './problems.ts';
import { placesServed } from './publishers.ts';
import type { ConfigDocument } from './schema.ts';

type Path = Problem['path'];

const DAY = 24 * 3_600_000;

/** Names that mean somebody or something else already. */
const RESERVED_PEOPLE: readonly string[] = [BATON, 'room'];
const RESERVED_SOURCES: readonly string[] = [BATON, ...SURFACES, 'console', 'alertmanager', 'grafana', 'json', 'local'];
const RESERVED_SEATS = /^asked-\d+$/;

/** What may be named. It includes what is written down wrongly: that is a problem of its own and no reason for more. */
export interface Names {
  readonly people: readonly string[];
  readonly seats: readonly string[];
  readonly places: readonly string[];
  readonly severities: readonly string[];
  readonly commands: readonly string[];
}

/** Checks what the file says; `settings` is the file laid over the defaults. */
export function crossCheck(file: ConfigDocument, settings: Settings, names: Names): Problem[] {
  const problems: Problem[] = [];
  const add = (path: Path, message: string, at: Problem['at'] = 'value') => {
    problems.push({ path, at, message: `${dotted(path)} ${message}` });
  };

  /** `names "jo", who is not in people`: one problem for each that is not known. */
  const known = (path: Path, named: readonly string[], among: readonly string[], list: string, which: string) => {
    for (const [index, name] of named.entries()) {
      if (among.includes(name)) continue;
      const meant = nearest(name, among);
      problems.push({
        path: [...path, index],
        at: 'value',
        message: `${dotted(path)} names "${name}", ${which} is not in ${list}. Add ${name} to ${list}${meant ? `, or did you mean "${meant}"?` : '.'}`,
      });
    }
  };
  const somebody = (path: Path, named: readonly string[] = []) => known(path, named, names.people, 'people', 'who');
  const seats = (path: Path, named: readonly string[] = []) => known(path, named, names.seats, 'seats', 'which');
  const severity = (path: Path, name: string, at: Problem['at'] = 'value') => {
    if (names.severities.includes(name)) return;
    const meant = nearest(name, names.severities);
    const way = meant ? `Did you mean "${meant}"?` : `There are ${names.severities.join(', ')}.`;
    add(path, `is "${name}", which is no severity. ${way}`, at);
  };

  checkPeople(file, add);

  for (const id of Object.keys(file.seats ?? {})) {
    if (RESERVED_SEATS.test(id)) add(['seats', id], 'is a name that Baton gives itself. Choose another.', 'key');
    somebody(['seats', id, 'chain'], file.seats?.[id]?.chain);
  }

  for (const [id, service] of Object.entries(file.services ?? {})) {
    seats(['services', id, 'seats'], service.seats);
    for (const [at, wanted] of Object.entries(service.at ?? {})) {
      severity(['services', id, 'at', at], at, 'key');
      seats(['services', id, 'at', at], wanted);
    }
  }

  checkSeverities(file, settings, names.severities, { add, severity, somebody, seats });

  for (const at of Object.keys(file.rooms?.severities ?? {})) severity(['rooms', 'severities', at], at, 'key');
  /** Keys of a section that are to be names of a list. */
  const keys = (path: Path, written: object, among: readonly string[], list: string) => {
    for (const key of Object.keys(written)) {
      if (among.includes(key)) continue;
      const meant = nearest(key, among);
      const way = meant ? `, or did you mean "${meant}"?` : '.';
      add([...path, key], `is not in ${list}. Add ${key} to ${list}${way}`, 'key');
    }
  };
  const services = Object.keys(file.services ?? {});
  keys(['rooms', 'services'], file.rooms?.services ?? {}, services, 'services');

  const { pagerduty, ntfy } = file.pagers ?? {};
  if (pagerduty) {
    const path = ['pagers', 'pagerduty'];
    keys([...path, 'people'], pagerduty.people, names.people, 'people');
    keys([...path, 'seats'], pagerduty.seats, names.seats, 'seats');
    keys([...path, 'services'], pagerduty.services, services, 'services');
    const ways = { ...pagerduty.people, ...pagerduty.seats, ...pagerduty.services };
    if (pagerduty.key === undefined && Object.keys(ways).length === 0) {
      add(path, 'has no integration key, so it pages nobody. Add key, or keys under people, seats or services.', 'key');
    }
  }

  if (ntfy) {
    const path = ['pagers', 'ntfy'];
    keys([...path, 'topics'], ntfy.topics, names.people, 'people');
    if (Object.keys(ntfy.topics).length === 0)
      add(path, 'has no topics, so it pages nobody. Add topics, as in topics: {anna: anna-7f3a9c}.', 'key');
  }

  somebody(['commanders'], file.commanders);
  somebody(['commsLeads'], file.commsLeads);

  for (const [command, allowed] of Object.entries(file.permissions ?? {})) {
    const path = ['permissions', command];
    if (!names.commands.includes(command)) {
      const meant = nearest(command, names.commands);
      const way = meant ? `Did you mean "${meant}"?` : `There are ${names.commands.join(', ')}.`;
      add(path, `is no command. ${way}`, 'key');
    }
    if (allowed.length === 0)
      add(path, 'names nobody, so nobody could do it. Name people, or leave it out for everybody.');
    somebody(path, allowed);
  }

  const { webhook, statuspage, chat } = file.publishers ?? {};
  known(['publishers', 'webhook', 'places'], webhook?.places ?? [], names.places, 'places', 'which');
  keys(['publishers', 'chat'], chat ?? {}, names.places, 'places');
  if (statuspage) {
    const path = ['publishers', 'statuspage'];
    keys([...path, 'components'], statuspage.components, services, 'services');
    if (!names.places.includes(statuspage.place)) {
      const meant = nearest(statuspage.place, names.places);
      const way = meant ? `, or did you mean "${meant}"?` : '.';
      add(
        [...path, 'place'],
        `is "${statuspage.place}", which is not in places. Add ${statuspage.place} to places${way}`,
      );
    }
  }
  const before = new Map<string, Path>();
  for (const { place, path, at } of placesServed(file)) {
    const other = before.get(place);
    const twice = `publishes at ${place}, as ${dotted(other ?? [])} does. Leave it to one: what is confirmed goes out once.`;
    if (other) add(path, twice, at);
    else before.set(place, path);
  }

  for (const [name, id] of Object.entries(file.hooks?.severities ?? {})) severity(['hooks', 'severities', name], id);
  for (const name of Object.keys(file.hooks?.json?.sources ?? {})) {
    // Where an incident comes from is told by this name, and decides where its room opens.
    if (RESERVED_SOURCES.includes(name)) {
      add(['hooks', 'json', 'sources', name], 'is a name that Baton uses itself. Choose another.', 'key');
    }
  }

  checkRetention(file, settings, add);

  if (settings.night.from === settings.night.to) {
    add(['night'], 'begins and ends at the same hour. Set from and to apart, as in from: 22, to: 7.');
  }
  return problems;
}

/** A route to a platform that is not set up. It is no reason not to run: the incident has its other rooms. */
export function routesToNowhere({ rooms }: Settings, chats: readonly string[]): Problem[] {
  const routes: readonly (readonly [Path, readonly string[]])[] = [
    [['rooms', 'always'], rooms.always ?? []],
    ...Object.entries(rooms.severities).map(([id, led]) => [['rooms', 'severities', id], led] as const),
    ...Object.entries(rooms.services).map(([id, led]) => [['rooms', 'services', id], led] as const),
  ];
  return routes.flatMap(([path, led]) =>
    led.flatMap((surface, index) => {
      if (chats.includes(surface)) return [];
      const way = HOW_TO_SET_UP[surface] ?? 'Set it up';
      const message = `${dotted(path)} leads to ${surface}, which is not set up. ${way}, or take it out: no room opens there.`;
      return [{ path: [...path, index], at: 'value' as const, message }];
    }),
  );
}

/**
 * People whom Discord cannot know: there a name alone makes nobody a configured person. With another platform beside it
 * they can link their accounts themselves.
 */
export function unknownInDiscord(people: People, chats: readonly string[]): Problem[] {
  const unknown = Object.values(people).filter(({ ids }) => ids?.discord === undefined);
  if (chats.length !== 1 || !chats.includes('discord') || unknown.length === 0) return [];
  const named = unknown.slice(0, MOST_NAMED).map(({ id }) => id);
  const more = unknown.length > named.length ? ` and ${unknown.length - named.length} more` : '';
  const message = `people: ${named.join(', ')}${more} without ids.discord. Write their accounts there: in Discord nobody is known by their name, and who has not been met there yet is met as somebody new.`;
  return [{ path: ['people'], at: 'key', message }];
}

const MOST_NAMED = 10;

const HOW_TO_SET_UP: Readonly<Partial<Record<string, string>>> = {
  teams: 'Set MicrosoftAppId (deploy/teams/README.md)',
  discord: 'Set DISCORD_TOKEN (deploy/discord.md)',
};

function checkPeople(file: ConfigDocument, add: (path: Path, message: string, at?: Problem['at']) => void): void {
  const owners = new Map<string, string>();
  for (const [id, person] of Object.entries(file.people ?? {})) {
    if (RESERVED_PEOPLE.includes(id.toLowerCase())) {
      add(['people', id], 'is a name that Baton uses itself. Choose another id.', 'key');
    }
    for (const [platform, account] of Object.entries(person.ids ?? {})) {
      const owner = owners.get(`${platform} ${account}`);
      if (owner) add(['people', id, 'ids', platform], `is also ${owner}'s. Give each person their own account.`);
      else owners.set(`${platform} ${account}`, id);
    }
  }
}

/** Nothing is removed that a recurrence, somebody's rest or an outlet that was down may still ask for. */
function checkRetention({ retention }: ConfigDocument, settings: Settings, add: Checks['add']): void {
  const least = Math.max(settings.recurrence, settings.fatigue.rest, SHORTEST_RETENTION);
  for (const name of ['incidents', 'attachments'] as const) {
    const kept = retention?.[name];
    if (kept === undefined || kept >= least) continue;
    const days = Math.ceil(least / DAY);
    add(
      ['retention', name],
      `is shorter than recurrence or fatigue.rest, which still ask for what was closed. Write ${days}d or more.`,
    );
  }
  if ((retention?.attachments ?? 0) > (retention?.incidents ?? Number.POSITIVE_INFINITY)) {
    add(
      ['retention', 'attachments'],
      'is longer than retention.incidents, and files go with their incident. Shorten it.',
    );
  }
}

interface Checks {
  readonly add: (path: Path, message: string, at?: Problem['at']) => void;
  readonly severity: (path: Path, name: string, at?: Problem['at']) => void;
  readonly somebody: (path: Path, names?: readonly string[]) => void;
  readonly seats: (path: Path, names?: readonly string[]) => void;
}

function checkSeverities(file: ConfigDocument, settings: Settings, ids: readonly string[], checks: Checks): void {
  const { add, severity, somebody, seats } = checks;

  if (Array.isArray(file.severities)) {
    for (const [index, row] of file.severities.entries()) {
      if (ids.indexOf(row.id) < index)
        add(['severities', index, 'id'], `is "${row.id}" a second time. Give each row its own id.`);
    }
  } else {
    for (const id of Object.keys(file.severities ?? {})) {
      if (ids.includes(id)) continue;
      add(
        ['severities', id],
        `is not in the table, which has ${ids.join(', ')}. To write a table of your own, make severities a list.`,
        'key',
      );
    }
  }

  for (const [key, row] of Object.entries(file.severities ?? {})) {
    const step = Array.isArray(file.severities) ? Number(key) : key;
    seats(['severities', step, 'quorum'], row.quorum);
    somebody(['severities', step, 'leaders'], row.leaders);
  }

  if (file.startAt !== undefined) severity(['startAt'], file.startAt);
  else if (!ids.includes(settings.startAt)) {
    add(
      ['severities'],
      `has no ${settings.startAt}, at which incidents start. Set startAt to one of ${ids.join(', ')}.`,
      'key',
    );
  }

  for (const [index, row] of (file.matrix ?? []).entries()) severity(['matrix', index, 'severity'], row.severity);
  const last = file.matrix?.at(-1);
  if (file.matrix && last && Object.keys(last.when).length > 0) {
    add(
      ['matrix', file.matrix.length - 1],
      'does not take every answer, though it is the last row. Add one without when.',
    );
  }
  if (!file.matrix && settings.matrix.some((row) => !ids.includes(row.severity))) {
    add(
      ['severities'],
      'is a table of your own, which the built-in matrix does not fit. Write a matrix that leads to its ids.',
      'key',
    );
  }
}
