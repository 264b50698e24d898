// Words of delegated work, in German.
import type { doingWords as en } from '../en/doing.ts';

export const doingWords: Record<keyof typeof en, string> = {
  'event.activity-delegated': '{{owner}} ist gefragt: {{activity}}, {{what}}. Wir kommen bis {{due}} darauf zurück.',
  'event.activity-acknowledged': '{{owner}} hat {{activity}} übernommen.',
  'event.activity-declined': '{{owner}} kann {{activity}} nicht übernehmen.',
  'event.activity-given': '{{activity}} geht von {{from}} an {{to}}.',
  'event.owner-called-out': '{{owner}} hat {{activity}} noch nicht bestätigt.',
  'event.activity-unclaimed': '{{activity}} braucht jemand anderen: nichts von {{owner}}.',
  'event.progress-reported': '{{activity}}: {{text}}',
  'event.estimate-asked': '{{owner}} wird nach einer neuen Zeit für {{activity}} gefragt.',
  'event.estimate-given': '{{activity}} wird jetzt bis {{due}} erwartet.',
  'event.waiting-began': '{{activity}} wartet auf {{for}}.',
  'event.waiting-ended': '{{activity}} wartet nicht mehr.',
  'event.deadlock-named.cycle': 'Verklemmt: {{activities}} warten aufeinander.',
  'event.deadlock-named.pile-up': 'Stau: {{activities}} warten alle auf {{on}}.',
  'event.activity-finished': '{{activity}} ist erledigt.',
  'event.activity-finished.result': 'Ergebnis: {{result}}',
  'event.activity-cancelled': '{{activity}} ist abgebrochen.',
  'event.lull-began': 'Seit {{since}} ist nichts in Arbeit.',
};
