/** Puts together what the doctor looks at, from the configuration that Baton starts with: the one place that picks the adapters' checkups. */
import { hostname } from 'node:os';
import { alertsCheckup } from './adapters/alerts/checkup.ts';
import { pagersCheckup } from './adapters/pagers/checkup.ts';
import { publishersCheckup } from './adapters/publishers/checkup.ts';
import type { Environment } from './config/secrets.ts';
import { type Config, isLoopback } from './config.ts';
import { clockFindings } from './doctor/clock.ts';
import { readForDoctor } from './doctor/configuration.ts';
import { type Examined, examine } from './doctor/examine.ts';
import { type Check, type Finding, type Group, note, unset } from './doctor/finding.ts';
import { httpCheckup, localName } from './doctor/http.ts';
import { createReach, type Reach } from './doctor/reach.ts';
import { secretsIn, withoutSecrets } from './doctor/secrets.ts';
import { pagesAreOnlyShown, placesByHand } from './unserved.ts';
import { VERSION } from './version.ts';

/**
 * Group after group, as they are shown. Changes nothing, takes nothing from a Baton that runs, and ends even where
 * servers do not answer.
 * @param patience milliseconds for each check
 */
export async function* checkUp(environment: Environment, patience?: number): AsyncGenerator<Examined> {
  const { findings, config } = readForDoctor(environment);
  const reach = createReach();
  const secrets = secretsIn(environment, config);
  const shown = ({ name, findings }: Examined): Examined => ({
    name,
    findings: findings.map(({ state, said, remedy }) => ({
      state,
      said: withoutSecrets(said, secrets),
      ...(remedy !== undefined && { remedy: withoutSecrets(remedy, secrets) }),
    })),
  });
  yield shown({ name: 'Configuration', findings });
  if (!config) return;
  for (const examined of examine(await groupsFor(config, reach), patience)) yield shown(await examined);
  const clock = clockFindings(reach.heard);
  if (clock.length > 0) yield { name: 'Clock', findings: clock };
}

async function groupsFor(config: Config, reach: Reach): Promise<readonly Group[]> {
  return [
    { name: 'Storage', checks: await storageChecks(config) },
    { name: 'Console and HTTP', checks: httpCheckup(config, reach) },
    { name: 'Teams', checks: await teamsChecks(config, reach) },
    { name: 'Discord', checks: await discordChecks(config, reach) },
    { name: 'Alerts in', checks: alertChecks(config) },
    { name: 'Pagers', checks: pagerChecks(config, reach) },
    { name: 'Publishers', checks: publisherChecks(config, reach) },
  ];
}

// As at the start, only what is used is loaded.

async function storageChecks({ dataDir, mongodbUri }: Config): Promise<readonly Check[]> {
  if (mongodbUri !== undefined) return (await import('./adapters/mongodb/checkup.ts')).mongoCheckup(mongodbUri);
  return (await import('./adapters/sqlite/checkup.ts')).sqliteCheckup(dataDir);
}

async function teamsChecks({ teams, publicUrl }: Config, reach: Reach): Promise<readonly Check[]> {
  if (!teams?.identity) return [said(unset('Teams is not set up.'))];
  const { teamsCheckup } = await import('./adapters/teams/checkup.ts');
  return teamsCheckup({ ...teams, identity: teams.identity, publicUrl, version: VERSION, reach });
}

async function discordChecks({ discord }: Config, reach: Reach): Promise<readonly Check[]> {
  if (!discord) return [said(unset('Discord is not set up.'))];
  return (await import('./adapters/discord/checkup.ts')).discordCheckup({ ...discord, reach });
}

function alertChecks({ hooks, publicUrl, host, port }: Config): readonly Check[] {
  const local = `http://${localName(host)}:${port}`;
  // Under the name that it has for itself; what others call it only they know.
  const named = local === `http://${host}:${port}` ? host : hostname();
  const outside = publicUrl ?? (isLoopback(host) ? undefined : `http://${named}:${port}`);
  return alertsCheckup({ hooks, outside, local });
}

function pagerChecks(config: Config, reach: Reach): readonly Check[] {
  const { ntfy, ...others } = config.pagers;
  const checks = pagersCheckup({ ntfy, others: Object.values(others).map(({ url }) => url) }, reach);
  if (checks.length > 0) return checks;
  if (!pagesAreOnlyShown(config)) return [said(unset('No pager is set up.'))];
  const lack = 'No pager is set up: pages show only to people who have Baton open.';
  return [said(note(lack, 'Set one up below pagers in baton.yaml.'))];
}

function publisherChecks(config: Config, reach: Reach): readonly Check[] {
  const { webhook, statuspage, chat = {} } = config.publishers;
  const others = [...(webhook ? [webhook.url] : []), ...Object.values(chat)];
  const checks = publishersCheckup({ statuspage, others }, reach);
  const places = placesByHand(config);
  const byHand = places.length === 0 ? '' : `People post by hand at ${places.join(', ')}.`;
  if (checks.length === 0) return [said(unset(`No publisher is set up. ${byHand}`.trim()))];
  return byHand === '' ? checks : [...checks, said(unset(byHand))];
}

/** Known without looking. */
function said(finding: Finding): Check {
  return { of: 'It', look: () => finding };
}
