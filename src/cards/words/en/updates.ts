// Words of the update rounds.
export const updatesWords = {
  'event.round-opened': 'Update round {{round}}.',
  'event.round-opened.asked': 'Update round {{round}}. We hear from {{asked}}.',
  'event.round-closed': 'Update round {{round}} is over.',
  'event.round-skipped': 'Update round {{round}} is skipped.',
  'event.round-snoozed': 'The next update round is put off until {{until}}.',
};
