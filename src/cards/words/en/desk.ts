// What every surface answers alike.
export const deskWords = {
  'desk.done': 'Done.',
  'desk.done.before': 'That was done already.',
  'desk.file.too-large': '{{name}} (not copied: it has more than {{limit}} MB)',
  'desk.file.unreachable': '{{name}} (not copied: it could not be fetched where it is)',
  'desk.near': 'Did you mean {{near}}?',
  'desk.all': '/help lists what there is.',
  'desk.declare-instead': 'Is something wrong? Declare it, and the rest follows.',
};
