/** A command's form: one input per field, with what is already given kept. */
import type { Command, Field, FieldValue, Given, World } from '../core/contract.ts';
import { choicesOf, fieldsOf, peopleOf, SET_BY_ADAPTERS } from '../core/fields.ts';
import type { Incident } from '../core/incident.ts';
import { promptsOf } from '../core/prompts.ts';
import type { PersonId } from '../core/units.ts';
import type { Card, Input } from './card.ts';
import { promptName } from './prompt.ts';
import { present, title } from './state.ts';
import { updateDraft } from './update.ts';
import { clip } from './words/clip.ts';
import type { Words } from './words/words.ts';

/** What a field lets choose from, in the reader's words. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Who fills in a form, for which incident, in which world. */
export interface Filling {
  readonly incident: Incident | undefined;
  readonly by: PersonId;
  readonly world: World;
}

export function formCard(command: Command, filling: Filling, words: Words, kept: Given = {}): Card {
  const { incident, by, world } = filling;
  // The commander's own words to stakeholders are drafted, never demanded from a blank box (ACT-4).
  const given =
    incident && command.name === 'send-update' ? { text: updateDraft(incident, world, words), ...kept } : kept;
  const needed = incident && command.needs?.(incident, given);
  const fields = Object.entries(fieldsOf(command, incident, by)).map(
    ([name, field]) => [name, name === needed ? { ...field, required: true } : field] as const,
  );
  const inputs = fields.filter(([name]) => !SET_BY_ADAPTERS.has(name) && !(name === 'prompt' && name in given));
  const hidden = (name: string) => {
    const value = given[name];
    return value === undefined || inputs.some(([shown]) => shown === name) ? [] : [[name, value] as const];
  };
  return {
    key: `form:${command.name}`,
    title: words.t(`command.${command.name}`),
    ...(incident ? { version: incident.version } : {}),
    blocks: [
      ...(incident ? [{ type: 'text', tone: 'quiet', text: title(incident, words) } as const] : []),
      { type: 'text', text: words.t(`command.${command.name}.what`) },
      {
        type: 'inputs',
        inputs: inputs
          .map(([name, field]) => input(command.name, name, field, filling, words, given[name]))
          .filter(canBeFilled),
      },
      {
        type: 'buttons',
        buttons: [
          {
            label: words.t(`button.${command.name}`),
            command: command.name,
            fields: Object.fromEntries(fields.flatMap(([name]) => hidden(name))),
            form: false,
            primary: true,
          },
        ],
      },
    ],
  };
}

/** An optional field with nothing to choose from is only in the way. */
function canBeFilled({ field, choices, value }: Input): boolean {
  return field.required || value !== undefined || choices?.length !== 0;
}

/** What a field lets choose from with names that people know; undefined where anything may be typed. */
export function labelledChoices(field: Field, filling: Filling, words: Words): readonly Choice[] | undefined {
  const { incident, by, world } = filling;
  const values = choicesOf(field, incident, by, world);
  if (!values) return undefined;
  const choices = values.map((value) => ({ value, label: clip(choiceLabel(field, value, filling, words), 100) }));
  if (field.type !== 'person' && field.type !== 'people') return choices;
  const there = new Set(incident ? present(incident) : []);
  const order = new Intl.Collator(words.reader.language);
  return choices.sort(
    (a, b) => Number(there.has(b.value)) - Number(there.has(a.value)) || order.compare(a.label, b.label),
  );
}

/** A prompt is known to people by its words, never by its key. */
function promptChoices(command: string, { incident, world }: Filling, words: Words): readonly Choice[] {
  const standing = incident ? promptsOf(incident, world) : [];
  // Only what offers "no need" can be answered with it.
  const prompts =
    command === 'dismiss' ? standing.filter(({ key }) => incident?.prompts.get(key)?.dismissible) : standing;
  return prompts.map((prompt) => ({ value: prompt.key, label: clip(promptName(prompt, words), 100) }));
}

/** `give:3` is the field `give` for activity 3. */
export function fieldLabel(command: string, name: string, words: Words): string {
  const [stem = name, about] = name.split(':');
  const own = `field.${command}.${stem}`;
  return about === undefined
    ? words.t(words.has(own) ? own : `field.${stem}`)
    : words.t(`field.${stem}.of`, { activity: { activity: Number(about) } });
}

function input(
  command: string,
  name: string,
  field: Field,
  filling: Filling,
  words: Words,
  given: FieldValue | undefined,
): Input {
  const [stem = name] = name.split(':');
  const own = `field.${command}.${stem}.hint`;
  const hint = words.has(own) ? own : `field.${stem}.hint`;
  const choices = name === 'prompt' ? promptChoices(command, filling, words) : labelledChoices(field, filling, words);
  const value = given ?? field.preset;
  return {
    name,
    label: fieldLabel(command, name, words),
    field,
    ...(words.has(hint) ? { hint: words.t(hint) } : {}),
    ...(field.required ? { missing: words.t('card.input.missing') } : {}),
    ...(value === undefined ? {} : { value }),
    ...(choices === undefined ? {} : { choices }),
  };
}

function choiceLabel(field: Field, value: string, filling: Filling, words: Words): string {
  const { settings } = filling.world;
  switch (field.type) {
    case 'person':
    case 'people':
      return peopleOf(filling.incident, filling.world.people)[value]?.name ?? value;
    case 'activity':
      return words.t('card.choice.activity', { activity: { activity: Number(value) } });
    case 'choice':
      return words.t(`${field.words}.${value}`);
    case 'service':
      return settings.services[value]?.name ?? value;
    case 'seat':
      return words.seat(filling.incident?.seats[value]?.wanted ?? settings.seats[value]?.name ?? value);
    case 'places':
      return settings.places[value]?.name ?? value;
    default:
      return value;
  }
}
