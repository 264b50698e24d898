// Words of the call, in German.
import type { callWords as en } from '../en/call.ts';

export const callWords: Record<keyof typeof en, string> = {
  'event.incident-declared':
    '{{by}} hat einen Incident gemeldet: {{title}}. Schweregrad {{severity}}, bis wir mehr wissen.',
  'event.incident-declared.alert':
    '{{via}} hat einen Incident ausgelöst: {{title}}. Schweregrad {{severity}}, bis wir mehr wissen.',
  'event.incident-declared.support':
    '{{by}} hat aus dem Support einen Incident gemeldet: {{title}}. Schweregrad {{severity}}, bis wir mehr wissen.',
  'event.incident-declared.customer': 'Gemeldet vom Kunden {{customer}}.',
  'event.incident-declared.drill': 'Das ist eine Übung.',
  'event.incident-declared.resembles': 'Vielleicht ist {{resembles}} zurückgekehrt.',
  'event.person-introduced': '{{name}} hat sich angemeldet.',
  'event.incident-renamed': '{{by}} hat den Incident umbenannt: {{title}}.',
  'event.service-named': 'Betroffener Dienst: {{service}}.',
  'event.room-opened': 'Der Raum in {{surface}} ist offen.',
  'event.room-failed': 'In {{surface}} ließ sich kein Raum öffnen: {{reason}}',
  'event.call-opened': 'Der Call ist offen: {{link}}',
  'event.call-failed': 'In {{surface}} ließ sich kein Call öffnen: {{reason}}',
  'event.seat-required': 'Im Call gebraucht: {{wanted}}.',
  'event.person-paged': '{{person}} wurde alarmiert: {{wanted}}.',
  'event.person-paged.repeat': '{{person}} wurde erneut alarmiert, Alarm {{attempt}}: {{wanted}}.',
  'event.person-paged.escalation': 'Bisher keine Antwort, als Nächstes wurde {{person}} alarmiert: {{wanted}}.',
  'event.person-paged.rotation': '{{person}} wurde alarmiert, um die Leitung zu übernehmen.',
  'event.person-paged.relief': '{{person}} wurde zur Ablösung alarmiert: {{wanted}}.',
  'event.person-paged.call-back': '{{person}} wurde zurückgerufen: {{wanted}}.',
  'event.page-answered': '{{person}} hat auf den Alarm geantwortet.',
  'event.page-failed': '{{person}} ließ sich nicht alarmieren: {{reason}}',
  'event.seat-missed': 'Niemand hat geantwortet: {{seat}}.',
  'event.call-joined': '{{person}} ist im Call.',
  'event.call-left': '{{person}} hat den Call verlassen.',
};
