// Words that belong to no chapter: units of time, joins, the prompts themselves.
export const generalWords = {
  'time.d': '{{amount}} d',
  'time.h': '{{amount}} h',
  'time.min': '{{amount}} min',
  'time.s': '{{amount}} s',
  'word.nobody': 'nobody',
  'event.reason': 'Reason: {{reason}}',
  'event.prompts-changed.raised': 'To say: {{prompts}}.',
  'event.prompts-changed.settled': 'Settled: {{prompts}}.',
  'event.prompt-snoozed': '{{by}} put off until {{until}}: {{prompt}}.',
  'event.snooze-ended': 'Due again: {{prompt}}.',
  'event.prompt-dismissed': '{{by}} waved aside: {{prompt}}.',
  'event.text': '{{text}}',
  'event.link': '{{link}}',
};
