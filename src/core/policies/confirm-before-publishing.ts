/** Customers hear only what was delegated, drafted and confirmed; a confirmed message is published once (ACT-3). */
import { type Context, commanderOf, type Policy, type Prompt, refuse } from '../contract.ts';
import type { Incident, Message } from '../incident.ts';
import { isByHand, type Settings } from '../settings.ts';

export const confirmBeforePublishing: Policy = {
  name: 'confirm-before-publishing',
  guide: 'activities',
  rules: ['ACT-3'],
  during: ['open', 'watching', 'standing-down'],
  objects: (incident, event, context) => {
    if (event.type === 'message-drafted' && !mayDraft(incident, context)) {
      const commands = incident.command.commander === context.by;
      return refuse(
        'draft-whose',
        {},
        commands
          ? { command: 'delegate', fields: { kind: 'customers', what: event.text }, primary: true }
          : { command: 'note', fields: { text: event.text } },
      );
    }
    if (event.type === 'message-confirmed' && !mayConfirm(incident, context)) {
      const { commander } = incident.command;
      return commander === undefined
        ? refuse('needs-commander', { command: { word: 'command.confirm-message' } }, { command: 'take-command' })
        : refuse('confirm-whose', { commander: { person: commander } }, { command: 'focus' });
    }
    return undefined;
  },
  // Who may confirm or post follows from the command: without one, words wait.
  offers: (incident, { settings }) =>
    incident.command.commander === undefined
      ? []
      : incident.messages.flatMap((message) => promptsFor(incident, message, settings)),
  pings: (event, incident) => {
    const { commander } = incident.command;
    if (commander === undefined) return [];
    if (event.type === 'message-drafted') {
      const fact = `confirm:${event.message}:${event.seq}`;
      return [{ to: [commander], line: 'confirm-message', facts: { message: event.message }, fact }];
    }
    if (event.type === 'message-failed') {
      const fact = `publish:${event.message}:${event.place}:${event.seq}`;
      const facts = { message: event.message, place: event.place };
      return [{ to: [commander], line: 'publication-failed', facts, fact }];
    }
    return [];
  },
};

/** Whoever has been given customer communication and said so, or leads it. */
function mayDraft(incident: Incident, { by, settings }: Context): boolean {
  // A commander must not act, and writing to customers is work (CMD-4).
  if (by === incident.command.commander) return false;
  return (
    settings.commsLeads.includes(by) ||
    incident.activities.some(
      ({ kind, owner, status }) => kind === 'customers' && owner === by && status === 'under-way',
    )
  );
}

function mayConfirm(incident: Incident, { by, settings }: Context): boolean {
  return by === incident.command.commander || settings.commsLeads.includes(by);
}

function promptsFor(incident: Incident, message: Message, settings: Settings): Prompt[] {
  const base = {
    to: commanderOf(incident),
    since: message.at,
    facts: { message: message.id, text: message.text },
  };
  const fields = { message: message.id };
  if (message.status === 'draft') {
    return [
      {
        ...base,
        key: `confirm:${message.id}`,
        line: 'confirm-message',
        rank: 'writing',
        buttons: [
          { command: 'confirm-message', fields, primary: true },
          { command: 'withdraw-message', fields },
        ],
      },
    ];
  }
  if (message.status !== 'confirmed') return [];
  const failed = message.failed.map(
    ({ place, reason }): Prompt => ({
      ...base,
      key: `publish:${message.id}:${place}`,
      line: 'publication-failed',
      facts: { message: message.id, place, reason },
      rank: 'writing',
      buttons: [{ command: 'posted', fields: { ...fields, place: [place] }, primary: true }],
    }),
  );
  const isSettled = (place: string) => [...message.published, ...message.failed].some((one) => one.place === place);
  // Also what was left to people before a publisher was set up: it publishes nothing that was confirmed then.
  const byHand = (place: string) => message.byHand?.includes(place) || isByHand(settings, place);
  const left = incident.drill ? [] : message.places.filter((place) => byHand(place) && !isSettled(place));
  const toPost = left.map(
    (place): Prompt => ({
      ...base,
      key: `post:${message.id}:${place}`,
      line: 'post-at-place',
      facts: { message: message.id, place: settings.places[place]?.name ?? place },
      rank: 'writing',
      buttons: [{ command: 'posted', fields: { ...fields, place: [place] }, primary: true }],
    }),
  );
  const nowhere: Prompt[] =
    message.places.length === 0 && message.published.length === 0 && !incident.drill
      ? [
          {
            ...base,
            key: `publish:${message.id}`,
            line: 'post-by-hand',
            rank: 'writing',
            buttons: [{ command: 'posted', fields, primary: true }],
          },
        ]
      : [];
  return [...failed, ...toPost, ...nowhere];
}
