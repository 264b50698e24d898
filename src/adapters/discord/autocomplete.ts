/** Offers what an option can be: people, activities, services and whatever else a form would let pick from. */
import { VIEWS } from '../../cards/buttons.ts';
import { formCard } from '../../cards/form.ts';
import { clip } from '../../cards/words/clip.ts';
import type { Words } from '../../cards/words/words.ts';
import type { World } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import type { PersonId } from '../../core/units.ts';
import { OFFERED, offered } from '../../desk/offered.ts';
import { LONGEST_OPTION, MOST_OPTIONS } from './limits.ts';
import { inputsOf } from './modal.ts';
import type { Slash } from './slash.ts';

interface Offer {
  readonly value: string;
  readonly label: string;
}

export interface Typist {
  readonly incident: Incident | undefined;
  readonly by: PersonId;
  readonly world: World;
  readonly words: Words;
}

/** At most as many as Discord shows, those that begin with what is typed first. */
export function completions(
  { command: name, focused }: Slash,
  typist: Typist,
): readonly { name: string; value: string }[] {
  if (!focused) return [];
  const command = offered(name);
  const field = command?.fields[focused.name];
  const several = field?.type === 'people' || field?.type === 'places';
  // Names before the last comma are settled.
  const settled = several ? /^(.*,)[^,]*$/.exec(focused.value)?.[1] : undefined;
  const typed = focused.value
    .slice(settled?.length ?? 0)
    .trim()
    .replace(/^@/, '')
    .toLowerCase();
  const offers = command ? offersFor(command.name, focused.name, typist) : topics(typist.words);
  const rank = ({ value, label }: Offer) => {
    const said = [value.toLowerCase(), label.toLowerCase()];
    if (said.some((text) => text.startsWith(typed))) return 0;
    return said.some((text) => text.includes(typed)) ? 1 : 2;
  };
  return offers
    .filter((offer) => rank(offer) < 2)
    .sort((a, b) => rank(a) - rank(b))
    .map(({ value, label }) => ({
      name: clip(`${settled ?? ''}${label}`, LONGEST_OPTION),
      value: `${settled ?? ''}${value}`,
    }))
    .filter(({ name: shown, value }) => shown !== '' && value !== '' && value.length <= LONGEST_OPTION)
    .slice(0, MOST_OPTIONS);
}

function offersFor(name: string, field: string, { incident, by, world, words }: Typist): readonly Offer[] {
  const command = offered(name);
  const form = command && formCard(command, { incident, by, world }, words);
  return form ? (inputsOf(form).find((input) => input.name === field)?.choices ?? []) : [];
}

/** What help is given on. */
function topics(words: Words): readonly Offer[] {
  const names = [...OFFERED.map(({ name }) => name), ...VIEWS];
  return names.map((name) => ({ value: name, label: words.t(`command.${name}`) }));
}
