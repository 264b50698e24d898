/** Pages through PagerDuty's Events API v2: https://developer.pagerduty.com/docs/events-api-v2-overview */
import { pageText } from '../../cards/page.ts';
import { links, title } from '../../cards/state.ts';
import { clip } from '../../cards/words/clip.ts';
import type { World } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import { incidentLink } from '../../posting/incident-facts.ts';
import { send, type Wire } from '../../posting/send.ts';
import { personalWords } from '../../posting/words.ts';
import type { Call, Pager, Ringing } from './pager.ts';

/** Where events go, without a path, and integration keys; `key` is for whoever has none of the others. */
export interface PagerDutyOptions {
  readonly url: string;
  readonly key?: string;
  readonly people: Readonly<Record<string, string>>;
  readonly seats: Readonly<Record<string, string>>;
  readonly services: Readonly<Record<string, string>>;
}

/** The API refuses longer ones. Characters. */
const LONGEST_SUMMARY = 1024;

/** By place in the house's own table, worst first; the API knows no others. */
const SEVERITIES = ['critical', 'error', 'warning'] as const;

/** @param publicUrl how people reach Baton from outside */
export function pagerDuty(config: PagerDutyOptions, publicUrl: string | undefined, wire?: Wire): Pager {
  const url = `${config.url}/v2/enqueue`;
  const [people, seats, services] = [config.people, config.seats, config.services].map(
    (keys) => new Map(Object.entries(keys)),
  );
  const keyFor = ({ person, seat, service = '' }: Ringing) =>
    people?.get(person) ?? seats?.get(seat) ?? services?.get(service) ?? config.key;
  return {
    name: 'pagerduty',
    reaches: (whom) => keyFor(whom) !== undefined,
    page: (call) => send({ url, content: { routing_key: keyFor(call.whom), ...trigger(call, publicUrl) } }, wire),
    end: (key, ringing, how) => {
      const action = how === 'answered' ? 'acknowledge' : 'resolve';
      const content = { routing_key: keyFor(ringing), event_action: action, dedup_key: key };
      return send({ url, content }, wire);
    },
  };
}

function trigger({ effect, incident, person, world, key }: Call, publicUrl: string | undefined) {
  const words = personalWords(person, world, incident);
  const link = incidentLink(incident, publicUrl);
  const ways = [...(link === undefined ? [] : [{ label: incident.id, url: link }]), ...links(incident, words)];
  return {
    event_action: 'trigger',
    dedup_key: key,
    client: 'Baton',
    ...(link === undefined ? {} : { client_url: link }),
    links: ways.map(({ label, url }) => ({ href: url, text: label })),
    payload: {
      summary: clip(`${title(incident, words)} · ${pageText(effect, words)}`, LONGEST_SUMMARY),
      source: incident.id,
      severity: severityOf(incident, world),
      timestamp: new Date(effect.at).toISOString(),
      ...(incident.service === undefined ? {} : { component: incident.service }),
      class: 'page',
      custom_details: {
        incident: incident.id,
        title: incident.title,
        severity: incident.severity.severity,
        wanted: effect.wanted,
        person: person.name,
        attempt: effect.attempt,
        drill: incident.drill,
      },
    },
  };
}

function severityOf({ severity }: Incident, { settings }: World): string {
  const row = settings.severities.findIndex(({ id }) => id === severity.severity);
  return SEVERITIES[row < 0 ? 0 : row] ?? 'info';
}
