/** What can be asked of a drill on its command line, and what is wrong with what was asked. */
import { LANGUAGES } from '../cards/words/catalogues.ts';
import { PACES, type Pace } from './house.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { ROLES, type Role } from './scene.ts';

export interface DrillOptions {
  readonly scenario: Scenario;
  readonly pace: Pace;
  readonly role: Role;
  readonly language: string;
  readonly seed: string;
  /** Where each drill gets a folder of its own. */
  readonly folder: string;
}

/** A sentence at `drill.<says>` with what fills it. */
export interface Complaint {
  readonly says: 'option.unknown' | 'option.value' | 'option.missing' | 'option.seed';
  readonly facts: Readonly<Record<string, string>>;
}

/** `language` is that in which to answer, however much is wrong. */
export type Asked = { readonly language: string } & (
  | { readonly wants: 'drill'; readonly options: DrillOptions }
  | { readonly wants: 'help' | 'list' }
  | { readonly wants: 'nothing'; readonly complaints: readonly Complaint[] }
);

export const CHOICES = {
  scenario: SCENARIOS.map(({ name }) => name),
  pace: PACES,
  role: ROLES,
  language: LANGUAGES.map(({ id }) => id),
} as const satisfies Readonly<Record<string, readonly string[]>>;

const FREE = ['seed', 'folder'];
const FLAGS = ['list', 'help'];
const ALL = [...Object.keys(CHOICES), ...FREE, ...FLAGS];

/** Like `--pace fast`, `--pace=fast`. @param own the language of the terminal; @param seed taken where none is asked for */
export function readOptions(given: readonly string[], own: string, seed: string): Asked {
  const complaints: Complaint[] = [];
  const values = new Map<string, string>();
  for (let n = 0; n < given.length; n += 1) {
    const [, option = '', written] = /^--([a-z]+)(?:=(.*))?$/.exec(given[n] ?? '') ?? [];
    const takesValue = option in CHOICES || FREE.includes(option);
    if (!ALL.includes(option) || (written !== undefined && !takesValue)) {
      complaints.push({
        says: 'option.unknown',
        facts: { given: given[n] ?? '', options: ALL.map((one) => `--${one}`).join(', ') },
      });
      continue;
    }
    const next = given[n + 1];
    if (!takesValue) values.set(option, '');
    else if (written !== undefined && written !== '') values.set(option, written);
    else if (written === undefined && next !== undefined && !next.startsWith('--')) {
      values.set(option, next);
      n += 1;
    } else complaints.push({ says: 'option.missing', facts: { option } });
  }
  for (const [option, choices] of Object.entries(CHOICES) as [string, readonly string[]][]) {
    const value = values.get(option);
    if (value !== undefined && !choices.includes(value)) {
      complaints.push({ says: 'option.value', facts: { option, given: value, choices: choices.join(', ') } });
    }
  }
  const seeded = values.get('seed') ?? seed;
  if (!/^[\p{L}\p{N}-]{1,40}$/u.test(seeded)) complaints.push({ says: 'option.seed', facts: { given: seeded } });

  const language = CHOICES.language.find((one) => one === (values.get('language') ?? own)) ?? 'en';
  if (values.has('help')) return { language, wants: 'help' };
  if (complaints.length > 0) return { language, wants: 'nothing', complaints };
  if (values.has('list')) return { language, wants: 'list' };
  const options: DrillOptions = {
    scenario: SCENARIOS.find(({ name }) => name === values.get('scenario')) ?? first(SCENARIOS),
    pace: PACES.find((one) => one === values.get('pace')) ?? first(PACES),
    role: ROLES.find((one) => one === values.get('role')) ?? first(ROLES),
    language,
    seed: seeded,
    folder: values.get('folder') ?? 'drills',
  };
  return { language, wants: 'drill', options };
}

/** What is taken where nothing is asked for. */
function first<T>(choices: readonly T[]): T {
  const [preset] = choices;
  if (preset === undefined) throw new Error('there is nothing to choose from');
  return preset;
}
