/** Environment and baton.yaml in, a typed configuration out, or everything that is wrong with them at once. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { crossCheck, type Names, routesToNowhere, unknownInDiscord } from './config/cross-checks.ts';
import { type DiscordConfig, type DiscordFile, readDiscord } from './config/discord.ts';
import { type LogLevel, readEnvironment } from './config/environment.ts';
import { explain } from './config/explain.ts';
import { type HooksConfig, hooksOf } from './config/hooks.ts';
import { type PagersConfig, pagersOf, reachedByNone } from './config/pagers.ts';
import { ConfigError, type Problem } from './config/problems.ts';
import { type PublishersConfig, publishersOf } from './config/publishers.ts';
import { salvage } from './config/salvage.ts';
import type { ConfigDocument } from './config/schema.ts';
import { type Environment, secretOf } from './config/secrets.ts';
import { peopleOf, retentionOf, settingsOf } from './config/settings.ts';
import { readTeams, type TeamsFromEnvironment } from './config/teams.ts';
import { readYaml } from './config/yaml-text.ts';
import { COMMANDS } from './core/commands/index.ts';
import type { Retention } from './core/retain.ts';
import type { Settings } from './core/settings.ts';
import type { People } from './core/units.ts';

export { isLoopback } from './config/environment.ts';
export { ConfigError } from './config/problems.ts';

export interface Config {
  /** `PORT`: where HTTP is served. Default 3978; 0 takes any free one. */
  readonly port: number;
  /** `HOST`: the address to listen at. Default 127.0.0.1, this machine alone; any other wants `BATON_TOKEN`. */
  readonly host: string;
  /** `DATA_DIR`: the folder of the database. Default ./data; made when it is not there. */
  readonly dataDir: string;
  /** `MONGODB_URI`: the MongoDB that keeps the data instead, for one instance or several. The database is `baton` unless it says. */
  readonly mongodbUri?: string;
  /** `LOG_LEVEL`: trace, debug, info, warn, error, fatal or silent. Default info. */
  readonly logLevel: LogLevel;
  /** `PUBLIC_URL`: how people and platforms reach Baton from outside, without a slash at the end. */
  readonly publicUrl?: string;
  /** `BATON_TOKEN`: the password of everything that is not on this machine; at least 16 characters. */
  readonly token?: string;
  /** `BATON_CONFIG`: the file that the rest came from. Default baton.yaml, if there is one. */
  readonly file?: string;
  /** Everything that the core decides by. */
  readonly settings: Settings;
  /** `people`: everybody that the house knows, by id. */
  readonly people: People;
  /** `hooks`: where alerts come in. */
  readonly hooks: HooksConfig;
  /** `pagers`: how people are reached who are not looking. */
  readonly pagers: PagersConfig;
  /** `publishers`: where confirmed words go. */
  readonly publishers: PublishersConfig;
  /** `retention`: how long what was closed is kept. Default: for ever. */
  readonly retention: Retention;
  /** `teams`, with the registration from the environment. Absent: there is no Teams endpoint. */
  readonly teams?: TeamsConfig;
  /** `discord`, with the token from the environment. Absent: Baton is not in Discord. */
  readonly discord?: DiscordConfig;
  /** Chat platforms that incidents are routed to. Teams without a registration, where somebody tries it out, is none. */
  readonly chats: readonly string[];
  /** What is amiss in the file and yet no reason not to run, each with its place and its remedy. */
  readonly warnings: readonly string[];
}

/** What may be set of Microsoft Teams in the file. Everything may be left out. */
export interface TeamsFile {
  /** The channel that rooms are threads of: `19:…@thread.tacv2`. Default: where an incident was declared. */
  readonly channel?: string | undefined;
  /** Tenants that may come in. Default: MicrosoftAppTenantId alone. */
  readonly tenants?: readonly string[] | undefined;
  /** Language of cards that many read. Default en. */
  readonly language?: string | undefined;
  /** Object id of the user in whose name online meetings are opened. Default: none are. */
  readonly organizer?: string | undefined;
  /** Group id of the team in which every incident gets a channel of its own. Default: none does. */
  readonly team?: string | undefined;
}

export type TeamsConfig = TeamsFromEnvironment & TeamsFile;

/**
 * @param environment as in `process.env`
 * @param read reads a file, and rejects with an error that has Node's `code`
 * @throws ConfigError with a line for each problem, when anything is wrong
 */
export function readConfig(
  environment: Environment,
  read: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): Config {
  const problems: string[] = [];
  const fromEnvironment = readEnvironment(environment, problems);
  const path = environment.BATON_CONFIG?.trim() || 'baton.yaml';
  const text = readText(path, read, Boolean(environment.BATON_CONFIG?.trim()), problems);
  const file = readDocument(text ?? '', basename(path), environment, problems);
  const reached = readTeams(environment, fromEnvironment.host, file?.teams !== undefined, problems);
  const bot = readDiscord(environment, file?.discord !== undefined, problems);
  if (problems.length > 0 || !file) throw new ConfigError(problems);
  const { teams: written, discord: set, said, ...rest } = file;
  const teams = reached && { ...reached, ...written };
  const discord = bot && { ...bot, ...set };
  const surfaces = { ...(teams && { teams }), ...(discord && { discord }) };
  const chats = [...(teams?.identity ? ['teams'] : []), ...(discord ? ['discord'] : [])];
  const warnings = said([
    ...routesToNowhere(rest.settings, chats),
    ...unknownInDiscord(rest.people, chats),
    ...reachedByNone(rest.pagers, rest.settings, rest.people, chats),
  ]);
  return { ...fromEnvironment, ...(text !== undefined && { file: path }), ...rest, ...surfaces, chats, warnings };
}

function readText(
  path: string,
  read: (path: string) => string,
  wanted: boolean,
  problems: string[],
): string | undefined {
  try {
    return read(path).replace(/^\uFEFF/, '');
  } catch (error) {
    const { code = String(error) } = error as { code?: string };
    if (code !== 'ENOENT') problems.push(`${path} cannot be read (${code}). Make it a file that Baton may read.`);
    else if (wanted)
      problems.push(`BATON_CONFIG is "${path}", and there is no such file. Create it, or unset BATON_CONFIG.`);
    return undefined;
  }
}

type FromFile = Pick<Config, 'settings' | 'people' | 'hooks' | 'pagers' | 'publishers' | 'retention'> & {
  readonly teams?: TeamsFile;
  readonly discord?: DiscordFile;
};

/** With the way to say what is found about the file later on. */
type ReadFile = FromFile & { readonly said: (problems: readonly Problem[]) => readonly string[] };

function readDocument(text: string, name: string, environment: Environment, problems: string[]): ReadFile | undefined {
  const yaml = readYaml(text);
  if (yaml.broken.length > 0) {
    problems.push(...yaml.broken.map(({ message, place }) => `${name}:${place} is not YAML: ${message}`));
    return undefined;
  }
  const { document, issues } = salvage(yaml.value);
  const found: Problem[] = issues.flatMap((issue) => explain(issue, yaml.value));
  const made = document && assemble(document, environment, found);
  if (document && made) found.push(...crossCheck(document, made.settings, namesIn(yaml.value, made)));
  const said = (those: readonly Problem[]) => {
    const placed = those.map((problem) => ({ place: yaml.place(problem), message: problem.message }));
    placed.sort((a, b) => a.place.localeCompare(b.place, 'en', { numeric: true }));
    return placed.map(({ place, message }) => `${name}:${place} ${message}`);
  };
  problems.push(...said(found));
  return made && { ...made, said };
}

function namesIn(written: unknown, { settings, people }: Pick<FromFile, 'settings' | 'people'>): Names {
  const sections = (typeof written === 'object' && written ? written : {}) as Record<string, unknown>;
  const keys = (section: string) => {
    const inner = sections[section];
    return typeof inner === 'object' && inner && !Array.isArray(inner) ? Object.keys(inner) : [];
  };
  const rows = Array.isArray(sections.severities) ? sections.severities : [];
  const severities = rows.flatMap((row: unknown) =>
    typeof row === 'object' && row && 'id' in row ? [String(row.id)] : [],
  );
  return {
    people: [...new Set([...Object.keys(people), ...keys('people')])],
    seats: [...new Set([...Object.keys(settings.seats), ...keys('seats')])],
    places: [...new Set([...Object.keys(settings.places), ...keys('places')])],
    severities: severities.length > 0 ? severities : settings.severities.map(({ id }) => id),
    // Commands of Baton's own adapters cannot be given by people, so they cannot be permitted either.
    commands: COMMANDS.filter(({ right }) => right !== 'adapter').map((command) => command.name),
  };
}

function assemble(file: ConfigDocument, environment: Environment, problems: Problem[]): FromFile {
  const secret = (written: string, ...path: (string | number)[]) => secretOf(written, path, environment, problems);
  return {
    settings: settingsOf(file),
    people: peopleOf(file),
    hooks: hooksOf(file, secret),
    pagers: pagersOf(file, secret, problems),
    publishers: publishersOf(file, secret, problems),
    retention: retentionOf(file),
    ...(file.teams && { teams: file.teams }),
    ...(file.discord && { discord: file.discord }),
  };
}
