// What every surface answers alike.
export const deskWords = {
  'desk.done': 'Done.',
  'desk.done.before': 'That was done already.',
  'desk.near': 'Did you mean {{near}}?',
  'desk.declare-instead': 'Is something wrong? Declare it, and the rest follows.',
};
