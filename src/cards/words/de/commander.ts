// Words of command, in German.
import type { commanderWords as en } from '../en/commander.ts';

export const commanderWords: Record<keyof typeof en, string> = {
  'event.commander-sought': 'Wir brauchen einen Incident Commander.',
  'event.commander-sought.candidate': 'Wir brauchen einen Incident Commander. {{candidate}} wird zuerst gefragt.',
  'event.command-taken': '{{person}} ist Incident Commander.',
  'event.command-taken.acting': '{{person}} ist Incident Commander in Vertretung, bis jemand von der Liste antwortet.',
  'event.command-taken.from': '{{person}} ist jetzt Incident Commander, {{from}} nicht mehr.',
  'event.command-released': '{{person}} hat die Leitung abgegeben.',
  'event.command-asked-for': '{{person}} möchte die Leitung übernehmen.',
  'event.commander-questioned.left': '{{person}} hat den Call verlassen. Leitet {{person}} noch?',
  'event.commander-questioned.silent': '{{person}} hat länger nicht geantwortet. Leitet {{person}} noch?',
  'event.command-confirmed': '{{person}} leitet weiterhin.',
  'event.command-lapsed': '{{person}} leitet nicht mehr: keine Antwort.',
};
