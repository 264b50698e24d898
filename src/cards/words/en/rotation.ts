// Words of rotation: shifts, hand-overs, rest, standing down for the night.
export const rotationWords = {
  'event.shift-ending': "{{person}}'s shift as incident commander ends at {{ends}}.",
  'event.shift-ending.alternate': '{{alternate}} could take over.',
  'event.shift-overrun': "{{person}}'s shift as incident commander is over.",
  'event.hand-over-offered': '{{from}} offers command to {{to}}.',
  'event.hand-over-declined': '{{person}} declined command.',
  'event.relief-due.hours': '{{person}} has worked for many hours and should be relieved.',
  'event.relief-due.night': '{{person}} has worked deep into the night and should be relieved.',
  'event.relief-due.alternate': '{{alternate}} could step in.',
  'event.person-relieved': '{{person}} rests until {{until}}. Thank you!',
  'event.rest-overridden': '{{person}} is called in despite needing rest.',
  'event.stand-down-suggested': 'Can this rest until the morning?',
  'event.stood-down': 'We stand down until {{until}} at {{severity}}. Then we call back {{people}}.',
  'event.stood-up': 'We are back at work.',
  'event.stood-up.early': 'We are back at work earlier than planned.',
};
