/** What comes of what somebody says, however and wherever: it is done, refused, to be filled in, to be looked at, or no command. */
import type { Press } from '../cards/adaptive-actions.ts';
import { announcement } from '../cards/announcement.ts';
import { opensForm } from '../cards/asking.ts';
import { isView, type View } from '../cards/buttons.ts';
import { type Filling, formCard, labelledChoices } from '../cards/form.ts';
import { refusalCard, refusalText } from '../cards/refusal.ts';
import { readLine } from '../cards/typed.ts';
import type { Typing } from '../cards/typing.ts';
import { viewCard } from '../cards/views.ts';
import type { Words } from '../cards/words/words.ts';
import type { Command, Given, Order, World } from '../core/contract.ts';
import type { Recorded } from '../core/events.ts';
import { fieldsOf, peopleOf } from '../core/fields.ts';
import type { Incident } from '../core/incident.ts';
import type { Decided, Intake } from '../core/ports.ts';
import type { PersonId } from '../core/units.ts';
import { pressId } from './ids.ts';
import { CLOSED_SHOWN, MOST_LISTED, MOST_SAID } from './limits.ts';
import { readCode } from './link-code.ts';
import type { Linking } from './linking.ts';
import { misread } from './misread.ts';
import { nameable, OFFERED, offered, orderName } from './offered.ts';
import type { Outcome } from './outcome.ts';

/** Who asks, in which world; a surface adds from where. */
export interface Asker {
  readonly by: PersonId;
  readonly world: World;
}

/** What a surface brings. */
export interface Counter<A extends Asker> {
  readonly intake: Intake;
  /** The surface's name, under which its orders go in. */
  readonly via: string;
  readonly wordsOf: (asker: A, incident: Incident | undefined) => Words;
  /** A line without a slash is a note; otherwise commands need no slash. */
  readonly slashed: boolean;
  /** Where people have accounts: theirs, and whether others read along where they ask. */
  readonly linking?: {
    readonly at: Linking;
    readonly accountOf: (asker: A) => string | undefined;
    readonly openly: (asker: A) => boolean;
  };
  /** Hears of an order that may make an incident before it is given. */
  readonly opening?: (order: string, asker: A) => void;
}

export interface Asked {
  /** The same for what is said twice. */
  readonly id: string;
  readonly command: string;
  readonly fields: Given;
  readonly incident: Incident | undefined;
  /** Version of the incident on the card that was pressed. */
  readonly seen?: number | undefined;
  /** What was left out is asked for by a form, where that is all that is wrong. */
  readonly typed?: boolean;
}

/** What a surface may add to a press. */
export interface PressOptions {
  /** Where the surface has one; else two presses of one button on one card are the same press. */
  readonly id?: string;
  /** As `Intake.handle` says. */
  readonly decided?: Decided;
}

export type { Outcome };

/** Words that are no command are kept as what somebody has seen. */
const NOTE = { command: 'note', field: 'text' };

export type Orders<A extends Asker> = ReturnType<typeof createOrders<A>>;

export function createOrders<A extends Asker>({ intake, via, wordsOf, slashed, linking, opening }: Counter<A>) {
  async function press(press: Press, asker: A, { id, decided }: PressOptions = {}): Promise<Outcome> {
    const { command: name, fields, incident: about, seen } = press;
    const incident = about === undefined ? undefined : await intake.incident(about);
    const command = offered(name);
    if (press.form && command) return form(command, fields, incident, asker);
    return give({ id: id ?? pressId(via, asker.by, press), command: name, fields, incident, seen }, asker, decided);
  }

  /** @param id unique per line: a line that is delivered twice is carried out once */
  async function line(typed: string, id: string, incident: Incident | undefined, asker: A): Promise<Outcome> {
    // At night the code alone is typed where it is asked for.
    const code = slashed ? undefined : readCode(typed);
    if (linking && code !== undefined) return view('link-account', { code }, undefined, asker);
    const words = wordsOf(asker, incident);
    const read = readLine(typed, typing(incident, asker, words));
    if (!('problem' in read)) return give({ id, ...read, incident, typed: true }, asker);
    const unknown = !slashed && read.problem === 'typed-unknown' && !typed.trim().startsWith('/');
    const slip = read.near.length > 0 && typed.trim().split(/\s+/).length <= 2;
    if (unknown && !slip && incident) {
      return give({ id, command: NOTE.command, fields: { [NOTE.field]: typed }, incident, typed: true }, asker);
    }
    return { outcome: 'problem', ...misread(read, unknown ? typed : undefined, words) };
  }

  async function give(asked: Asked, asker: A, decided?: Decided): Promise<Outcome> {
    const { id, command: name, fields, incident: about, seen, typed = false } = asked;
    if (isView(name)) return view(name, fields, about, asker);
    const command = offered(name);
    if (command?.opens) opening?.(id, asker);
    const order: Order = {
      id,
      command: orderName(name),
      by: asker.by,
      fields,
      via,
      ...(about === undefined ? {} : { incident: about.id }),
      ...(seen === undefined ? {} : { seen }),
    };
    const answer = await intake.handle(order, decided);
    const words = wordsOf(asker, answer.incident);
    if (!('refusal' in answer)) {
      const { incident, events, repeated = false } = answer;
      const tookOn = events.some(({ type, by }) => type === 'activity-acknowledged' && by === asker.by);
      return {
        outcome: 'done',
        incident,
        // Worked out where they are shown: a card that is redrawn says it all by itself.
        get lines() {
          if (repeated) return [words.t('desk.done.before')];
          return events.length === 0 ? [nothing(order, words)] : said(events, asker, words);
        },
        repeated,
        changed: events.length > 0,
        opened: command?.opens ?? false,
        tookOn,
      };
    }
    const { refusal, incident } = answer;
    const again = refusal.next[0].command === command?.name;
    if (typed && command && again && lacks(command, fields, incident, asker)) {
      return form(command, fields, incident, asker);
    }
    const card = refusalCard(refusal, incident, words, asker.by);
    return { outcome: 'refused', incident, card, text: refusalText(refusal, words) };
  }

  /** Whether something is missing that a form would ask for. */
  function lacks(command: Command, fields: Given, incident: Incident | undefined, { by }: A): boolean {
    return opensForm(command, fields, { incident, viewer: by }, undefined);
  }

  function form(command: Command, given: Given, incident: Incident | undefined, asker: A): Outcome {
    const card = formCard(command, filling(incident, asker), wordsOf(asker, incident), given);
    return { outcome: 'form', incident, card, command: command.name, given };
  }

  async function view(name: View, fields: Given, incident: Incident | undefined, asker: A): Promise<Outcome> {
    const account = name === 'link-account' ? linking?.accountOf(asker) : undefined;
    if (linking && account !== undefined) return link(linking, account, fields, asker);
    const { about } = fields;
    const listed = await intake.list({ closedAfter: intake.now() - CLOSED_SHOWN, limit: MOST_LISTED });
    const words = wordsOf(asker, incident);
    const scene = { world: asker.world, words, incident, listed, about: typeof about === 'string' ? about : undefined };
    return { outcome: 'view', incident, card: viewCard(name, scene) };
  }

  function link({ at, openly }: Required<Counter<A>>['linking'], id: string, { code, sure }: Given, asker: A) {
    const { by: person, world } = asker;
    const account = { person, surface: via, id };
    const linker = { account, people: world.people, words: wordsOf(asker, undefined), openly: openly(asker) };
    return at.asked({ code: code === undefined ? undefined : String(code), sure: sure === true }, linker);
  }

  /** What a line is read against. */
  function typing(incident: Incident | undefined, asker: A, words = wordsOf(asker, incident)): Typing {
    return {
      commands: OFFERED,
      fieldsOf: (command) => nameable(fieldsOf(command, incident, asker.by), words),
      choicesOf: (field) => labelledChoices(field, filling(incident, asker), words),
      people: peopleOf(incident, asker.world.people),
      by: asker.by,
      ...(slashed && incident ? { plain: NOTE } : {}),
    };
  }

  return { press, line, give, lacks, form, view, typing };
}

/** Some orders that find nothing to do have more to say than that it is so already. */
function nothing({ command, by, fields }: Order, words: Words): string {
  const person = typeof fields.person === 'string' ? fields.person : by;
  const own = `nothing.${command}`;
  return words.t(words.has(own) ? own : 'desk.nothing', { person: { person } });
}

function said(events: readonly Recorded[], { by }: Asker, words: Words): readonly string[] {
  const own = events.filter((event) => event.by === by && event.type !== 'prompts-changed');
  return own.length > 0 ? own.slice(0, MOST_SAID).map((event) => announcement(event, words)) : [words.t('desk.done')];
}

function filling(incident: Incident | undefined, { by, world }: Asker): Filling {
  return { incident, by, world };
}
