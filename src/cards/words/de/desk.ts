// Was jede Oberfläche gleich beantwortet.
export const deskWords = {
  'desk.done': 'Erledigt.',
  'desk.done.before': 'Das war schon erledigt.',
  'desk.file.too-large': '{{name}} (nicht kopiert: mehr als {{limit}} MB)',
  'desk.file.unreachable': '{{name}} (nicht kopiert: dort, wo es liegt, nicht abzuholen)',
  'desk.near': 'Meintest du {{near}}?',
  'desk.all': '/help zeigt, was es gibt.',
  'desk.declare-instead': 'Stimmt etwas nicht? Melde es, alles Weitere folgt.',
};
