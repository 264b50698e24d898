/** Carries effects to the console's pages. Timeline and calls for attention follow from events; only mentions are pushed. */
import type { Reader } from '../../cards/words/reader.ts';
import { wordsFor } from '../../cards/words/words.ts';
import type { Effect } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import type { Intake } from '../../core/ports.ts';
import { reporter } from '../../desk/report.ts';
import { CONSOLE } from './ids.ts';
import type { Live } from './live.ts';
import type { PingForMe } from './wire.ts';

/**
 * `page` and `announce` need no delivery of their own: whoever connects, now or later, is shown the pages they have
 * not answered and the timeline as the events tell them. They are taken so that open pages hear of them at once.
 */
export const TAKES = ['open-room', 'announce', 'ping', 'page'] as const satisfies readonly Effect['type'][];

export function createOutbound(live: Live, publicUrl: string | undefined) {
  return async function deliver(effect: Effect, incident: Incident, intake: Intake): Promise<void> {
    if (effect.type === 'open-room') return openRoom(effect, incident, intake, publicUrl);
    if (effect.type === 'ping') {
      const { people, settings } = await intake.world();
      for (const person of effect.to) {
        live.ping(person, (reader: Reader): PingForMe => {
          const text = wordsFor(reader, people, incident, settings.places).t(`ping.${effect.line}`, effect.facts);
          return { id: effect.id, incident: incident.id, title: incident.title, text, at: effect.at };
        });
      }
      return;
    }
    live.changed();
  };
}

/** Every incident has its page already; the others only need to know where. */
async function openRoom(effect: Effect, incident: Incident, intake: Intake, publicUrl: string | undefined) {
  const link = publicUrl === undefined ? {} : { link: new URL(`/#/${incident.id}`, publicUrl).href };
  const fields = { room: incident.id, ...link };
  await reporter(intake, CONSOLE)(effect.id, 'report-room', incident.id, fields);
}
