/** What comes of a press or a line, whichever way it came in: something done, refused, to be filled in or to be looked at. */
import type { Press } from '../../cards/adaptive-actions.ts';
import { announcement } from '../../cards/announcement.ts';
import { opensForm } from '../../cards/asking.ts';
import { isView, type View } from '../../cards/buttons.ts';
import type { Card } from '../../cards/card.ts';
import { type Filling, formCard, labelledChoices } from '../../cards/form.ts';
import { refusalCard, refusalText } from '../../cards/refusal.ts';
import { readLine } from '../../cards/typed.ts';
import type { Typing } from '../../cards/typing.ts';
import { viewCard } from '../../cards/views.ts';
import type { Words } from '../../cards/words/words.ts';
import { COMMANDS, commandNamed } from '../../core/commands/index.ts';
import { type Command, type FieldValue, LONGEST_TITLE, type Order, type World } from '../../core/contract.ts';
import type { Recorded } from '../../core/events.ts';
import { fieldsOf, peopleOf } from '../../core/fields.ts';
import type { Incident } from '../../core/incident.ts';
import type { IncidentId, PersonId } from '../../core/units.ts';
import type { Place } from './activity.ts';
import { type Desk, wordsOf } from './desk.ts';
import { pressId, TEAMS } from './ids.ts';
import { CLOSED_SHOWN, MOST_LISTED } from './limits.ts';
import type { Rooms } from './rooms.ts';

/** Who asks, from where, in which world. */
export interface Asker {
  readonly by: PersonId;
  readonly place: Place;
  readonly world: World;
}

export type Outcome =
  | {
      readonly outcome: 'done';
      readonly incident: Incident;
      readonly lines: readonly string[];
      readonly repeated: boolean;
    }
  | { readonly outcome: 'refused'; readonly incident: Incident | undefined; readonly card: Card; readonly text: string }
  | { readonly outcome: 'form'; readonly incident: Incident | undefined; readonly card: Card }
  | { readonly outcome: 'view'; readonly incident: Incident | undefined; readonly card: Card }
  | { readonly outcome: 'problem'; readonly card: Card };

/** Commands that people give; the rest is between Baton and its adapters. */
const OFFERED = COMMANDS.filter(({ right }) => right !== 'adapter');

/** Words that are no command are kept as what somebody has seen. */
const NOTE = { command: 'note', field: 'text' };

/** Lines of what has happened that are said back to whoever did it. */
const MOST_SAID = 4;

export type Orders = ReturnType<typeof createOrders>;

export function createOrders(desk: Desk, rooms: Rooms) {
  const { intake } = desk;

  async function press(press: Press, asker: Asker): Promise<Outcome> {
    const { command: name, fields, incident: id, seen } = press;
    const incident = await known(id);
    if (isView(name)) return view(name, fields.about, incident, asker);
    const command = offered(name);
    if (press.form && command) return form(command, fields, incident, asker);
    const order = { id: pressId(asker.by, press), command: name, fields };
    return give(
      { ...order, ...(id === undefined ? {} : { incident: id }), ...(seen === undefined ? {} : { seen }) },
      asker,
    );
  }

  /** @param id unique per line: a line that is delivered twice is carried out once */
  async function line(typed: string, id: string, incident: Incident | undefined, asker: Asker): Promise<Outcome> {
    const words = wordsOf(desk, asker.world, asker.by, incident);
    const slashed = typed.trim().startsWith('/');
    const read = readLine(typed, typingFor(incident, asker, words));
    if ('problem' in read) {
      const unknown = read.problem === 'typed-unknown' && !slashed;
      const slip = read.near.length > 0 && typed.trim().split(/\s+/).length <= 2;
      if (unknown && !slip && incident) {
        return give(
          { id, command: NOTE.command, incident: incident.id, fields: { [NOTE.field]: typed } },
          asker,
          'typed',
        );
      }
      return misread(read, unknown ? typed : undefined, words);
    }
    if (isView(read.command)) return view(read.command, read.fields.about, incident, asker);
    const order = { id, command: read.command, fields: read.fields };
    return give(incident ? { ...order, incident: incident.id } : order, asker, 'typed');
  }

  /** A typed line that lacks something goes on as a form. */
  async function give(
    order: Omit<Order, 'by' | 'via'>,
    asker: Asker,
    how: 'typed' | 'pressed' = 'pressed',
  ): Promise<Outcome> {
    const command = offered(order.command);
    // An adapter's command is as unknown to people as one that does not exist.
    const name = command?.name ?? (commandNamed(order.command) ? `${order.command}?` : order.command);
    if (command?.opens) rooms.origin(order.id, asker.place);
    const answer = await intake.handle({ ...order, command: name, by: asker.by, via: TEAMS });
    const words = wordsOf(desk, asker.world, asker.by, answer.incident);
    if (!('refusal' in answer)) {
      const { incident, events, repeated = false } = answer;
      const lines = repeated ? [words.t('teams.done.before')] : said(events, asker, words);
      return { outcome: 'done', incident, lines, repeated };
    }
    const { refusal, incident } = answer;
    const given = order.fields as Readonly<Record<string, FieldValue>>;
    const again = refusal.next[0].command === command?.name;
    if (command && how === 'typed' && again && opensForm(command, given, { incident, viewer: asker.by }, undefined)) {
      return form(command, given, incident, asker);
    }
    const card = refusalCard(refusal, incident, words, asker.by);
    return { outcome: 'refused', incident, card, text: refusalText(refusal, words) };
  }

  function form(
    command: Command,
    given: Readonly<Record<string, FieldValue>>,
    incident: Incident | undefined,
    asker: Asker,
  ): Outcome {
    const card = formCard(command, filling(incident, asker), wordsOf(desk, asker.world, asker.by, incident), given);
    return { outcome: 'form', incident, card };
  }

  async function view(name: View, about: unknown, incident: Incident | undefined, asker: Asker): Promise<Outcome> {
    const listed = await intake.list({ closedAfter: intake.now() - CLOSED_SHOWN, limit: MOST_LISTED });
    const words = wordsOf(desk, asker.world, asker.by, incident);
    const scene = { world: asker.world, words, incident, listed, about: typeof about === 'string' ? about : undefined };
    return { outcome: 'view', incident, card: viewCard(name, scene) };
  }

  async function known(id: IncidentId | undefined): Promise<Incident | undefined> {
    return id === undefined ? undefined : intake.incident(id);
  }

  return { press, line, give };
}

function said(events: readonly Recorded[], { by }: Asker, words: Words): readonly string[] {
  const own = events.filter((event) => event.by === by && event.type !== 'prompts-changed');
  return own.length > 0 ? own.slice(0, MOST_SAID).map((event) => announcement(event, words)) : [words.t('teams.done')];
}

function offered(name: string): Command | undefined {
  const command = commandNamed(name);
  return command?.right === 'adapter' ? undefined : command;
}

/** What was typed is no command: what may have been meant, and where nothing is open, the way to declare it. */
function misread(
  read: { readonly problem: string; readonly facts: object; readonly near: readonly string[] },
  title: string | undefined,
  words: Words,
): Outcome {
  const facts = read.facts as Parameters<Words['t']>[1];
  const near = words.list(read.near);
  const declare = title !== undefined && read.near.length === 0;
  return {
    outcome: 'problem',
    card: {
      key: 'problem',
      title: words.t('card.refusal'),
      blocks: [
        {
          type: 'line',
          text: words.t(`refusal.${read.problem}`, facts),
          tone: 'warn',
          ...(declare ? { why: words.t('teams.declare-instead') } : {}),
        },
        ...(read.near.length > 0 ? [{ type: 'text', text: words.t('teams.near', { near }) } as const] : []),
        {
          type: 'buttons',
          buttons: [
            ...(declare
              ? [
                  {
                    label: words.t('button.declare'),
                    command: 'declare',
                    fields: { title: title.slice(0, LONGEST_TITLE).toWellFormed() },
                    form: false,
                    primary: true,
                  },
                ]
              : []),
            { label: words.t('button.help'), command: 'help', fields: {}, form: false },
          ],
        },
      ],
    },
  };
}

function filling(incident: Incident | undefined, { by, world }: Asker): Filling {
  return { incident, by, world };
}

function typingFor(incident: Incident | undefined, asker: Asker, words: Words): Typing {
  return {
    commands: OFFERED,
    fieldsOf: (command) => fieldsOf(command, incident, asker.by),
    choicesOf: (field) => labelledChoices(field, filling(incident, asker), words),
    people: peopleOf(incident, asker.world.people),
    by: asker.by,
  };
}
