// Words that belong to no chapter, in German.
import type { generalWords as en } from '../en/general.ts';

export const generalWords: Record<keyof typeof en, string> = {
  'time.d': '{{amount}} d',
  'time.h': '{{amount}} h',
  'time.min': '{{amount}} min',
  'time.s': '{{amount}} s',
  'word.nobody': 'niemand',
  'event.reason': 'Grund: {{reason}}',
  'event.prompts-changed.raised': 'Zu sagen: {{prompts}}.',
  'event.prompts-changed.settled': 'Erledigt: {{prompts}}.',
  'event.prompt-snoozed': '{{by}} hat bis {{until}} verschoben: {{prompt}}.',
  'event.snooze-ended': 'Wieder dran: {{prompt}}.',
  'event.prompt-dismissed': '{{by}} hat abgewinkt: {{prompt}}.',
  'event.text': '{{text}}',
  'event.link': '{{link}}',
};
