// Words of rotation, in German.
import type { rotationWords as en } from '../en/rotation.ts';

export const rotationWords: Record<keyof typeof en, string> = {
  'event.shift-ending': 'Die Schicht von {{person}} als Incident Commander endet um {{ends}}.',
  'event.shift-ending.alternate': '{{alternate}} könnte übernehmen.',
  'event.shift-overrun': 'Die Schicht von {{person}} als Incident Commander ist vorbei.',
  'event.hand-over-offered': '{{from}} bietet {{to}} die Leitung an.',
  'event.hand-over-declined': '{{person}} hat die Leitung abgelehnt.',
  'event.relief-due.hours': '{{person}} arbeitet seit vielen Stunden und sollte abgelöst werden.',
  'event.relief-due.night': '{{person}} arbeitet seit Stunden in der Nacht und sollte abgelöst werden.',
  'event.relief-due.alternate': '{{alternate}} könnte einspringen.',
  'event.person-relieved': '{{person}} ruht sich bis {{until}} aus. Danke!',
  'event.rest-overridden': '{{person}} wird trotz Ruhezeit gerufen.',
  'event.stand-down-suggested': 'Kann das bis zum Morgen ruhen?',
  'event.stood-down': 'Wir pausieren bis {{until}} mit {{severity}}. Dann rufen wir {{people}} zurück.',
  'event.stood-up': 'Wir arbeiten weiter.',
  'event.stood-up.early': 'Wir arbeiten früher als geplant weiter.',
};
