/** The app's manifest: what Teams shows of Baton, in which places it works, and its menu from the registry of commands. */
import { z } from 'zod';
import { VIEWS } from '../../cards/buttons.ts';
import { LANGUAGES } from '../../cards/words/catalogues.ts';
import { clip } from '../../cards/words/clip.ts';
import { type Words, wordsFor } from '../../cards/words/words.ts';
import { COMMANDS } from '../../core/commands/index.ts';
import { EXTENSION } from './dialogs.ts';
import { MENU_COMMANDS, MENU_DESCRIPTION, MENU_TITLE } from './limits.ts';

/** Microsoft's schema that the manifest follows. */
export const MANIFEST_VERSION = '1.30';

export interface App {
  /** `MicrosoftAppId`: of the bot, and of the app. */
  readonly appId: string;
  /** `PUBLIC_URL`: who runs Baton, as people are shown it. */
  readonly publicUrl: string;
  /** Three numbers; a higher one replaces what is installed. */
  readonly version: string;
}

/** What is typed first in an incident, in its order; the rest is found by `help`. */
const MENU: readonly string[] = [
  'declare',
  'status',
  'join-call',
  'take-command',
  'delegate',
  'propose-mitigation',
  'note',
  'page',
  'board',
  'help',
];

/** Permissions that people grant with the app: who joins and leaves a meeting, and who belongs to a room. */
const PERMISSIONS = [
  'OnlineMeetingParticipant.Read.Chat',
  'OnlineMeeting.ReadBasic.Chat',
  'ChatMember.Read.Chat',
  'TeamMember.Read.Group',
  'ChannelMeeting.ReadBasic.Group',
];

type Texts = Readonly<Record<string, string>>;

/** The manifest with its sentences in the source language. */
export function manifest({ appId, publicUrl, version }: App): Readonly<Record<string, unknown>> {
  const words = wordsIn('en');
  const schema = `https://developer.microsoft.com/json-schemas/teams/v${MANIFEST_VERSION}`;
  const scopes = ['team', 'groupChat', 'personal'];
  return {
    $schema: `${schema}/MicrosoftTeams.schema.json`,
    manifestVersion: MANIFEST_VERSION,
    id: appId,
    version,
    developer: {
      name: 'Baton',
      websiteUrl: publicUrl,
      privacyUrl: publicUrl,
      termsOfUseUrl: publicUrl,
    },
    name: { short: words.t('teams.app.name'), full: words.t('teams.app.full') },
    description: { short: words.t('teams.app.short'), full: words.t('teams.app.long') },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#1F2A44',
    localizationInfo: {
      defaultLanguageTag: 'en',
      additionalLanguages: others().map((languageTag) => ({ languageTag, file: `${languageTag}.json` })),
    },
    bots: [
      {
        botId: appId,
        scopes,
        isNotificationOnly: false,
        supportsFiles: true,
        commandLists: scopes.map((scope) => ({ scopes: [scope], commands: menu(words) })),
      },
    ],
    composeExtensions: [{ botId: appId, commands: extension(words) }],
    validDomains: [new URL(publicUrl).hostname],
    webApplicationInfo: { id: appId, resource: `api://${appId}` },
    authorization: {
      permissions: { resourceSpecific: PERMISSIONS.map((name) => ({ name, type: 'Application' })) },
    },
  };
}

/** The sentences of another language, by where they stand in the manifest. What is typed stays as it is typed. */
export function localization(language: string): Readonly<Record<string, unknown>> {
  const words = wordsIn(language);
  const texts: Record<string, string> = {
    'name.short': words.t('teams.app.name'),
    'name.full': words.t('teams.app.full'),
    'description.short': words.t('teams.app.short'),
    'description.full': words.t('teams.app.long'),
  };
  for (const list of [0, 1, 2]) {
    for (const [n, { title, description }] of menu(words).entries()) {
      texts[`bots[0].commandLists[${list}].commands[${n}].title`] = title;
      texts[`bots[0].commandLists[${list}].commands[${n}].description`] = description;
    }
  }
  for (const [n, { title, description }] of extension(words).entries()) {
    texts[`composeExtensions[0].commands[${n}].title`] = title;
    texts[`composeExtensions[0].commands[${n}].description`] = description;
  }
  const schema = `https://developer.microsoft.com/json-schemas/teams/v${MANIFEST_VERSION}`;
  return { $schema: `${schema}/MicrosoftTeams.Localization.schema.json`, ...(texts satisfies Texts) };
}

/** Languages beside the source. */
export function others(): readonly string[] {
  return LANGUAGES.map(({ id }) => id).filter((id) => id !== 'en');
}

function wordsIn(language: string): Words {
  return wordsFor({ language, zone: 'UTC' }, {});
}

function menu(words: Words): readonly { readonly title: string; readonly description: string }[] {
  return MENU.map((name) => ({ title: name, description: clip(words.t(`command.${name}.what`), MENU_DESCRIPTION) }));
}

function extension(words: Words) {
  return [
    { id: EXTENSION.declare, context: ['message', 'compose', 'commandBox'] },
    { id: EXTENSION.keep, context: ['message'] },
  ].map(({ id, context }) => ({
    id,
    type: 'action',
    context,
    fetchTask: true,
    title: clip(words.t(`command.${id}`), MENU_TITLE),
    description: clip(words.t(`command.${id}.what`), MENU_DESCRIPTION),
  }));
}

const known = (name: string) =>
  (VIEWS as readonly string[]).includes(name) || COMMANDS.some((one) => one.name === name && one.right !== 'adapter');

const Shape = z.looseObject({
  id: z.guid('MicrosoftAppId has to be the id of the registration: 00000000-0000-0000-0000-000000000000.'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'The version has to be three numbers: 1.0.0.'),
  developer: z.looseObject({
    websiteUrl: z.string().startsWith('https://', 'PUBLIC_URL has to begin with https://: Teams reaches nothing else.'),
  }),
  name: z.object({ short: z.string().max(30), full: z.string().max(100) }),
  description: z.object({ short: z.string().max(80), full: z.string().max(4_000) }),
  bots: z.array(
    z.looseObject({
      commandLists: z
        .array(
          z.looseObject({
            commands: z
              .array(
                z.object({
                  title: z.string().max(MENU_TITLE).refine(known, 'The menu names a command that there is not.'),
                  description: z.string().min(1).max(MENU_DESCRIPTION),
                }),
              )
              .max(MENU_COMMANDS),
          }),
        )
        .max(3),
    }),
  ),
  composeExtensions: z.array(
    z.looseObject({
      commands: z.array(z.looseObject({ title: z.string().max(32), description: z.string().max(128) })).max(10),
    }),
  ),
});

/** What Teams would refuse, each in a sentence; nothing when the manifest can be uploaded. */
export function problemsOf(made: unknown): readonly string[] {
  const { error } = Shape.safeParse(made);
  return (error?.issues ?? []).map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
}
