/** Every source of alerts that the house listens to, as its configuration says. */
import type { Labels } from './alert-groups.ts';
import { ALERTMANAGER, readAlertmanager } from './alertmanager.ts';
import { GRAFANA, readGrafana } from './grafana.ts';
import { JSON_SOURCE, type Mapping, readJson, readText } from './json.ts';
import type { Malformed, Report } from './report.ts';
import type { Signed } from './signature.ts';

export interface Source {
  /** Names it in orders and the record. */
  readonly name: string;
  /** Its address below /hooks/. */
  readonly path: string;
  /** Where its settings stand, for those who are told to set one. */
  readonly setting: string;
  /** Any of them opens; several while one is being exchanged for another. */
  readonly secrets: readonly string[];
  /** How it signs, where it can. */
  readonly signed?: Signed;
  readonly read: (body: unknown) => Report | Malformed;
  /** Reads what was to be JSON and is not, where something can be made of it; told what is wrong with it. */
  readonly readText?: (text: string, broken: string) => Report | Malformed;
}

interface Guarded {
  readonly secrets: readonly string[];
}

/** As configured: what each setting means stands in config.ts. */
export interface Hooks {
  readonly alertmanager: Guarded & Labels;
  readonly grafana: Guarded & Labels & Signed;
  readonly json: Guarded & { readonly sources: Readonly<Record<string, Guarded & Mapping>> };
  /** Severities by what sources call them. */
  readonly severities: Readonly<Record<string, string>>;
}

export function sourcesOf({ alertmanager, grafana, json }: Hooks): Source[] {
  return [
    {
      ...at(ALERTMANAGER),
      secrets: alertmanager.secrets,
      read: (body) => readAlertmanager(body, alertmanager),
    },
    {
      ...at(GRAFANA),
      secrets: grafana.secrets,
      signed: grafana,
      read: (body) => readGrafana(body, grafana),
      readText: (text, broken) => readText(text, broken, GRAFANA),
    },
    // Named ones first: their names would be taken for secrets.
    ...Object.entries(json.sources).map(([name, source]) => ({
      name,
      path: `${JSON_SOURCE}/${name}`,
      setting: `hooks.json.sources.${name}`,
      secrets: source.secrets,
      read: (body: unknown) => readJson(body, name, source),
      readText: (text: string, broken: string) => readText(text, broken, name),
    })),
    { ...at(JSON_SOURCE), secrets: json.secrets, read: (body) => readJson(body), readText },
  ];
}

function at(name: string) {
  return { name, path: name, setting: `hooks.${name}` };
}
