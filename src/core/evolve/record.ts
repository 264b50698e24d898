/** The state after events about words: focus, notes, evidence, messages, alerts, and the prompts themselves. */
import type { Incident, Message } from '../incident.ts';
import { suspicionKey } from '../watch.ts';
import type { Evolvers } from './evolver.ts';

type RecordEvents =
  | 'focus-raised'
  | 'topic-parked'
  | 'message-drafted'
  | 'message-confirmed'
  | 'message-published'
  | 'message-failed'
  | 'message-withdrawn'
  | 'update-sent'
  | 'update-failed'
  | 'note-kept'
  | 'evidence-kept'
  | 'record-corrected'
  | 'alert-noted'
  | 'prompts-changed'
  | 'prompt-snoozed'
  | 'snooze-ended'
  | 'prompt-dismissed';

export const recordEvolvers: Evolvers<RecordEvents> = {
  'focus-raised': (incident, event) => ({ ...incident, focusedAt: event.at }),
  'topic-parked': (incident, event) => ({
    ...incident,
    parked: [...incident.parked, { topic: event.topic, at: event.at, by: event.by }],
  }),
  'message-drafted': (incident, event) => {
    const draft: Message = {
      id: event.message,
      text: event.text,
      by: event.by,
      at: event.at,
      status: 'draft',
      places: [],
      published: [],
      failed: [],
    };
    return { ...incident, messages: [...incident.messages.filter(({ id }) => id !== event.message), draft] };
  },
  'message-confirmed': (incident, event) =>
    withMessage(incident, event.message, () => ({
      status: 'confirmed',
      at: event.at,
      places: event.places,
      ...(event.byHand === undefined ? {} : { byHand: event.byHand }),
    })),
  'message-published': (incident, event) =>
    withMessage(incident, event.message, (message) => ({
      published: [
        ...message.published,
        { place: event.place, at: event.at, ...(event.link === undefined ? {} : { link: event.link }) },
      ],
      failed: message.failed.filter(({ place }) => place !== event.place),
    })),
  'message-failed': (incident, event) =>
    withMessage(incident, event.message, (message) => ({
      failed: [
        ...message.failed.filter(({ place }) => place !== event.place),
        { place: event.place, reason: event.reason },
      ],
    })),
  'message-withdrawn': (incident, event) => withMessage(incident, event.message, () => ({ status: 'withdrawn' })),
  'update-sent': (incident, event) => ({
    ...incident,
    updates: [...incident.updates, { text: event.text, at: event.at, by: event.by }],
  }),
  // For the record and the commander's ears: what was sent has been sent elsewhere, or is sent anew.
  'update-failed': (incident) => incident,
  'note-kept': (incident, event) => ({
    ...incident,
    evidence: [...incident.evidence, { seq: event.seq, at: event.at, by: event.by, kind: 'note', text: event.text }],
  }),
  'evidence-kept': (incident, event) => ({
    ...incident,
    evidence: [
      ...incident.evidence,
      {
        seq: event.seq,
        at: event.at,
        by: event.by,
        kind: event.kind,
        text: event.text,
        ...(event.link === undefined ? {} : { link: event.link }),
        ...(event.attachment === undefined ? {} : { attachment: event.attachment }),
      },
    ],
  }),
  'record-corrected': (incident, event) => ({
    ...incident,
    corrections: [...incident.corrections, { event: event.event, text: event.text, at: event.at }],
  }),
  'alert-noted': (incident, event) => {
    const { watch, dismissed } = incident;
    // What has been asked about and not answered yet stands: many alerts are one question.
    const asked = watch?.suspicion !== undefined && !dismissed.includes(suspicionKey(watch.suspicion));
    const again = event.status === 'firing' && incident.phase === 'watching' && !asked;
    return {
      ...incident,
      alerts: {
        ...incident.alerts,
        [event.fingerprint]: {
          fingerprint: event.fingerprint,
          name: event.name,
          status: event.status,
          source: event.source,
          at: event.at,
          ...(event.link === undefined ? {} : { link: event.link }),
        },
      },
      ...(again && watch ? { watch: { ...watch, suspicion: { name: event.name, at: event.at } } } : {}),
    };
  },
  'prompts-changed': (incident, event) => {
    const prompts = new Map(incident.prompts);
    for (const key of event.settled) prompts.delete(key);
    for (const { key, ...raised } of event.raised) prompts.set(key, { since: event.at, ...raised });
    return { ...incident, prompts };
  },
  'prompt-snoozed': (incident, event) => ({
    ...incident,
    snoozed: { ...incident.snoozed, [event.prompt]: event.until },
    ...(event.says !== undefined && { putOff: { ...incident.putOff, [event.prompt]: event.says } }),
  }),
  'snooze-ended': (incident, event) => {
    const { [event.prompt]: _, ...snoozed } = incident.snoozed;
    const { [event.prompt]: __, ...putOff } = incident.putOff;
    return { ...incident, snoozed, putOff };
  },
  'prompt-dismissed': (incident, event) => ({ ...incident, dismissed: [...incident.dismissed, event.prompt] }),
};

function withMessage(incident: Incident, id: number, change: (message: Message) => Partial<Message>): Incident {
  return {
    ...incident,
    messages: incident.messages.map((message) => (message.id === id ? { ...message, ...change(message) } : message)),
  };
}
