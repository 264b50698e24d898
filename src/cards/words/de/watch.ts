// Words of the watch after the fix, in German.
import type { watchWords as en } from '../en/watch.ts';

export const watchWords: Record<keyof typeof en, string> = {
  'event.incident-mitigated': 'Behoben. Wir beobachten bis {{until}}.',
  'event.incident-mitigated.by': 'Behoben durch {{mitigation}}, {{mitigation.what}}. Wir beobachten bis {{until}}.',
  'event.incident-mitigated.stays_one': '{{stays}} bleibt.',
  'event.incident-mitigated.stays_other': '{{stays}} bleiben.',
  'event.incident-mitigated.released': 'Freigegeben: {{released}}. Danke!',
  'event.people-released': 'Freigegeben: {{people}}. Danke!',
  'event.watch-passed': 'Die Nachbeobachtung ist vorbei, nichts ist zurückgekehrt.',
  'event.incident-recurred': 'Es ist zurück: {{what}}',
  'event.people-called-back_one': '{{people}} wird zurückgerufen.',
  'event.people-called-back_other': '{{people}} werden zurückgerufen.',
  'event.incident-closed': '{{by}} hat den Incident geschlossen.',
  'event.incident-closed.early': '{{by}} hat den Incident vor dem Ende der Nachbeobachtung geschlossen.',
  'event.incident-reopened': '{{by}} hat den Incident wieder geöffnet.',
  'event.incident-linked': 'Verknüpft mit {{to}}.',
  'event.incident-merged': 'Zusammengeführt mit {{into}}.',
};
