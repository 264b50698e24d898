// Words of Microsoft Teams alone.
export const teamsWords = {
  'teams.welcome': 'Baton commands incidents with you',
  'teams.welcome.first': 'Something is wrong? Declare it: a title is enough.',
  'teams.welcome.then': 'Room and call open at once and the first people are paged. Questions come after.',
  'teams.welcome.personal': 'You can type as well: “declare customers cannot pay”, “board”, “help”.',
  'teams.welcome.mention':
    'You can type as well: “@Baton declare customers cannot pay”, “@Baton board”, “@Baton help”.',
  'teams.back': 'Back to the card',
  'teams.which': 'Several incidents are open. Begin with the number of the one you mean: “{{incident}} status”.',
  'teams.room': 'Everything about {{incident}} happens here from now on:',
  'teams.extension.incident': 'Which incident?',
  'teams.reason.blocked': 'Baton was removed or blocked there ({{code}}). Add it again, and it goes on.',
  'teams.reason.gone': 'The channel or chat does not take messages any more ({{code}}).',
  'teams.reason.nowhere': 'No channel is set for incidents, and Baton was added to none.',
  'teams.reason.page': 'Teams could not reach them.',
  'teams.reason.graph': 'Microsoft Graph said {{code}}.',
  'teams.reason.silent': 'Microsoft Graph did not answer.',
  'teams.otherwise.thread':
    'It is a thread, because no channel of its own could be made: {{reason}} Nothing else changes.',
  'teams.otherwise.chat': 'It is a chat, because no channel of its own could be made: {{reason}} Nothing else changes.',
  'teams.app.name': 'Baton',
  'teams.app.full': 'Baton, the incident commander’s bot',
  'teams.app.short': 'Runs Incident Command with you: one call, one commander, one next line to say.',
  'teams.app.long':
    'Baton keeps an incident together. It opens room and call, pages who is needed, helps you find one commander, and shows the next line to say on one card that is always current. Work is delegated by name and counts once it is acknowledged, one mitigation runs at a time and is judged, updates come round by themselves, and nobody commands until they drop. Afterwards the record is there, with a timeline.',
};
