/** Pages by push through ntfy, the server of the house's own or a public one: https://docs.ntfy.sh/publish/ */
import { pageText } from '../../cards/page.ts';
import { links, title } from '../../cards/state.ts';
import { clip } from '../../cards/words/clip.ts';
import type { World } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import { incidentLink } from '../../posting/incident-facts.ts';
import { send, type Wire } from '../../posting/send.ts';
import { personalWords } from '../../posting/words.ts';
import type { Call, Pager } from './pager.ts';

export interface NtfyOptions {
  /** The server, without a path. */
  readonly url: string;
  /** Of an account that may write to the topics. */
  readonly token?: string;
  /** What each person's phone listens to. Whoever knows a topic may listen, too. */
  readonly topics: Readonly<Record<string, string>>;
}

/** Longer texts arrive as files, which nobody opens at night. Characters of at most 4 bytes, within 4096 bytes. */
const LONGEST_TEXT = 1_000;
const LONGEST_TITLE = 250;
/** What the server takes. */
const MOST_ACTIONS = 3;

/** As loud as the phone gets, and as loud as it gets by day: 5 and 4 of 5. */
const WORST = 5;
const URGENT = 4;

/** @param publicUrl how people reach Baton from outside */
export function ntfy({ url, token, topics }: NtfyOptions, publicUrl: string | undefined, wire?: Wire): Pager {
  const byPerson = new Map(Object.entries(topics));
  return {
    name: 'ntfy',
    reaches: ({ person }) => byPerson.has(person),
    page: (call) =>
      send(
        {
          // The topic goes with the message, not into the address: addresses are written down by whatever lies between.
          url: `${url}/`,
          ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
          content: { topic: byPerson.get(call.effect.person), ...message(call, publicUrl) },
        },
        wire,
      ),
  };
}

function message({ effect, incident, person, world }: Call, publicUrl: string | undefined) {
  const words = personalWords(person, world, incident);
  const link = incidentLink(incident, publicUrl);
  const ways = [...links(incident, words), ...(link === undefined ? [] : [{ label: incident.id, url: link }])];
  const click = link ?? ways[0]?.url;
  return {
    title: clip(`${incident.severity.severity} · ${title(incident, words)}`, LONGEST_TITLE),
    message: clip(pageText(effect, words), LONGEST_TEXT),
    priority: isWorst(incident, world) ? WORST : URGENT,
    tags: ['rotating_light'],
    ...(click === undefined ? {} : { click }),
    actions: ways.slice(0, MOST_ACTIONS).map(({ label, url }) => ({ action: 'view', label, url })),
  };
}

function isWorst({ severity }: Incident, { settings }: World): boolean {
  return severity.severity === settings.severities[0]?.id;
}
