// Words of the update rounds, in German.
import type { updatesWords as en } from '../en/updates.ts';

export const updatesWords: Record<keyof typeof en, string> = {
  'event.round-opened': 'Update-Runde {{round}}.',
  'event.round-opened.asked': 'Update-Runde {{round}}. Wir hören {{asked}}.',
  'event.round-closed': 'Update-Runde {{round}} ist vorbei.',
  'event.round-skipped': 'Update-Runde {{round}} fällt aus.',
  'event.round-snoozed': 'Die nächste Update-Runde ist auf {{until}} verschoben.',
};
