// Was jede Oberfläche gleich beantwortet.
export const deskWords = {
  'desk.done': 'Erledigt.',
  'desk.done.before': 'Das war schon erledigt.',
  'desk.near': 'Meintest du {{near}}?',
  'desk.declare-instead': 'Stimmt etwas nicht? Melde es, alles Weitere folgt.',
};
