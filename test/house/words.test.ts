// No word is missing and none is left over, in any language; every language fills in the same facts.
import { describe, expect, test } from '@jest/globals';
import { VIEWS } from '../../src/cards/buttons.ts';
import { CATALOGUES } from '../../src/cards/words/catalogues.ts';
import { COMMANDS } from '../../src/core/commands/index.ts';
import { VERDICTS } from '../../src/core/events.ts';
import { SET_BY_ADAPTERS } from '../../src/core/fields.ts';
import { FILLED, type Line, lines, membersOf, namesIn, parsed, texts } from './said.ts';
import { files, text } from './tree.ts';

const { en = {}, ...others } = CATALOGUES;
const bare = (key: string) => key.replace(/_(one|other)$/, '');
const keys = new Set(Object.keys(en).map(bare));
const sections = new Set([...keys].map((key) => key.split('.')[0]));
const variables = (sentence: string) =>
  [...new Set([...sentence.matchAll(/\{\{([^}]*)\}\}/g)].map(([, name]) => name ?? ''))].sort();
/** All variables of a key, over its plural forms. */
const variablesOf = (key: string) =>
  variables(
    Object.entries(en)
      .filter(([one]) => bare(one) === key)
      .map(([, sentence]) => sentence)
      .join(' '),
  );

const paths = await files();
const sources = async (pattern: RegExp) =>
  Promise.all(paths.filter((path) => pattern.test(path)).map(async (path) => parsed(path, await text(path))));

const core = await sources(/^src\/core\/.*\.ts$/);
const cards = await sources(/^src\/cards\/[^/]+\.ts$|^src\/cards\/words\/words\.ts$/);
/** Whoever speaks by the contract's places; cards call things labels that are no buttons of the core. */
const speakers = [...core, ...(await sources(/^src\/cards\/typed\.ts$/))];
const said: Line[] = speakers.flatMap(lines);

/** Every key that the code can ask for, with who asks. */
async function asked(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const add = (key: string, who: string) => found.set(key, who);

  for (const { section, name, where } of said) {
    add(`${section}.${name}`, where);
    if (section === 'prompt') for (const part of ['why', 'name']) add(`prompt.${name}.${part}`, where);
  }
  for (const name of VIEWS) for (const key of commandKeys(name)) add(key, `view ${name}`);
  for (const command of COMMANDS.filter(({ right }) => right !== 'adapter')) {
    for (const key of commandKeys(command.name)) add(key, `command ${command.name}`);
    for (const [name, field] of Object.entries(command.fields)) {
      if (SET_BY_ADAPTERS.has(name)) continue;
      add(`field.${name}`, `command ${command.name}`);
      if (field.type !== 'choice') continue;
      for (const choice of field.choices) add(`${field.words}.${choice}`, `choice of ${command.name}`);
    }
    if (command.also) for (const key of ['field.give', 'field.give.of']) add(key, `command ${command.name}`);
    for (const key of [`guide.${command.guide}`, `guide.${command.guide}.what`]) add(key, `command ${command.name}`);
  }
  for (const type of await plainEvents()) add(`event.${type}`, `event ${type}`);
  for (const file of [...core, ...cards]) {
    for (const one of texts(file)) {
      if ('text' in one) {
        if (sections.has(one.text.split('.')[0]) && /^[a-z]+(\.[a-z-]+)+$/.test(one.text)) add(one.text, file.fileName);
      } else if (sections.has(one.head.split('.')[0])) {
        for (const value of FILLED[one.head] ?? []) add(`${one.head}${value}${one.tail}`, file.fileName);
      }
    }
  }
  return found;
}

function commandKeys(name: string): string[] {
  return [`command.${name}`, `command.${name}.what`, `button.${name}`];
}

/** What events hold, by name. */
const eventFields = new Set(
  [...(await text('src/core/events.ts')).matchAll(/(\w+)\??: string/g)].map(([, name]) => name),
);

/** Event types that have one sentence whatever they hold. */
async function plainEvents(): Promise<string[]> {
  const types = membersOf(parsed('events', await text('src/core/events.ts')), 'Shapes');
  const chosen = namesIn(parsed('announcement', await text('src/cards/announcement.ts')), 'SENTENCES');
  expect(types.length).toBeGreaterThan(60);
  expect(chosen.filter((type) => !types.includes(type))).toEqual([]);
  return types.filter((type) => !chosen.includes(type));
}

/** What adapters ask for: keys as they stand in their files, and beginnings of keys that are put together. */
async function askedByAdapters() {
  const whole = new Map<string, string>();
  const begun = new Set<string>();
  const pages = 'src/adapters/console/web/';
  for (const path of paths.filter((one) => /^src\/((adapters|desk|drill)\/.*\.(ts|js|html)|[^/]+\.ts)$/.test(one))) {
    const source = await text(path);
    // The pages of the console leave the section out: `t('lost')` says `console.lost`.
    const own = path.startsWith(pages) ? 'console.' : '';
    for (const [, key = '', more] of source.matchAll(/['"`]([a-z][\w.-]*)(\$\{)?/g)) {
      if (more && (own || sections.has(key.split('.')[0]))) begun.add(own + key);
      else if (keys.has(own + key)) whole.set(own + key, path);
    }
    for (const [, key = ''] of own ? source.matchAll(/(?:\bt\(|data-t(?:-\w+)?=)['"]([\w.-]+)['"]/g) : [])
      whole.set(own + key, path);
  }
  return { whole, begun: [...begun].filter((start) => [...keys].some((key) => key.startsWith(start))) };
}

/** Words that stand in for others where there are any: hints, a command's own name for a field, `empty.<fact>`. */
function isChoice(key: string, wanted: ReadonlySet<string>): boolean {
  const field = key.replace(/\.hint$/, '');
  if (field !== key && (wanted.has(field) || isChoice(field, wanted))) return true;
  const [section, command = '', name = ''] = key.split('.');
  if (section === 'field') return COMMANDS.find((one) => one.name === command)?.fields[name] !== undefined;
  return section === 'empty' && (said.some(({ facts }) => facts?.includes(command)) || eventFields.has(command));
}

test('what code says is found wherever the contract lets it stand', () => {
  const source = `
    import { x } from './no-key.ts';
    function owed(to: string, line: string) { return { to, line, facts: {} }; }
    const policy = {
      offers: () => [
        { to: 'ann', line: a ? 'one' : 'two', facts: { activity, due: 1 }, buttons: [{ command: 'x', label: \`verdict-\${v}\` }] },
        { to: 'ann', line: 'three', facts, buttons: [dismissal(key, 'seen')] },
        { line: 'part', facts: { since } },
      ],
      pings: (event) => [owed(event.owner, 'four'), { to: [], line: event.type, facts: { ...more } }],
      objects: () => refuse('five', { given }, next),
      reads: () => ({ problem: 'six', facts: {} }),
    };`;
  const found = lines(parsed('planted.ts', source));
  const names = (section: string) => found.filter((one) => one.section === section).map(({ name }) => name);
  expect(names('prompt')).toEqual(['one', 'two', 'three', 'part']);
  expect(names('ping')).toEqual(['four', 'shift-ending', 'shift-overrun']);
  expect(names('refusal')).toEqual(['five', 'six']);
  expect(names('button')).toEqual([...VERDICTS.map((verdict) => `verdict-${verdict}`), 'seen']);
  const facts = Object.fromEntries(found.map(({ name, facts }) => [name, facts]));
  expect(facts).toMatchObject({ one: ['activity', 'due'], five: ['given'], six: [] });
  expect([facts.three, facts.part, facts['shift-ending']]).toEqual([undefined, undefined, undefined]);
  expect(() => lines(parsed('planted.ts', 'const p = { label: made(up) };'))).toThrow('cannot tell');
  expect(() => lines(parsed('planted.ts', `const p = { label: \`new-\${x}\` };`))).toThrow('say in FILLED');
});

describe('words', () => {
  test('none is missing', async () => {
    const missing = [...(await asked())].filter(([key]) => !keys.has(key)).map(([key, who]) => `${key} (${who})`);
    expect(missing).toEqual([]);
    const { whole } = await askedByAdapters();
    expect([...whole].filter(([key]) => !keys.has(key)).map(([key, who]) => `${key} (${who})`)).toEqual([]);
  });

  test('none is left over', async () => {
    const { whole, begun } = await askedByAdapters();
    const wanted = new Set([...(await asked()).keys(), ...whole.keys()]);
    const left = [...keys].filter(
      (key) => !wanted.has(key) && !isChoice(key, wanted) && !begun.some((start) => key.startsWith(start)),
    );
    expect(left).toEqual([]);
  });

  test('each sentence is filled with facts that the code gives', () => {
    const wrong = said.flatMap(({ section, name, facts, where }) => {
      if (!facts) return [];
      const parts = section === 'prompt' ? ['', '.why', '.name'] : [''];
      const named = parts.flatMap((part) => variablesOf(`${section}.${name}${part}`));
      return named
        .filter(
          (variable) =>
            !facts.includes(variable.replace(/\.what$/, '')) && !(section === 'refusal' && variable === 'field'),
        )
        .map((variable) => `${where}: {{${variable}}}`);
    });
    expect(said.filter(({ facts }) => facts !== undefined).length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });

  test('a prompt’s name is filled with nothing: the record knows only its line', () => {
    const filled = [...keys].filter((key) => /^prompt\..*\.name$/.test(key) && variablesOf(key).length > 0);
    expect(filled).toEqual([]);
  });

  test('no two prompts have the same name: the record tells them apart by it', () => {
    for (const catalogue of Object.values(CATALOGUES)) {
      const names = Object.keys(catalogue).filter((key) => /^prompt\..*\.name$/.test(key));
      expect(names.filter((key, n) => names.findIndex((one) => catalogue[one] === catalogue[key]) !== n)).toEqual([]);
    }
  });

  test('plurals come in every form', () => {
    for (const catalogue of Object.values(CATALOGUES)) {
      const plurals = Object.keys(catalogue).filter((key) => key !== bare(key));
      expect(
        plurals.filter((key) => !(`${bare(key)}_one` in catalogue) || !(`${bare(key)}_other` in catalogue)),
      ).toEqual([]);
      expect(plurals.filter((key) => bare(key) in catalogue)).toEqual([]);
    }
  });

  test('no key stands in two chapters', async () => {
    const chapters = paths.filter((path) => /^src\/cards\/words\/en\/.*\.ts$/.test(path));
    const all = (await Promise.all(chapters.map(text))).flatMap((chapter) =>
      [...chapter.matchAll(/^ {2}'([^']+)':/gm)].map(([, key]) => key),
    );
    expect(all.length).toBeGreaterThan(400);
    expect(all.filter((key, n) => all.indexOf(key) !== n)).toEqual([]);
  });
});

describe.each(Object.entries(others))('%s', (_language, catalogue) => {
  test('has the keys of the source, and no others', () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(en).sort());
  });

  test('fills in the same facts', () => {
    const different = Object.entries(en).filter(
      ([key, sentence]) => variables(catalogue[key] ?? '').join() !== variables(sentence).join(),
    );
    expect(different.map(([key]) => key)).toEqual([]);
  });

  test('says nothing twice by mistake: no sentence is empty or left in English', () => {
    const same = Object.entries(en).filter(
      ([key, sentence]) => catalogue[key] === '' || (catalogue[key] === sentence && sentence.split(' ').length > 3),
    );
    expect(same.map(([key]) => key)).toEqual([]);
  });
});
