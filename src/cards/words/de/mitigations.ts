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
  'event.observation-began': 'Wir beobachten bis {{until}}, was {{activity}} bewirkt.',
  'event.observation-ended': 'Die Beobachtung von {{activity}} ist vorbei.',
  'event.mitigation-judged': '{{activity}} ist beurteilt: {{verdict}}.',
  'verdict.fixed': 'behoben',
  'verdict.helped': 'hat geholfen',
  'verdict.no-effect': 'keine Wirkung',
  'verdict.worse': 'verschlimmert',
  'verdict.cant-tell': 'nicht zu sagen',
  'prompt.start-next': '{{owner}}, bitte beginne mit {{activity}}: {{activity.what}}. Gibt es starke Einwände?',
  'prompt.start-next.why':
    'Sie ist die nächste in der Warteschlange, und sonst läuft nichts und wird nichts beobachtet.',
  'prompt.start-next.name': 'Nächste Gegenmaßnahme beginnen',
  'prompt.start-next-whose':
    'Als Nächstes kommt {{activity}}: {{activity.what}}. Ich bitte jemanden namentlich darum. Gibt es starke Einwände?',
  'prompt.start-next-whose.why': 'Sie ist die nächste in der Warteschlange, und noch hat sie niemand.',
  'prompt.start-next-whose.name': 'Nächste Gegenmaßnahme vergeben',
  'prompt.judge-mitigation':
    'Was hat {{activity}} bewirkt, {{activity.what}}: behoben, geholfen, keine Wirkung, verschlimmert oder nicht zu sagen?',
  'prompt.judge-mitigation.why': 'Wir haben lange genug beobachtet. Davon hängt ab, was wir als Nächstes versuchen.',
  'prompt.judge-mitigation.name': 'Gegenmaßnahme beurteilen',
  'prompt.reverse-mitigation':
    '{{activity}} hat es verschlimmert. Machen wir sie zuerst rückgängig. Gibt es starke Einwände?',
  'prompt.reverse-mitigation.why': 'Was es verschlimmert hat, geht vor: {{activity.what}}',
  'prompt.reverse-mitigation.name': 'Verschlimmerung rückgängig machen',
  'prompt.end-impact': '{{activity}} hat es behoben. Ich erkläre die Auswirkung für beendet. Gibt es starke Einwände?',
  'prompt.end-impact.why': 'Dann beginnt die Nachbeobachtung: Die meisten gehen, wer bleibt, wird genannt.',
  'prompt.end-impact.name': 'Ist die Auswirkung vorbei?',
  'ping.judge-mitigation': 'Dein Urteil zu {{activity}}, {{activity.what}}, ist dran: Was hat es bewirkt?',
  'refusal.mitigation-running':
    'Eine Gegenmaßnahme zur Zeit. {{owner}} ist seit {{since}} an {{activity}}: {{activity.what}}.',
  'refusal.mitigation-observed':
    'Eine Gegenmaßnahme zur Zeit. {{activity}} wird bis {{until}} beobachtet: {{activity.what}}. Beurteile sie früher, wenn du kannst.',
  'refusal.no-overlap': 'Mit {{severity}} dürfen sich Gegenmaßnahmen nicht überschneiden. {{activity}} geht vor.',
  'refusal.not-queued': '{{activity}} ist nicht in der Warteschlange.',
  'refusal.mitigation-whose': 'Sag, wer {{activity}} macht: {{activity.what}}.',
  'refusal.already-reversing': '{{activity}} macht es schon rückgängig.',
  'refusal.already-judged':
    '{{activity}} ist schon beurteilt: {{verdict}}. War das falsch, ergänze eine Korrektur im Protokoll.',
  'refusal.nothing-to-judge': '{{activity}} ist noch nicht fertig, es gibt nichts zu beurteilen.',
  'refusal.never-ran': '{{activity}} lief nie und kann die Auswirkung nicht beendet haben.',
  'button.verdict-fixed': 'Behoben',
  'button.verdict-helped': 'Geholfen',
  'button.verdict-no-effect': 'Keine Wirkung',
  'button.verdict-worse': 'Verschlimmert',
  'button.verdict-cant-tell': 'Nicht zu sagen',
  'button.reverse': 'Als Nächstes rückgängig machen',
  'button.leave-it': 'So lassen',
  'button.not-yet': 'Noch nicht',
  'button.overlap': 'Trotzdem beginnen, mit Grund',
  'command.propose-mitigation': 'Gegenmaßnahme vorschlagen',
  'command.propose-mitigation.what': 'Stellt etwas, das die Auswirkung ändern soll, in die Warteschlange.',
  'button.propose-mitigation': 'Gegenmaßnahme',
  'command.start-mitigation': 'Gegenmaßnahme beginnen',
  'command.start-mitigation.what': 'Gibt das Startzeichen für die nächste. Eine zur Zeit.',
  'button.start-mitigation': 'Beginnen',
  'command.judge-mitigation': 'Gegenmaßnahme beurteilen',
  'command.judge-mitigation.what':
    'Sagt, was sie bewirkt hat: behoben, geholfen, keine Wirkung, verschlimmert oder nicht zu sagen.',
  'button.judge-mitigation': 'Beurteilen',
  'command.move-mitigation': 'Warteschlange ordnen',
  'command.move-mitigation.what': 'Stellt eine Gegenmaßnahme an einen anderen Platz in der Warteschlange.',
  'button.move-mitigation': 'Andere zuerst',
};
