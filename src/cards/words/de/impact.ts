// Words of impact and severity, in German.
import type { impactWords as en } from '../en/impact.ts';

export const impactWords: Record<keyof typeof en, string> = {
  'event.impact-answered': 'Auswirkung. {{question}} {{answer}}',
  'event.impact-restated': 'Auswirkung: {{trend}}.',
  'event.severity-set': 'Schweregrad ist {{severity}}.',
  'event.severity-set.assumed':
    'Schweregrad {{severity}} wird angenommen: das Schlimmste, was die Antworten bisher zulassen.',
  'question.sees': 'Was sehen die Kunden?',
  'question.reproduced': 'Können wir es nachstellen?',
  'question.frequency': 'Jedes Mal oder nur manchmal?',
  'question.retries': 'Klappt es bei Wiederholung am Ende doch?',
  'question.scope': 'Alle oder nur ein Teil?',
  'trend.same': 'unverändert',
  'trend.better': 'besser',
  'trend.worse': 'schlechter',
  'trend.different': 'anders',
  'question.which': 'Welcher Teil?',
  'answer.yes': 'Ja',
  'answer.no': 'Nein',
  'answer.every-time': 'Jedes Mal',
  'answer.sometimes': 'Manchmal',
  'answer.fail': 'Nein, auch Wiederholungen scheitern',
  'answer.succeed': 'Ja, Wiederholungen klappen',
  'answer.everybody': 'Alle',
  'answer.subset': 'Nur ein Teil',
  'answer.unknown': 'Noch nicht bekannt',
};
