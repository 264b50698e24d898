// Was jede Oberfläche gleich beantwortet.
export const deskWords = {
  'desk.done': 'Erledigt.',
  'desk.done.before': 'Das war schon erledigt.',
  'desk.nothing': 'Nichts hat sich geändert: So steht es schon.',
  'nothing.answer-page': 'Es gab nichts zu beantworten: Kein Alarm an {{person}} ist offen.',
  'nothing.link': 'Die beiden sind schon verknüpft.',
  'nothing.move-mitigation': 'Sie steht schon an dieser Stelle der Warteschlange.',
  'nothing.name-service': 'Der Incident betrifft diesen Dienst schon.',
  'nothing.rename': 'Der Incident hat diesen Titel schon.',
  'nothing.set-call': 'Das ist schon der Call.',
  'nothing.stop-waiting': 'Es wurde auf nichts gewartet.',
  'desk.file.too-large': '{{name}} (nicht kopiert: mehr als {{limit}} MB)',
  'desk.file.unreachable': '{{name}} (nicht kopiert: dort, wo es liegt, nicht abzuholen)',
  'desk.file.closed':
    '{{name}} (nicht kopiert: dort darf Baton es nicht lesen; an Baton im persönlichen Chat geschickt, wird es kopiert)',
  'desk.near': 'Meintest du {{near}}?',
  'desk.all': '/help zeigt, was es gibt.',
  'desk.takes': '/help {{command}} sagt, was es braucht.',
  'desk.declare-instead': 'Stimmt etwas nicht? Melde es, alles Weitere folgt.',
  'link.about': 'Hier bist du, wer du zu sein sagst.',
  'link.about.why':
    'Melde dich unter dem Namen an, den du in Teams oder Discord hast, dann bist du dieselbe Person. Um diese beiden zu einer zu machen, hole dir in einem davon einen Code: link-account.',
  'link.code':
    'Gib ihn innerhalb von {{lasting}} auf der anderen Plattform ein: in Discord /incident link-account, in Teams link-account, an Baton allein, jeweils mit dem Code dahinter.',
  'link.code.why':
    'Er gilt einmal und verbindet das Konto, das ihn eingibt, mit dir. Sonst braucht ihn niemand zu sehen.',
  'link.sure': 'Dieser Code wurde {{person}} in {{surface}} gezeigt. Bist du das?',
  'link.sure.why':
    'Beide Konten werden eine Person, die alles darf, was jedes darf. Hat dir jemand anderes diesen Code gegeben, dann lass es.',
  'link.yes': 'Ja, das bin ich',
  'link.done': 'Von jetzt an bist du {{person}}, hier und in {{surface}}.',
  'link.done.why': 'Anwesenheit, Aufgaben, Rufe und Rechte sind die einer Person.',
  'link.already': 'Beide Konten sind schon {{person}}. Es ist nichts weiter zu tun.',
  'link.namesake': 'Deinen Namen hat schon jemand anders, deshalb bist du hier {{person}}.',
  'link.namesake.why':
    'Bist du das auch? Hole einen Code und gib ihn auf der Plattform ein, auf der man dich so kennt. Oder lass dein Konto in baton.yaml eintragen: {{account}}',
  'command.link-account': 'Eine Person in Teams und Discord',
  'command.link-account.what': 'Macht deine Konten in Teams und Discord durch einen Code zu einer Person.',
  'button.link-account': 'Neuer Code',
  'refusal.link-openly': 'Hier lesen andere mit. Frag Baton allein, in deinem persönlichen Chat: link-account.',
  'refusal.link-read':
    'Den Code konnten hier andere lesen, er gilt deshalb nicht mehr. Hole einen neuen und gib ihn Baton allein, in deinem persönlichen Chat.',
  'refusal.link-unreadable': '„{{given}}“ ist kein Code. Er hat zwölf Buchstaben und Ziffern, wie C4KD-9MTQ-X7RH.',
  'refusal.link-unknown':
    'Diesen Code gibt es nicht. Vergleiche ihn mit dem auf der anderen Plattform; er gilt {{lasting}}. Es hat sich nichts geändert.',
  'refusal.link-tries':
    'Zu viele falsche Codes. In {{lasting}} kannst du wieder einen eingeben. Es hat sich nichts geändert.',
  'refusal.link-own':
    'Das ist dein eigener Code, und du bist gerade in {{surface}}. Gib ihn auf der anderen Plattform ein.',
  'refusal.link-here':
    'Der Code wurde hier gezeigt, in {{surface}}. Er verbindet Konten zweier Plattformen: Gib ihn auf der anderen ein.',
  'refusal.link-used': 'Der Code wurde schon benutzt. Jeder gilt einmal: Hole einen neuen.',
  'refusal.link-expired': 'Der Code ist abgelaufen: Jeder gilt {{lasting}}. Hole in {{surface}} einen neuen.',
  'refusal.link-configured':
    '{{people}} sind in der Konfiguration zwei Personen. Wer baton.yaml pflegt, kann beide Konten unter einer davon eintragen.',
  'refusal.link-commands':
    '{{person}} hat das Kommando von {{incident}} oder soll es übernehmen. Kläre das zuerst und gib den Code dann noch einmal ein.',
  'refusal.link-works':
    '{{person}} hat eine Aufgabe in {{incident}}. Schließe sie ab oder gib sie weiter und gib den Code dann noch einmal ein.',
  'refusal.link-called':
    '{{person}} ist zu {{incident}} gerufen. Gib den Code noch einmal ein, wenn das vorbei ist oder {{person}} entlassen ist.',
  'refusal.link-there':
    '{{person}} ist im Call von {{incident}}. Verlasse ihn, gib den Code noch einmal ein und komm wieder dazu.',
  'refusal.link-asked':
    '{{person}} wird in {{incident}} etwas gefragt. Beantworte das zuerst und gib den Code dann noch einmal ein.',
};
