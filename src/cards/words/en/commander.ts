// Words of command: seeking, taking, confirming and losing it.
export const commanderWords = {
  'event.commander-sought': 'We need an incident commander.',
  'event.commander-sought.candidate': 'We need an incident commander. {{candidate}} is asked first.',
  'event.command-taken': '{{person}} is the incident commander.',
  'event.command-taken.acting': '{{person}} is acting incident commander until a call leader answers.',
  'event.command-taken.from': '{{person}} is the incident commander now, and {{from}} no longer is.',
  'event.command-released': '{{person}} gave up command.',
  'event.command-asked-for': '{{person}} asks to take over command.',
  'event.commander-questioned.left': '{{person}} left the call. Are they still in command?',
  'event.commander-questioned.silent': '{{person}} has not answered for a while. Are they still in command?',
  'event.command-confirmed': '{{person}} is still in command.',
  'event.command-lapsed': '{{person}} is no longer in command: no answer.',
};
