// What the doctor says of Discord: the token, the intents, each server, its permissions in the places that rooms lie in, and the commands.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { PermissionFlagsBits as Bit, GatewayIntentBits } from 'discord.js';
import { discordCheckup } from '../../../src/adapters/discord/checkup.ts';
import { registerCommands } from '../../../src/adapters/discord/register-by-hand.ts';
import { examine } from '../../../src/doctor/examine.ts';
import { createReach } from '../../../src/doctor/reach.ts';
import { type DiscordDouble, openDiscord, TOKEN } from '../../support/discord-double.ts';
import { EVERYTHING } from '../../support/discord-guild.ts';
import { doctorSays, of } from '../../support/doctor.ts';

let double: DiscordDouble;
beforeEach(async () => {
  double = await openDiscord();
});
afterEach(() => double.close());

const register = () => registerCommands({ token: TOKEN, guilds: [double.guild.id], api: double.api });
async function says(environment: Record<string, string> = {}): Promise<string[]> {
  const given = { DISCORD_TOKEN: TOKEN, DISCORD_API_URL: double.api, DISCORD_GUILD_IDS: double.guild.id };
  return of(await doctorSays({ ...given, ...environment }), 'Discord');
}
const amiss = (said: readonly string[]) => said.filter((one) => !one.startsWith('ok: '));

test('all is well: token, server, commands; and nothing but reading was done', async () => {
  await register();
  double.requests.length = 0;
  expect(await says()).toEqual([
    'ok: DISCORD_TOKEN is that of the bot Baton.',
    'ok: Baton may do all that it has to in House.',
    'ok: The 3 commands in House are those of this version.',
  ]);
  expect(double.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(double.gateway.connections()).toBe(0);
  expect(double.wrong).toEqual([]);
});

test('a token that was taken back, and only that', async () => {
  expect(await says({ DISCORD_TOKEN: 'MTIz.other.token' })).toEqual([
    'wrong: Discord refused DISCORD_TOKEN. > Copy the token anew from the Bot page of the developer portal.',
  ]);
});

test('a server that the bot is not in: the address that invites it there', async () => {
  const said = await says({ DISCORD_GUILD_IDS: '123456789012345678' });
  expect(amiss(said)).toEqual([
    expect.stringMatching(
      /^wrong: The bot is not in the server 123456789012345678 .* > Invite it.*client_id=\d+&scope=bot\+applications\.commands&permissions=2251800083237904&guild_id=123456789012345678$/,
    ),
  ]);
});

test('permissions that are missing on the server, by name, with what becomes of it', async () => {
  await register();
  double.guild.permissions = EVERYTHING & ~Bit.PinMessages & ~Bit.SendMessages;
  expect(amiss(await says())).toEqual([
    "wrong: Send Messages is missing in House: no card, no log and no ping; commands are still answered. > Give it to Baton's role in the settings of the server.",
    "note: Pin Messages is missing in House: the card is not pinned; it is the first message of its channel. > Give it to Baton's role in the settings of the server.",
  ]);
});

test('permissions that only the category of the rooms takes away', async () => {
  await register();
  const denied = { id: double.guild.id, type: 0, allow: '0', deny: String(Bit.SendMessages) };
  double.guild.addChannel({ type: 4, name: 'Incidents 2', permission_overwrites: [denied] });
  double.guild.addChannel({ type: 4, name: 'Incidents elsewhere', permission_overwrites: [denied] });
  expect(amiss(await says())).toEqual([
    expect.stringMatching(/^wrong: Send Messages is missing in the category Incidents 2 of House: .* role there\.$/),
  ]);
  // What is given to the bot itself counts more than what everybody is denied.
  double.guild.addChannel({ type: 4, name: 'Incidents' });
  const category = [...double.guild.channels.values()].find(({ name }) => name === 'Incidents 2');
  category?.permission_overwrites?.push({
    id: double.guild.bot.id,
    type: 1,
    allow: String(Bit.SendMessages),
    deny: '0',
  });
  expect(await says()).toContain('ok: Baton may do all that it has to in House, and in Incidents 2, Incidents.');
});

test('an administrator lacks nothing', async () => {
  await register();
  double.guild.permissions = Bit.Administrator;
  expect(amiss(await says())).toEqual([]);
});

test('commands that were never registered, or are of another version', async () => {
  expect(amiss(await says())).toEqual([
    expect.stringMatching(
      /^wrong: Commands are not registered in House: incident, .* > Run npm run discord:register\.$/,
    ),
  ]);
  await register();
  (double.commands[0] as { description: string }).description = 'Something older';
  expect(amiss(await says())).toEqual([
    expect.stringMatching(
      /^note: The commands in House are not those of this version\. > Run npm run discord:register\./,
    ),
  ]);
});

test('without DISCORD_GUILD_IDS: all servers, and the commands for all of them', async () => {
  await registerCommands({ token: TOKEN, guilds: [], api: double.api });
  expect(await says({ DISCORD_GUILD_IDS: '' })).toContain(
    'ok: The 3 commands for all servers are those of this version.',
  );
});

test('more than Baton needs is worth knowing: intents, a public bot, connections that run out', async () => {
  await register();
  double.flags = 1 << 18;
  double.isPublic = true;
  double.identifiesLeft = 7;
  expect(amiss(await says())).toEqual([
    expect.stringContaining('note: The Message Content Intent is on, and Baton uses none of it.'),
    expect.stringContaining('note: Anybody can invite this bot'),
    expect.stringContaining('note: Discord lets the bot connect 7 more times today.'),
  ]);
});

test('an intent that Baton connects with and the application is not allowed', async () => {
  await register();
  const checks = discordCheckup({
    token: TOKEN,
    api: double.api,
    guilds: [double.guild.id],
    reach: createReach(),
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers],
  });
  const [examined] = await Promise.all(examine([{ name: 'Discord', checks }]));
  expect(examined?.findings.filter(({ state }) => state === 'wrong')).toEqual([
    expect.objectContaining({ said: 'Baton needs the Server Members Intent, which is off.' }),
  ]);
});

test('a Discord that is out of order, asks for a pause, or is not there', async () => {
  double.faults.failing = 1;
  expect(await says()).toEqual([expect.stringMatching(/^wrong: Discord is out of order \(50\d\)\./)]);
  double.faults.failing = 0;
  double.faults.limited = 1;
  expect(await says()).toEqual(['note: Discord asks for a pause. > Look again in a minute.']);
  expect(await says({ DISCORD_API_URL: 'http://127.0.0.1:1/api' })).toEqual([
    expect.stringMatching(/^wrong: Discord refuses the connection: nobody listens there \(ECONNREFUSED\)\./),
  ]);
});
