// Die Worte der Nachbesprechung: was eingehalten wurde, und was spät kam oder fehlte.
export const reviewWords = {
  'review.title': 'Nachbesprechung: {{title}}',
  'review.lead':
    'Allein aus dem Protokoll, nach den Regeln des Leitfadens. Niemand bekommt Noten: Hier steht, was so bleiben kann und was nächstes Mal einen Versuch wert ist.',
  'review.kept': 'Was eingehalten wurde',
  'review.missed': 'Was nächstes Mal einen Versuch wert ist',
  'review.read': 'Wo mehr dazu steht',
  'review.nothing': 'Hier steht nichts.',
  'review.call-joined': 'Nach {{took}} war jemand im Call, bevor irgendwer etwas gefragt wurde.',
  'review.call-empty': 'Niemand kam in den Call. Zuerst kommen Menschen zusammen, was auch immer die Anzeigen sagen.',
  'review.quorum-reached': 'Nach {{took}} waren alle im Call, die gebraucht wurden.',
  'review.seat-empty': 'Nie im Call: {{wanted}}. Alarmiere noch einmal oder jemand anderen: Alarmieren ist nie falsch.',
  'review.commander-found': '{{person}} übernahm nach {{took}} die Leitung.',
  'review.commander-late':
    '{{person}} übernahm erst nach {{took}} die Leitung, als der Raum {{count}}-mal gefragt war. Man darf sie sofort übernehmen.',
  'review.commander-none': 'Niemand übernahm die Leitung. Ohne sie entscheidet niemand, was als Nächstes kommt.',
  'review.commander-away': '{{person}} verließ den Call und hatte die Leitung noch. Übergib, bevor du gehst.',
  'review.commander-silent':
    '{{person}} schwieg lange und hatte die Leitung. Jede Zeile lässt sich mit einem Druck beantworten oder verschieben.',
  'review.command-lapsed': 'Die Leitung erlosch, weil {{person}} nicht antwortete.',
  'review.commander-hands-free': 'Wer leitete, tat nichts von der Arbeit selbst: {{people}}.',
  'review.impact-first': 'Was Kunden sehen, wurde gefragt, bevor etwas versucht wurde.',
  'review.impact-late': '{{activity}} ({{activity.what}}) begann, bevor jemand gesagt hatte, was Kunden sehen.',
  'review.impact-unasked': 'Niemand sagte, was Kunden sehen. Frag das zuerst: Davon hängt ab, wie schlimm es ist.',
  'review.severity-decided': 'Der Schweregrad wurde entschieden: {{severity}}.',
  'review.severity-assumed':
    'Niemand entschied rechtzeitig über den Schweregrad, also galt der schlimmste: {{severity}}.',
  'review.stakeholders-told_one': 'Die Stakeholder wurden {{count}}-mal unterrichtet.',
  'review.stakeholders-told_other': 'Die Stakeholder wurden {{count}}-mal unterrichtet.',
  'review.stakeholders-untold':
    'Die Stakeholder hörten nichts. Nach einer Runde ist der Text schon geschrieben: lesen, abschicken.',
  'review.one-at-a-time_one': '{{count}} Gegenmaßnahme wurde versucht, für sich allein.',
  'review.one-at-a-time_other': '{{count}} Gegenmaßnahmen wurden versucht, eine nach der anderen.',
  'review.overlapped':
    '{{activity}} ({{activity.what}}) begann, als {{activities}} noch nicht vorbei war: Was davon was bewirkte, lässt sich nicht sagen.',
  'review.judged': '{{activity}} ({{activity.what}}) wurde {{took}} nach dem Ende beurteilt: {{verdict}}.',
  'review.unjudged':
    '{{activity}} ({{activity.what}}) wurde nie beurteilt. Sag, was es bewirkt hat, bevor du das Nächste versuchst.',
  'review.worse-undone': '{{activity}} hatte es verschlimmert und wurde zuerst zurückgenommen.',
  'review.worse-left':
    '{{activity}} hatte es verschlimmert und blieb bestehen. Nimm es zurück, bevor du etwas anderes versuchst.',
  'review.nothing-tried': 'Nichts wurde versucht, solange es Auswirkungen gab.',
  'review.acknowledged':
    '{{took}} von {{all}} Aufgaben wurden namentlich bestätigt; die langsamste Bestätigung brauchte {{slowest}}.',
  'review.unacknowledged': 'Niemand bestätigte eine Aufgabe mit Namen. Wer eine bekommt, sagt, dass er sie hat.',
  'review.nothing-delegated': 'Niemand bekam eine Aufgabe. Bitte jemanden mit Namen, und nenne eine Zeit.',
  'review.unclaimed-given':
    '{{activity}} ({{activity.what}}) nahm {{owner}} nicht an; {{took}} nachdem das klar war, war es geregelt.',
  'review.unclaimed-left':
    '{{activity}} ({{activity.what}}) blieb bei {{owner}}, nahm aber niemand an. Gib es jemand anderem.',
  'review.no-lull': 'Es geschah immer etwas.',
  'review.lull':
    'Es geschah {{lasting}} lang nichts. Frag nach weiteren Vorschlägen oder nach dem, was noch niemand weiß.',
  'review.rounds-held': 'Runden gehalten: {{held}}, davon pünktlich {{onTime}}.',
  'review.round-missed': 'Runde {{round}} wurde begonnen und nicht beendet. Erst die Auswirkung, dann alle mit Namen.',
  'review.round-skipped': 'Runde {{round}} fiel aus: {{reason}}',
  'review.round-put-off': 'Eine Runde wurde verschoben: {{reason}}',
  'review.handed-over': '{{from}} übergab an {{person}}, die Übergabe wurde angenommen.',
  'review.shift-overrun': '{{person}} leitete über das Ende der Schicht hinaus. Übergib, bevor du müde bist.',
  'review.relieved': '{{person}} wurde rechtzeitig abgelöst.',
  'review.relieved-late': '{{person}} wurde erst {{took}} nach der Zeit abgelöst.',
  'review.unrelieved': '{{person}} sollte abgelöst werden und wurde es nicht.',
  'review.watched': 'Die Lösung wurde {{lasting}} lang beobachtet, bevor geschlossen wurde.',
  'review.closed-early': 'Geschlossen wurde vor dem Ende der Nachbeobachtung: {{reason}}',
  'review.unwatched': 'Es endete in der Nachbeobachtung und wurde nicht geschlossen.',
  'review.still-open': 'Es endete, als es noch Auswirkungen gab.',
  'review.gathered': 'Das Protokoll wurde gesammelt, solange es leicht war.',
  'review.ungathered_one': 'Dem Protokoll fehlt {{count}} Sache, die man beim Nachbereiten sucht.',
  'review.ungathered_other': 'Dem Protokoll fehlen {{count}} Sachen, die man beim Nachbereiten sucht.',
};
