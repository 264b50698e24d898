// Words of mitigations, in German.
import type { mitigationsWords as en } from '../en/mitigations.ts';

export const mitigationsWords: Record<keyof typeof en, string> = {
  'event.mitigation-queued': 'In der Warteschlange: {{activity}}, {{what}}.',
  'event.mitigation-queued.ahead': 'An der Spitze der Warteschlange: {{activity}}, {{what}}.',
  'event.mitigation-queued.reverses': 'Sie macht {{reverses}} rückgängig.',
  'event.queue-reordered': 'Die Warteschlange ist jetzt {{queue}}.',
  'event.mitigation-started': '{{owner}} beginnt {{activity}}, {{activity.what}}. Erwartet bis {{due}}.',
  'event.mitigation-started.overlaps':
    'Sie überschneidet sich mit {{overlaps}}: Was davon gewirkt hat, lässt sich nicht sagen.',
  'event.observation-began': '{{activity}} ist fertig. Wir beobachten bis {{until}}, was sie bewirkt.',
  'event.observation-ended': 'Die Beobachtung von {{activity}} ist vorbei.',
  'event.mitigation-judged': '{{activity}} ist beurteilt: {{verdict}}.',
  'verdict.fixed': 'behoben',
  'verdict.helped': 'hat geholfen',
  'verdict.no-effect': 'keine Wirkung',
  'verdict.worse': 'verschlimmert',
  'verdict.cant-tell': 'nicht zu sagen',
};
