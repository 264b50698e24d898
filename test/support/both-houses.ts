/** One Baton in Teams and in Discord at once: the real surfaces on one handler, each against its double. */
import { createDiscord } from '../../src/adapters/discord/discord.ts';
import { sqliteAttachments } from '../../src/adapters/sqlite/attachments.ts';
import type { Settings } from '../../src/core/settings.ts';
import { type DiscordDouble, openDiscord, TOKEN } from './discord-double.ts';
import type { MessageOf } from './discord-guild.ts';
import { type Somebody, somebody, textOf } from './discord-people.ts';
import { actionsIn, openTeams, sent, shownIn, type TeamsHouse } from './teams-house.ts';

interface Pressed {
  readonly command: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface BothHouses {
  readonly teams: TeamsHouse;
  readonly discord: DiscordDouble;
  /** Ann on Teams and on Discord, whom the people list makes one; Ben is on Discord alone, Bob on Teams alone. */
  readonly annInDiscord: Somebody;
  readonly ben: Somebody;
  /** Ann declares in a channel of Teams, and waits for the rooms on these platforms; default both. */
  declares(on?: readonly string[]): Promise<void>;
  /** Ann, or somebody else, presses a button of the card in Teams: the one of a command that carries these fields. */
  pressesInTeams(command: string, fields?: Readonly<Record<string, unknown>>, from?: unknown): Promise<string>;
  /** In her personal chat. */
  annTypesInTeams(line: string): Promise<void>;
  cardInTeams(): string;
  cardInDiscord(): string;
  /** The message that is the card in Discord. */
  card(): MessageOf;
  voice(): string;
  until(condition: () => boolean | Promise<boolean>, what: string): Promise<void>;
  stop(): Promise<void>;
}

export const ANN = sent('message-personal').from as { readonly id: string; readonly aadObjectId: string };
/** The channel that rooms in Teams are threads of. */
const CHANNEL = '19:0123456789abcdef0123456789abcdef@thread.tacv2';

export const BOB = { id: '29:1Bob', name: 'Bob Baker', aadObjectId: '00000000-0000-0000-0000-00000000000b' };

/** @param isOne whether the people list ties Ann's two accounts; else Discord meets her as somebody else */
export async function openBoth(settings: Partial<Settings> = {}, isOne = true): Promise<BothHouses> {
  const faster = 20;
  // Where it is made to fail, it carries nothing out.
  const discord = await openDiscord({ random: () => 0.25 });
  const [annsUser, bensUser] = [discord.guild.addUser('ann.a'), discord.guild.addUser('Ben')];
  const wait = (delay: number) => new Promise<void>((resolve) => setTimeout(resolve, delay / faster).unref());
  const teams = await openTeams({
    faster,
    settings,
    teams: { channel: CHANNEL },
    people: {
      ann: { id: 'ann', name: 'Ann Archer', ids: { teams: ANN.aadObjectId, ...(isOne && { discord: annsUser.id }) } },
    },
    also: (database, shared) =>
      createDiscord({
        ...shared,
        token: TOKEN,
        guilds: [discord.guild.id],
        api: discord.api,
        attachments: sqliteAttachments(database),
        time: { now: Date.now, wait, random: Math.random },
      }),
  });
  let presses = 0;

  async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const last = Date.now() + 20_000;
    while (
      !(await Promise.resolve()
        .then(condition)
        .catch(() => false))
    ) {
      if (Date.now() > last) {
        const said = teams.logged
          .slice(-8)
          .map(({ level, message, facts }) => `${level} ${message} ${String(facts.error)}`);
        throw new Error(`it never came to this: ${what}\n${[...discord.wrong, ...said].join('\n')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }

  /** The thread of the incident, and the states of its card. */
  const thread = async () => (await teams.incident()).rooms.teams?.room ?? '';
  let room = '';
  const root = () => teams.connector.in(room)[0];

  const both: BothHouses = {
    teams,
    discord,
    annInDiscord: somebody(discord, annsUser),
    ben: somebody(discord, bensUser),
    async declares(on = ['teams', 'discord']) {
      await until(() => discord.gateway.connected() && discord.commands.length > 0, 'connected and registered');
      await teams.send(sent('message-channel-mention'));
      await until(
        async () => {
          const { rooms } = await teams.incident();
          return on.every((surface) => rooms[surface] !== undefined);
        },
        `a room on ${on.join(' and ')}`,
      );
      room = await thread();
    },
    async pressesInTeams(command, fields = {}, from = ANN) {
      const isMeant = (data: Pressed | undefined) =>
        data?.command === command && Object.entries(fields).every(([name, value]) => data.fields[name] === value);
      const found = actionsIn(root()?.states.at(-1)).find(({ data }) => isMeant(data as Pressed | undefined));
      if (!found) throw new Error(`the card in Teams has no button for ${command}\n${both.cardInTeams()}`);
      presses += 1;
      const conversation = { ...sent('invoke-execute').conversation, id: room };
      const value = { action: { type: 'Action.Execute', verb: command, data: found.data }, trigger: 'manual' };
      const replyToId = root()?.id;
      const { body } = await teams.send(
        sent('invoke-execute', { id: `both:${presses}`, from, conversation, replyToId, value }),
      );
      return JSON.stringify(body);
    },
    async annTypesInTeams(line) {
      presses += 1;
      await teams.send(sent('message-personal', { id: `both:${presses}`, text: line }));
    },
    cardInTeams: () => shownIn(root()?.states.at(-1)),
    cardInDiscord: () => textOf(both.card()),
    card() {
      const found = [...discord.guild.messages.values()].find((one) => one.pinned);
      if (!found) throw new Error('there is no pinned card in Discord');
      return found;
    },
    voice() {
      const found = [...discord.guild.channels.values()].find((one) => one.type === 2);
      if (!found) throw new Error('there is no voice channel');
      return found.id;
    },
    until,
    async stop() {
      await teams.stop();
      await discord.close();
    },
  };
  return both;
}
