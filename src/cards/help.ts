/** Help from the registry of commands: what can be done, in the order in which an incident meets it. */
import { COMMANDS, commandNamed } from '../core/commands/index.ts';
import type { Command, Guide } from '../core/contract.ts';
import type { Incident } from '../core/incident.ts';
import { button, isView, VIEWS } from './buttons.ts';
import type { Block, Card, Row } from './card.ts';
import { fieldLabel } from './form.ts';
import type { Words } from './words/words.ts';

const CHAPTERS: readonly Guide[] = [
  'call',
  'commander',
  'impact',
  'activities',
  'always-doing',
  'one-mitigation',
  'updates',
  'rotation',
  'watch',
  'record',
];

/**
 * The chapters with the names of their commands; about a chapter its commands with a sentence each; about a command
 * its fields and other names. What is not known shows the chapters.
 */
export function helpCard(words: Words, about?: string, incident?: Incident): Card {
  const command = about === undefined ? undefined : commandNamed(about);
  const chapter = CHAPTERS.find((one) => one === about);
  const blocks =
    command && isOffered(command)
      ? commandBlocks(command, words, incident)
      : chapter
        ? chapterBlocks(chapter, words)
        : overview(words);
  return { key: 'help', title: words.t('help.title'), blocks };
}

function isOffered(command: Command): boolean {
  return command.right !== 'adapter';
}

function ofChapter(chapter: Guide): readonly Command[] {
  return COMMANDS.filter((command) => command.guide === chapter && isOffered(command));
}

function overview(words: Words): readonly Block[] {
  const rows = CHAPTERS.map((chapter) => ({
    label: words.t(`guide.${chapter}`),
    value: ofChapter(chapter)
      .map(({ name }) => `/${name}`)
      .join(' '),
  }));
  return [
    { type: 'text', text: words.t('help.intro') },
    { type: 'rows', rows },
    { type: 'list', title: words.t('help.views'), items: VIEWS.map((name) => whatRow(name, words)) },
    { type: 'buttons', buttons: CHAPTERS.map((chapter) => aboutButton(words.t(`guide.${chapter}`), chapter)) },
  ];
}

function chapterBlocks(chapter: Guide, words: Words): readonly Block[] {
  const commands = ofChapter(chapter);
  return [
    { type: 'text', text: words.t(`guide.${chapter}.what`) },
    { type: 'list', title: words.t(`guide.${chapter}`), items: commands.map(({ name }) => whatRow(name, words)) },
    { type: 'buttons', buttons: commands.map(({ name }) => aboutButton(`/${name}`, name)) },
  ];
}

function commandBlocks(command: Command, words: Words, incident: Incident | undefined): readonly Block[] {
  const { name, aliases, right } = command;
  const fields = Object.entries(command.fields).filter(([field]) => words.has(`field.${field}`));
  const items = fields.map(([field, { required }]) => ({
    label: fieldLabel(name, field, words),
    value: words.t(required ? 'help.required' : 'help.optional', { name: field }),
  }));
  return [
    { type: 'heading', text: words.t(`command.${name}`) },
    { type: 'text', text: words.t(`command.${name}.what`) },
    {
      type: 'rows',
      rows: [
        { label: words.t('help.typed'), value: [name, ...aliases].map((one) => `/${one}`).join(' ') },
        { label: words.t('help.whose'), value: words.t(`right.${right}`) },
      ],
    },
    ...(items.length > 0 ? [{ type: 'list', title: words.t('help.fields'), items } as const] : []),
    ...(incident?.phase && command.during.includes(incident.phase)
      ? [{ type: 'buttons', buttons: [button({ command: name }, words, { incident })] } as const]
      : []),
  ];
}

function whatRow(name: string, words: Words): Row {
  return { label: `/${name}`, value: words.t(`command.${name}.what`) };
}

function aboutButton(label: string, about: string) {
  return { label, command: 'help', fields: { about }, form: false };
}

/** A short way to what can be typed: for pages that complete lines. */
export function helpSentence(name: string, words: Words): string {
  return isView(name) || commandNamed(name) ? words.t(`command.${commandNamed(name)?.name ?? name}.what`) : '';
}
