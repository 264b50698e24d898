/** Forms as modals: five inputs at a time, filled in by hand or picked, and read back as fields. */
import { type APIModalSubmission, ComponentType, TextInputStyle } from 'discord.js';
import type { Card, Input } from '../../cards/card.ts';
import { clip } from '../../cards/words/clip.ts';
import type { Words } from '../../cards/words/words.ts';
import type { FieldValue } from '../../core/contract.ts';
import type { Message } from './api.ts';
import {
  LONGEST_OPTION,
  MODAL_DESCRIPTION,
  MODAL_INPUTS,
  MODAL_LABEL,
  MODAL_TEXT,
  MODAL_TITLE,
  MOST_OPTIONS,
} from './limits.ts';
import { type Packed, type Press, pack } from './press.ts';

/** Marks what a modal brings back. */
export const MODAL = 'm';

/** Stand for "yes" and "no" in a select. */
const YES = 'yes';
const NO = 'no';

export interface Modal {
  readonly data: Message;
  readonly long: readonly NonNullable<Packed['long']>[];
}

/** A form's inputs in the order of its pages: what it cannot do without comes first. */
export function inputsOf(form: Card): readonly Input[] {
  const inputs = form.blocks.flatMap((block) => (block.type === 'inputs' ? block.inputs : []));
  return [...inputs].sort((a, b) => Number(b.field.required ?? false) - Number(a.field.required ?? false));
}

export function pageOf(inputs: readonly Input[], page: number): readonly Input[] {
  return inputs.slice((page - 1) * MODAL_INPUTS, page * MODAL_INPUTS);
}

/** @param press whose fields are what is given already; those shown are asked again, with what is given in them */
export function modalOf(form: Card, press: Press, words: Words): Modal | undefined {
  const { page = 1 } = press;
  const inputs = pageOf(inputsOf(form), page);
  if (inputs.length === 0) return undefined;
  const shown = new Set(inputs.map(({ name }) => name));
  const kept = Object.entries(press.fields).filter(([name]) => !shown.has(name));
  const packed = pack({ ...press, page, fields: Object.fromEntries(kept) }, MODAL);
  return {
    data: {
      custom_id: packed.id,
      title: clip(form.title, MODAL_TITLE),
      components: inputs.map((input) => labelled(input, words)),
    },
    long: packed.long ? [packed.long] : [],
  };
}

function labelled(input: Input, words: Words) {
  const whole = input.label.length > MODAL_LABEL ? input.label : undefined;
  const description = [whole, input.hint].filter((text) => text !== undefined).join(' · ');
  return {
    type: ComponentType.Label,
    label: clip(input.label, MODAL_LABEL),
    ...(description === '' ? {} : { description: clip(description, MODAL_DESCRIPTION) }),
    component: component(input, words),
  };
}

function component(input: Input, words: Words) {
  const { name, field, value } = input;
  const required = field.required ?? false;
  const options = optionsOf(input, words);
  if (options && options.length > 0) {
    const many = field.type === 'people' || field.type === 'places';
    return {
      type: ComponentType.StringSelect,
      custom_id: name,
      required,
      min_values: required ? 1 : 0,
      max_values: many ? options.length : 1,
      options,
    };
  }
  const long = field.type === 'text' && field.long === true;
  const most = Math.min(field.type === 'text' ? (field.max ?? MODAL_TEXT) : 200, MODAL_TEXT);
  const said = value === undefined ? '' : cut([value].flat().join(', '), most);
  return {
    type: ComponentType.TextInput,
    custom_id: name,
    style: long ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required,
    max_length: most,
    ...(said === '' ? {} : { value: said }),
  };
}

function cut(text: string, most: number): string {
  return text.length > most ? text.slice(0, most).toWellFormed() : text;
}

/** Too many to pick from are written instead: names are understood as well. */
function optionsOf({ field, choices, value }: Input, words: Words) {
  const listed =
    field.type === 'yes'
      ? [
          { value: YES, label: words.t('discord.yes') },
          { value: NO, label: words.t('discord.no') },
        ]
      : (choices ?? []);
  if (listed.length > MOST_OPTIONS) return undefined;
  const given =
    value === undefined ? [] : [value].flat().map((one) => (one === true ? YES : one === false ? NO : String(one)));
  return listed.map((choice) => ({
    label: clip(choice.label, LONGEST_OPTION) || choice.value,
    value: choice.value.slice(0, LONGEST_OPTION),
    ...(given.includes(choice.value) ? { default: true } : {}),
  }));
}

/** What was filled in, by field; left empty means not given. */
export function filledIn(submission: Pick<APIModalSubmission, 'components'>): Readonly<Record<string, FieldValue>> {
  const found: Record<string, FieldValue> = {};
  for (const one of submission.components) {
    const inner =
      one.type === ComponentType.Label ? [one.component] : one.type === ComponentType.ActionRow ? one.components : [];
    for (const input of inner) {
      if ('values' in input && input.values.length > 0)
        found[input.custom_id] = input.values.length === 1 ? (input.values[0] ?? '') : input.values;
      if ('value' in input && typeof input.value === 'string' && input.value.trim() !== '')
        found[input.custom_id] = input.value;
    }
  }
  return found;
}
