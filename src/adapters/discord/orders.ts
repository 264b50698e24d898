/** What comes of a press or a command, whichever way it came in: something done, refused, to be filled in or looked at. */
import { announcement } from '../../cards/announcement.ts';
import { opensForm } from '../../cards/asking.ts';
import { isView, type View } from '../../cards/buttons.ts';
import type { Block, Card } from '../../cards/card.ts';
import { formCard } from '../../cards/form.ts';
import { personalCards } from '../../cards/prompt.ts';
import { refusalCard, refusalText } from '../../cards/refusal.ts';
import { viewCard } from '../../cards/views.ts';
import type { Words } from '../../cards/words/words.ts';
import { workCards } from '../../cards/work.ts';
import { commandNamed } from '../../core/commands/index.ts';
import type { Command, FieldValue, Order, World } from '../../core/contract.ts';
import type { Recorded } from '../../core/events.ts';
import type { Incident } from '../../core/incident.ts';
import type { IncidentId, PersonId } from '../../core/units.ts';
import { type Desk, wordsOf, YOURS } from './desk.ts';
import { DISCORD } from './ids.ts';
import { CLOSED_SHOWN, MOST_LISTED } from './limits.ts';
import type { Press } from './press.ts';
import type { Origin, Rooms } from './rooms.ts';

/** Who asks, from where, in which world. */
export interface Asker {
  readonly by: PersonId;
  /** Absent in a direct channel. */
  readonly origin?: Origin | undefined;
  readonly world: World;
}

export type Outcome =
  | {
      readonly outcome: 'done';
      readonly incident: Incident;
      readonly lines: readonly string[];
      readonly opened: boolean;
      /** Somebody has taken work on: they are shown what they can say about it. */
      readonly tookOn: boolean;
    }
  | { readonly outcome: 'refused'; readonly incident: Incident | undefined; readonly card: Card; readonly text: string }
  | { readonly outcome: 'form'; readonly incident: Incident | undefined; readonly card: Card; readonly press: Press }
  | { readonly outcome: 'view'; readonly incident: Incident | undefined; readonly card: Card };

/** Lines of what has happened that are said back to whoever did it. */
const MOST_SAID = 4;

type Given = Readonly<Record<string, FieldValue>>;

export interface Asked {
  readonly id: string;
  readonly command: string;
  readonly fields: Given;
  readonly incident?: Incident | undefined;
  readonly seen?: number | undefined;
  /** Something was left out that a form can ask for. */
  readonly typed?: boolean;
}

export type Orders = ReturnType<typeof createOrders>;

export function createOrders(desk: Desk, rooms: Rooms) {
  const { intake } = desk;

  async function give(asked: Asked, asker: Asker): Promise<Outcome> {
    const { id, command: name, fields, incident: target, seen, typed } = asked;
    if (isView(name)) return view(name, fields.about, target, asker);
    const command = offered(name);
    const lacking = (incident: Incident | undefined) =>
      command !== undefined && opensForm(command, fields, { incident, viewer: asker.by }, undefined);
    // A modal must be the first answer: what is plainly missing is asked for before anything else is tried.
    if (typed && command && (command.opens || target) && lacking(target)) return form(command, fields, target, asker);
    if (command?.opens && asker.origin) rooms.origin(id, asker.origin);
    // An adapter's command is as unknown to people as one that does not exist.
    const called = command?.name ?? (commandNamed(name) ? `${name}?` : name);
    const order: Order = {
      id,
      command: called,
      by: asker.by,
      fields,
      via: DISCORD,
      ...(target === undefined || command?.opens ? {} : { incident: target.id }),
      ...(seen === undefined ? {} : { seen }),
    };
    const answer = await intake.handle(order);
    const words = wordsOf(desk, asker.world, asker.by, answer.incident);
    if (!('refusal' in answer)) {
      const { incident, events, repeated = false } = answer;
      const lines = repeated ? [words.t('discord.done.before')] : said(events, asker, words);
      const tookOn = events.some(({ type, by }) => type === 'activity-acknowledged' && by === asker.by);
      return { outcome: 'done', incident, lines, opened: command?.opens ?? false, tookOn };
    }
    const { refusal, incident } = answer;
    if (typed && command && refusal.next[0].command === command.name && lacking(incident)) {
      return form(command, fields, incident, asker);
    }
    const card = refusalCard(refusal, incident, words, asker.by);
    return { outcome: 'refused', incident, card, text: refusalText(refusal, words) };
  }

  function form(command: Command, fields: Given, incident: Incident | undefined, asker: Asker, page = 1): Outcome {
    const words = wordsOf(desk, asker.world, asker.by, incident);
    const card = formCard(command, { incident, by: asker.by, world: asker.world }, words, fields);
    const press = { command: command.name, incident: incident?.id, seen: incident?.version, fields, page };
    return { outcome: 'form', incident, card, press };
  }

  async function view(name: View, about: unknown, incident: Incident | undefined, asker: Asker): Promise<Outcome> {
    const listed = await intake.list({ closedAfter: intake.now() - CLOSED_SHOWN, limit: MOST_LISTED });
    const words = wordsOf(desk, asker.world, asker.by, incident);
    const scene = { world: asker.world, words, incident, listed, about: typeof about === 'string' ? about : undefined };
    return { outcome: 'view', incident, card: viewCard(name, scene) };
  }

  /** Everything that waits for one person, and the work that they have taken on. */
  function yours(incident: Incident, { by, world }: Asker): Outcome {
    const words = wordsOf(desk, world, by, incident);
    const own = [...personalCards(incident, world, words, by), ...workCards(incident, words, by)];
    const blocks = own.flatMap(({ blocks: all }) => all);
    const nothing: Block = { type: 'text', text: words.t('discord.nothing-yours') };
    const title = words.t('card.title', { id: incident.id, title: incident.title });
    const card = { key: YOURS, title, version: incident.version, blocks: own.length > 0 ? blocks : [nothing] };
    return { outcome: 'view', incident, card };
  }

  return { give, form, view, yours };
}

/** The incident that is meant: named, else at home in the channel, else the only one that is open. */
export async function incidentOf(desk: Desk, channel: string | undefined, named: IncidentId | undefined) {
  const load = async (id: IncidentId | undefined) => (id === undefined ? undefined : desk.intake.incident(id));
  const asked = await load(named);
  if (asked) return { incident: asked, several: [] };
  const here = await Promise.all((channel === undefined ? [] : desk.cabinet.in(channel)).map(load));
  const home = here.findLast((one) => one && one.phase !== 'closed') ?? here.findLast((one) => one !== undefined);
  if (home) return { incident: home, several: [] };
  const listed = await desk.intake.list({ closedAfter: desk.intake.now(), limit: MOST_LISTED });
  const open = listed.filter(({ phase }) => phase !== 'closed').map(({ id }) => id);
  return open.length === 1 ? { incident: await load(open[0]), several: [] } : { incident: undefined, several: open };
}

export function offered(name: string): Command | undefined {
  const command = commandNamed(name);
  return command?.right === 'adapter' ? undefined : command;
}

function said(events: readonly Recorded[], { by }: Asker, words: Words): readonly string[] {
  const own = events.filter((event) => event.by === by && event.type !== 'prompts-changed');
  return own.length > 0
    ? own.slice(0, MOST_SAID).map((event) => announcement(event, words))
    : [words.t('discord.done')];
}
