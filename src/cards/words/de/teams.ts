// Words of Microsoft Teams alone, in German.
export const teamsWords = {
  'teams.welcome': 'Baton führt mit euch durch Incidents',
  'teams.welcome.first': 'Stimmt etwas nicht? Melde es: Ein Titel genügt.',
  'teams.welcome.then': 'Raum und Call öffnen sofort, die Ersten werden gerufen. Fragen kommen danach.',
  'teams.welcome.personal': 'Tippen geht auch: „declare Kunden können nicht zahlen“, „board“, „help“.',
  'teams.welcome.mention':
    'Tippen geht auch: „@Baton declare Kunden können nicht zahlen“, „@Baton board“, „@Baton help“.',
  'teams.back': 'Zurück zur Karte',
  'teams.which': 'Mehrere Incidents sind offen. Beginne mit der Nummer des gemeinten: „{{incident}} status“.',
  'teams.room': 'Alles zu {{incident}} geschieht ab jetzt hier:',
  'teams.extension.incident': 'Welcher Incident?',
  'teams.reason.blocked':
    'Baton wurde dort entfernt oder gesperrt ({{code}}). Füge es wieder hinzu, dann geht es weiter.',
  'teams.reason.gone': 'Der Kanal oder Chat nimmt keine Nachrichten mehr an ({{code}}).',
  'teams.reason.nowhere': 'Für Incidents ist kein Kanal gesetzt, und Baton wurde zu keinem hinzugefügt.',
  'teams.reason.page': 'Teams konnte sie nicht erreichen.',
  'teams.reason.graph': 'Microsoft Graph meldet {{code}}.',
  'teams.reason.silent': 'Microsoft Graph hat nicht geantwortet.',
  'teams.otherwise.thread':
    'Er ist ein Thread, weil sich kein eigener Kanal anlegen ließ: {{reason}} Sonst ändert sich nichts.',
  'teams.otherwise.chat':
    'Er ist ein Chat, weil sich kein eigener Kanal anlegen ließ: {{reason}} Sonst ändert sich nichts.',
  'teams.app.name': 'Baton',
  'teams.app.full': 'Baton, der Bot für Incident Commander',
  'teams.app.short': 'Führt mit euch durch Incidents: ein Call, eine Leitung, ein nächster Satz.',
  'teams.app.long':
    'Baton hält einen Incident zusammen. Es öffnet Raum und Call, ruft, wer gebraucht wird, findet mit euch eine Leitung und zeigt auf einer stets aktuellen Karte, was als Nächstes zu sagen ist. Arbeit wird namentlich vergeben und gilt, sobald sie angenommen ist; eine Gegenmaßnahme läuft zur Zeit und wird beurteilt; Update-Runden kommen von selbst, und niemand leitet bis zum Umfallen. Danach liegt das Protokoll vor, mit Zeitleiste.',
};
