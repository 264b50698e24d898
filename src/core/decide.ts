/** One order becomes events or a refusal: the command decides, the policies object, what follows follows at once. */
import { advance, type Draft, introduce, record } from './advance.ts';
import { COMMANDS, commandNamed } from './commands/index.ts';
import { type Command, type Context, isRefusal, type Order, type Refusal, refuse, type World } from './contract.ts';
import type { Recorded } from './events.ts';
import { fieldsOf, parse } from './fields.ts';
import type { Incident, Phase } from './incident.ts';
import { keptOut } from './permissions.ts';
import { POLICIES } from './policies/index.ts';
import { firstFor } from './prompts.ts';
import { BATON, type IncidentId, type Instant } from './units.ts';

/** `repeated`: this very order has been carried out before; nothing new follows from it. */
export type Decision =
  | { readonly incident: Incident; readonly events: readonly Recorded[] }
  | { readonly refusal: Refusal }
  | { readonly repeated: true };

/**
 * Decides an order against the state at a moment. Pure: the same arguments give the same decision.
 * @param id the incident's id; needed only where the order makes one
 */
export function decide(
  incident: Incident | undefined,
  order: Order,
  world: World,
  at: Instant,
  id: IncidentId = incident?.id ?? '',
): Decision {
  const { by, via } = order;
  const next = () => (incident === undefined ? undefined : firstFor(by, incident, world)?.key);
  const context: Context = { ...world, at, by, order: order.id, via, next };
  if (incident?.orders.includes(order.id)) return { repeated: true };
  const command = commandNamed(order.command);
  if (!command) return { refusal: unknownCommand(order.command) };
  const barred = outOfPlace(command, incident, context);
  if (barred) return { refusal: barred };

  const known = incident as Incident;
  const parsed = parse(fieldsOf(command, incident, order.by), order.fields, incident, context);
  if ('problem' in parsed) {
    return { refusal: refuse(parsed.problem, parsed.facts, { command: command.name, fields: kept(order.fields) }) };
  }
  const stale = staleness(command, known, parsed.values, order);
  const decided = command.decide(known, parsed.values as never, context);
  if (isRefusal(decided)) return { refusal: decided };
  if (stale) return { refusal: stale };

  let draft: Draft = { id, incident, events: [] };
  for (const event of decided) {
    if (draft.incident) {
      for (const policy of POLICIES) {
        const objection = policy.objects?.(draft.incident, event, context);
        if (objection) return { refusal: objection };
      }
    }
    draft = record(draft, event, context);
  }
  draft = introduce(advance(draft, context), context);
  return { incident: draft.incident as Incident, events: draft.events };
}

/** Not in this phase, not by this person, or no incident at all. */
function outOfPlace(command: Command, incident: Incident | undefined, context: Context): Refusal | undefined {
  // Alerts declare whoever may, and what follows from an order was decided with it: Baton itself is nobody to be kept out.
  const bound = command.right !== 'adapter' && context.by !== BATON && context.via !== BATON;
  const barred = bound ? keptOut(command.name, incident, context) : undefined;
  if (barred) return barred;
  if (command.opens) return undefined;
  if (!incident) return refuse('no-incident', {}, { command: 'declare' });
  if (!command.during.includes(incident.phase)) return wrongPhase(command, incident);
  const { commander } = incident.command;
  if (command.right !== 'commander' || commander === context.by) return undefined;
  const facts = { command: { word: `command.${command.name}` } };
  return commander === undefined
    ? refuse('needs-commander', facts, { command: 'take-command', primary: true })
    : refuse('commander-only', { ...facts, commander: { person: commander } }, { command: 'ask-for-command' });
}

function wrongPhase(command: Command, incident: Incident): Refusal {
  const ways: Record<Phase, { readonly command: string }> = {
    closed: { command: 'reopen' },
    'standing-down': { command: 'stand-up' },
    watching: { command: 'recurred' },
    open: { command: 'mitigated' },
  };
  const facts = { command: { word: `command.${command.name}` } };
  return incident.phase === 'closed'
    ? refuse('when-closed', facts, ways.closed, { command: 'declare' })
    : refuse(`when-${incident.phase}`, facts, ways[incident.phase]);
}

/** What the pressed button was about has changed since its card was drawn. */
function staleness(command: Command, incident: Incident, values: object, order: Order): Refusal | undefined {
  if (order.seen === undefined || !command.about) return undefined;
  const seen = order.seen;
  const moved = command.about(values as never).some((topic) => (incident.changed[topic] ?? 0) > seen);
  return moved
    ? refuse(
        'stale',
        { command: { word: `command.${command.name}` } },
        {
          command: command.name,
          fields: kept(order.fields),
        },
      )
    : undefined;
}

function unknownCommand(given: string): Refusal {
  const close = COMMANDS.filter(({ name, right }) => right !== 'adapter' && resembles(name, given)).slice(0, 3);
  return refuse('unknown-command', { given }, { command: 'help' }, ...close.map(({ name }) => ({ command: name })));
}

function resembles(name: string, given: string): boolean {
  const lower = given.toLowerCase();
  return lower.length > 1 && (name.includes(lower) || name.split('-').some((word) => lower.startsWith(word)));
}

/** The fields as they can be handed back: what was given and can be shown again in a form. */
function kept(fields: Order['fields']): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[name, value]] : [],
    ),
  );
}
