/** What ties two accounts of one person: the code, whose it is, and what came of it. Each for one reader alone. */
import type { Duration, PersonId } from '../core/units.ts';
import type { Block, Card } from './card.ts';
import type { Words } from './words/words.ts';

/** Where nobody has an account of a platform: what it is for, and where to ask. */
export function aboutLink(words: Words): Card {
  return linkCard(words, { type: 'line', text: words.t('link.about'), why: words.t('link.about.why') });
}

function code(shown: string, lasting: Duration, words: Words): Card {
  return linkCard(
    words,
    { type: 'heading', text: shown },
    { type: 'line', text: words.t('link.code', { lasting: { lasting } }), why: words.t('link.code.why') },
  );
}

/** Nothing is done yet: whoever talks somebody into typing a code of theirs would become them. */
function sure(typed: string, person: PersonId, surface: { readonly word: string }, words: Words): Card {
  const yes = { command: 'link-account', fields: { code: typed, sure: true }, form: false, primary: true };
  return linkCard(
    words,
    {
      type: 'line',
      text: words.t('link.sure', { person: { person }, surface }),
      why: words.t('link.sure.why'),
    },
    { type: 'buttons', buttons: [{ label: words.t('link.yes'), ...yes }] },
  );
}

function done(person: PersonId, surface: string, words: Words): Card {
  const facts = { person: { person }, surface: { word: `surface.${surface}` } };
  return linkCard(words, { type: 'line', text: words.t('link.done', facts), why: words.t('link.done.why') });
}

function already(person: PersonId, words: Words): Card {
  return linkCard(words, { type: 'line', text: words.t('link.already', { person: { person } }) });
}

/** Who somebody is whose name somebody else has, and both ways to be that one, too. */
function namesake(person: PersonId, account: { readonly surface: string; readonly id: string }, words: Words): Card {
  const { surface, id } = account;
  const code = { label: words.t('button.link-account'), command: 'link-account', fields: {}, form: false };
  return linkCard(
    words,
    {
      type: 'line',
      text: words.t('link.namesake', { person: { person } }),
      why: words.t('link.namesake.why', { account: `${surface}: "${id}"` }),
    },
    { type: 'buttons', buttons: [code] },
  );
}

function linkCard(words: Words, ...blocks: Block[]): Card {
  return { key: 'link', title: words.t('command.link-account'), blocks };
}

export const linkCards = { code, sure, done, already, namesake };
