// Words of the record, in German.
import type { recordWords as en } from '../en/record.ts';

export const recordWords: Record<keyof typeof en, string> = {
  'event.note-kept': 'Notiz: {{text}}',
  'event.evidence-kept': '{{kind}}: {{text}}',
  'event.record-corrected': 'Korrektur zu Eintrag {{event}}: {{text}}',
  'event.alert-noted.firing': 'Alarm von {{source}}: {{name}}',
  'event.alert-noted.resolved': 'Alarm von {{source}} ist vorbei: {{name}}',
  'evidence.note': 'Notiz',
  'evidence.link': 'Link',
  'evidence.log': 'Logzeilen',
  'evidence.screenshot': 'Bildschirmfoto',
  'evidence.attachment': 'Anhang',
  'evidence.message': 'Nachricht',
  'evidence.action': 'Handlung',
};
