/** A form's inputs as Adaptive Card inputs. */
import { LONGEST_TEXT } from '../core/contract.ts';
import { INPUT } from './adaptive-actions.ts';
import { type Json, plain } from './adaptive-json.ts';
import type { Input } from './card.ts';

/** A list longer than this is typed instead of picked: names are understood as well as picks. */
const MOST_CHOICES = 100;
/** All choices of a card together: each weighs some 80 bytes, and a card must stay small. */
const MOST_ON_CARD = 150;
/** From this many on a list is searched rather than scrolled. */
const SEARCHED_FROM = 8;

export function inputElements(inputs: readonly Input[]): readonly Json[] {
  let left = MOST_ON_CARD;
  return inputs.map((input) => {
    const count = input.choices?.length ?? 0;
    const picked = count > 0 && count <= MOST_CHOICES && count <= left;
    if (picked) left -= count;
    return picked ? choiceSet(input) : typed(input);
  });
}

function named({ name, label, field, missing }: Input): Json {
  return {
    id: `${INPUT}${name}`,
    label: plain(label),
    ...(field.required ? { isRequired: true, errorMessage: plain(missing ?? label) } : {}),
  };
}

function choiceSet(input: Input): Json {
  const { field, choices = [], value, hint } = input;
  const many = field.type === 'people' || field.type === 'places';
  const given = value === undefined ? [] : Array.isArray(value) ? value : [String(value)];
  const known = given.filter((one) => choices.some((choice) => choice.value === one));
  return {
    type: 'Input.ChoiceSet',
    ...named(input),
    choices: choices.map(({ value, label }) => ({ title: plain(label), value })),
    // Searching and picking several do not go together.
    style: many || choices.length < SEARCHED_FROM ? 'compact' : 'filtered',
    ...(many ? { isMultiSelect: true } : {}),
    ...(hint ? { placeholder: hint } : {}),
    ...(known.length > 0 ? { value: known.join(',') } : {}),
  };
}

function typed(input: Input): Json {
  const { field, value, hint, label } = input;
  const given = value === undefined ? {} : { value: Array.isArray(value) ? value.join(', ') : String(value) };
  const placeholder = hint ? { placeholder: hint } : {};
  switch (field.type) {
    case 'yes': {
      const { label: above, ...rest } = named(input);
      return {
        type: 'Input.Toggle',
        ...rest,
        // What stands beside the box need not stand above it as well.
        ...(hint ? { label: above } : {}),
        title: plain(hint ?? label),
        valueOn: 'true',
        valueOff: 'false',
        ...given,
      };
    }
    case 'number':
      return {
        type: 'Input.Number',
        ...named(input),
        ...placeholder,
        min: 0,
        ...(Number.isFinite(Number(value)) && value !== undefined ? { value: Number(value) } : {}),
      };
    case 'text':
      return {
        type: 'Input.Text',
        ...named(input),
        ...placeholder,
        maxLength: field.max ?? LONGEST_TEXT,
        ...(field.long ? { isMultiline: true } : {}),
        ...given,
      };
    default:
      return { type: 'Input.Text', ...named(input), ...placeholder, ...given };
  }
}
