/** Declares an incident: a title and nothing else is asked (CALL-1, CALL-2). */
import { command, LONGEST_TITLE } from '../contract.ts';
import type { Source } from '../events.ts';

export const declare = command({
  name: 'declare',
  aliases: ['new', 'incident'],
  guide: 'call',
  right: 'anyone',
  opens: true,
  during: [],
  fields: {
    title: { type: 'text', max: LONGEST_TITLE, required: true },
    service: { type: 'service' },
    severity: { type: 'severity' },
    /** On whose behalf support declares. */
    customer: { type: 'text', max: LONGEST_TITLE },
    drill: { type: 'yes' },
    /** Set by alert sources: deduplication key, and that it is an alert. */
    key: { type: 'text', max: 500 },
    origin: { type: 'choice', choices: ['chat', 'alert', 'support'], words: 'origin' },
    /** Who sent the alert, where its source takes in several. */
    sender: { type: 'text', max: LONGEST_TITLE },
    /** The connection is tried out: a drill that pages nobody. */
    test: { type: 'yes' },
  },
  decide: (_incident, { title, service, severity, customer, drill, key, origin, sender, test }, context) => {
    const source: Source = {
      kind: origin ?? (customer === undefined ? 'chat' : 'support'),
      via: context.via,
      ...(customer === undefined ? {} : { customer }),
      ...(sender === undefined ? {} : { sender }),
      ...(test ? { test } : {}),
    };
    const resembles = context.closed.find(
      (closed) => (key !== undefined && closed.key === key) || (service !== undefined && closed.service === service),
    );
    return [
      {
        type: 'incident-declared',
        title,
        severity: severity ?? context.settings.startAt,
        source,
        drill: context.settings.practice || (drill ?? test ?? false),
        // Without a key of its own, the order's id is one: a platform that sends the order twice declares once.
        key: key ?? `order:${context.order ?? ''}`,
        ...(service === undefined ? {} : { service }),
        ...(resembles === undefined ? {} : { resembles: resembles.id }),
      },
    ];
  },
});
