// Words of the kinds of activity, in German.
import type { activitiesWords as en } from '../en/activities.ts';

export const activitiesWords: Record<keyof typeof en, string> = {
  'event.focus-raised': '{{by}} bittet um Fokus: zurück zu dem, was wir gerade beheben.',
  'event.topic-parked': 'Für später geparkt: {{topic}}',
  'event.message-drafted': 'Kundennachricht {{message}} ist entworfen: {{text}}',
  'event.message-confirmed': '{{by}} hat Kundennachricht {{message}} bestätigt. Sie geht an {{places}}.',
  'event.message-published': 'Kundennachricht {{message}} ist veröffentlicht: {{place}}.',
  'event.message-failed': 'Kundennachricht {{message}} ließ sich in {{place}} nicht veröffentlichen: {{reason}}',
  'event.message-withdrawn': 'Kundennachricht {{message}} ist zurückgezogen.',
  'event.update-sent': 'Update für die Stakeholder: {{text}}',
  'kind.paging': 'Leute alarmieren',
  'kind.conversation': 'Gespräch führen',
  'kind.information': 'Informationen sammeln',
  'kind.updates': 'Notizen und Stakeholder-Updates',
  'kind.mitigation': 'Gegenmaßnahme',
  'kind.customers': 'Kundenkommunikation',
};
