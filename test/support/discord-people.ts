/** Somebody in Discord: types commands, presses what is shown, fills in what opens, and sees only what they would see. */
import type { Answered, DiscordDouble } from './discord-double.ts';
import type { Json, MessageOf, UserOf } from './discord-guild.ts';

export interface Shown {
  readonly label: string;
  readonly customId: string;
  /** Set for an option of a select. */
  readonly value?: string;
}

export interface Somebody {
  readonly user: UserOf;
  /** `/incident …` with its subcommand found among the registered ones; options by their names. */
  slash(command: string, options?: Json, channel?: string): Promise<Answered>;
  completes(
    command: string,
    option: string,
    typed: string,
    channel?: string,
  ): Promise<readonly { name: string; value: string }[]>;
  /** Presses a button, or picks it from a select; several kinds of labels may do. */
  press(message: MessageOf, label: string | RegExp): Promise<Answered>;
  /** Fills in a modal that was opened; what it demands and is not given stays empty. */
  fill(opened: Answered, values: Json, from?: MessageOf): Promise<Answered>;
  /** A command of a message's menu. */
  menu(name: string, target: Json, channel?: string): Promise<Answered>;
  joins(channel: string): void;
  leaves(): void;
}

/** Everything that can be pressed in a message. */
export function pressable(message: Pick<MessageOf, 'components'>): readonly Shown[] {
  const found: Shown[] = [];
  const walk = (one: Json): void => {
    const {
      type,
      label,
      custom_id: customId = '',
      options,
      components,
    } = one as { type: number; label?: string; custom_id?: string; options?: Json[]; components?: Json[] };
    if (type === 2 && customId) found.push({ label: label ?? '', customId });
    if (type === 3)
      for (const option of options ?? [])
        found.push({ label: String(option.label), customId, value: String(option.value) });
    for (const inner of components ?? []) walk(inner);
  };
  for (const one of message.components) walk(one);
  return found;
}

/** All text of a message, as written. */
export function textOf(message: { readonly content?: unknown; readonly components?: unknown }): string {
  const walk = (one: Json): string =>
    [typeof one.content === 'string' ? one.content : '', ...((one.components ?? []) as Json[]).map(walk)].join('\n');
  return [message.content, ...((message.components ?? []) as Json[]).map(walk)].join('\n');
}

/** The inputs of a modal, by name. */
export function inputsIn({ data }: Answered): ReadonlyMap<string, Json> {
  const labels = (data.components ?? []) as { readonly component: Json }[];
  return new Map(labels.map(({ component }) => [String(component.custom_id), component]));
}

export function somebody(double: DiscordDouble, user: UserOf, locale = 'en-GB'): Somebody {
  const { guild } = double;
  const at = (channel?: string) => channel ?? guild.general.id;

  function path(command: string): { readonly group?: string; readonly option: Json } {
    const [root] = double.commands;
    for (const one of (root?.options ?? []) as Json[]) {
      if (one.type === 1 && one.name === command) return { option: one };
      const inner = ((one.options ?? []) as Json[]).find((two) => one.type === 2 && two.name === command);
      if (inner) return { group: String(one.name), option: inner };
    }
    throw new Error(`no command ${command} is registered`);
  }

  function dataFor(command: string, given: Json, focused?: string): Json {
    const { group, option } = path(command);
    const known = (option.options ?? []) as { name: string; type: number; required?: boolean }[];
    for (const name of Object.keys(given))
      if (!known.some((one) => one.name === name)) throw new Error(`${command} has no option ${name}`);
    const missing = known.find((one) => one.required && given[one.name] === undefined);
    if (missing && focused === undefined) throw new Error(`${command} demands ${missing.name}`);
    const options = known.flatMap(({ name, type }) =>
      given[name] === undefined
        ? []
        : [{ name, type, value: given[name], ...(name === focused ? { focused: true } : {}) }],
    );
    const sub = { type: 1, name: command, options };
    return {
      id: '1',
      type: 1,
      name: 'incident',
      options: [group === undefined ? sub : { type: 2, name: group, options: [sub] }],
    };
  }

  return {
    user,
    slash: (command, options = {}, channel) =>
      double.interact(user, 2, dataFor(command, options), { channel: at(channel), locale }),
    async completes(command, option, typed, channel) {
      const { data } = await double.interact(user, 4, dataFor(command, { [option]: typed }, option), {
        channel: at(channel),
        locale,
      });
      return (data.choices ?? []) as { name: string; value: string }[];
    },
    async press(message, label) {
      if (message.ephemeralFor !== undefined && message.ephemeralFor !== user.id)
        throw new Error('only its reader can press it');
      const all = pressable(message);
      const found = all.find((one) => (typeof label === 'string' ? one.label === label : label.test(one.label)));
      if (!found) throw new Error(`nothing called ${String(label)} among ${all.map((one) => one.label).join(', ')}`);
      const data =
        found.value === undefined
          ? { component_type: 2, custom_id: found.customId }
          : { component_type: 3, custom_id: found.customId, values: [found.value] };
      return double.interact(user, 3, data, { channel: message.channel_id, message, locale });
    },
    fill(opened, values, from) {
      if (opened.type !== 9) throw new Error(`no modal is open but ${opened.type}: ${textOf(opened.data)}`);
      const inputs = inputsIn(opened);
      for (const name of Object.keys(values))
        if (!inputs.has(name))
          throw new Error(`the modal does not ask for ${name} but ${[...inputs.keys()].join(', ')}`);
      const components = [...inputs].map(([name, input], n) => ({
        type: 18,
        id: n + 1,
        component: filled(name, input, values[name]),
      }));
      return double.interact(
        user,
        5,
        { custom_id: opened.data.custom_id, components },
        { channel: from?.channel_id ?? at(), message: from, locale },
      );
    },
    menu(name, target, channel) {
      const data = {
        id: '2',
        type: 3,
        name,
        target_id: target.id,
        resolved: { messages: { [String(target.id)]: target } },
      };
      return double.interact(user, 2, data, { channel: at(channel), locale });
    },
    joins: (channel) => double.move(user, channel),
    leaves: () => double.move(user, null),
  };
}

function filled(name: string, { type, value, options, required, max_length: most }: Json, given: unknown): Json {
  if (type === 3) {
    const listed = (options ?? []) as { value: string; label: string; default?: boolean }[];
    const wanted =
      given === undefined ? listed.filter((one) => one.default).map((one) => one.value) : [given].flat().map(String);
    const values = wanted.map((one) => {
      const found = listed.find((option) => option.value === one || option.label === one);
      if (!found)
        throw new Error(`${name} does not offer ${one} but ${listed.map((option) => option.label).join(', ')}`);
      return found.value;
    });
    if (required && values.length === 0) throw new Error(`${name} has to be picked`);
    return { type, custom_id: name, values };
  }
  const said = String(given ?? value ?? '');
  if (required && said === '') throw new Error(`${name} has to be filled in`);
  if (said.length > Number(most ?? 4_000)) throw new Error(`${name} takes ${String(most)} characters`);
  return { type, custom_id: name, value: said };
}
