// Words of the record: notes, evidence, corrections, alerts, and its tables.
export const recordWords = {
  'event.note-kept': 'Note: {{text}}',
  'event.evidence-kept': '{{kind}}: {{text}}',
  'event.record-corrected': 'Correction to entry {{event}}: {{text}}',
  'event.alert-noted.firing': 'Alert from {{source}}: {{name}}',
  'event.alert-noted.resolved': 'Alert from {{source}} is over: {{name}}',
  'evidence.note': 'Note',
  'evidence.link': 'Link',
  'evidence.log': 'Log lines',
  'evidence.screenshot': 'Screenshot',
  'evidence.attachment': 'Attachment',
  'evidence.message': 'Message',
  'evidence.action': 'Action',
};
