// Words of the watch after the fix, of closing, and of what comes back.
export const watchWords = {
  'event.incident-mitigated': 'Mitigated. We watch until {{until}}.',
  'event.incident-mitigated.by': 'Mitigated by {{mitigation}}, {{mitigation.what}}. We watch until {{until}}.',
  'event.incident-mitigated.stays_one': '{{stays}} stays.',
  'event.incident-mitigated.stays_other': '{{stays}} stay.',
  'event.incident-mitigated.released': 'Thank you, {{released}}: you are free to go.',
  'event.people-released': 'Thank you, {{people}}: you are free to go.',
  'event.watch-passed': 'The watch is over and nothing came back.',
  'event.incident-recurred': 'It is back: {{what}}',
  'event.people-called-back_one': '{{people}} is called back.',
  'event.people-called-back_other': '{{people}} are called back.',
  'event.incident-closed': '{{by}} closed the incident.',
  'event.incident-closed.early': '{{by}} closed the incident before the watch was over.',
  'event.incident-reopened': '{{by}} reopened the incident.',
  'event.incident-linked': 'Linked to {{to}}.',
  'event.incident-merged': 'Merged into {{into}}.',
};
