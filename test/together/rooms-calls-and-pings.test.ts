// What two platforms do for one incident: rooms opened on demand, presence on two calls at once, and one ping for one fact.
import { afterEach, expect, test } from '@jest/globals';
import { DEFAULTS } from '../../src/core/settings.ts';
import { type BothHouses, openBoth } from '../support/both-houses.ts';
import { textOf } from '../support/discord-people.ts';
import { sent, shownIn } from '../support/teams-house.ts';

const routed = (...always: string[]) => ({
  rooms: { ...DEFAULTS.rooms, surfaces: ['teams', 'discord'], always },
});

let both: BothHouses;
afterEach(() => both.stop());

const incident = () => both.teams.incident();
const on = async (person: string) => [...((await incident()).people[person]?.on ?? [])].sort();

/** Everything that was said in Discord, and in Teams. */
const inDiscord = () => [...both.discord.guild.messages.values()].map(textOf).join('\n');
const inTeams = () => both.teams.connector.messages.map(({ states }) => shownIn(states.at(-1))).join('\n');

/** Messages that ping somebody, by platform. */
const pingsInDiscord = (user: string) =>
  [...both.discord.guild.messages.values()].filter((one) => one.allowed_mentions?.users?.includes(user)).map(textOf);
const pingsInTeams = () =>
  both.teams.connector.messages.filter(({ states }) => states[0]?.entities).map(({ states }) => shownIn(states.at(-1)));

test('an incident that is routed to Teams alone gets its room in Discord when somebody opens one there', async () => {
  both = await openBoth(routed('teams'));
  await both.declares(['teams']);
  await both.teams.settled();
  expect((await incident()).rooms.discord).toBeUndefined();
  expect([...both.discord.guild.channels.values()].filter(({ name }) => name.startsWith('inc-1'))).toEqual([]);
  await both.annTypesInTeams('INC-1 open-room discord');
  await both.until(() => both.cardInDiscord().includes('Checkout fails'), 'the card is in Discord');
  await both.annTypesInTeams('INC-1 take-command');
  await both.until(() => both.cardInDiscord().includes('Ann Archer'), 'it is current there too');
  // Asked for twice there is still one.
  await both.annTypesInTeams('INC-1 open-room discord');
  await both.teams.settled();
  expect([...both.discord.guild.channels.values()].filter(({ name }) => name.startsWith('inc-1'))).toHaveLength(1);
  expect(both.discord.wrong).toEqual([]);
});

test('and the other way round: declared in Discord, opened in Teams', async () => {
  both = await openBoth(routed('discord'));
  await both.until(() => both.discord.gateway.connected() && both.discord.commands.length > 0, 'Discord is there');
  // Teams tells where it is when Baton is added to the channel.
  await both.teams.send(sent('installation-update-add'));
  await both.ben.slash('declare', { title: 'Orders hang' });
  await both.until(() => both.cardInDiscord().includes('Orders hang'), 'the card is in Discord');
  expect((await incident()).rooms.teams).toBeUndefined();
  await both.ben.slash('open-room', { surface: 'teams' }, both.card().channel_id);
  await both.until(async () => (await incident()).rooms.teams !== undefined, 'there is a room in Teams');
  const room = (await incident()).rooms.teams?.room ?? '';
  const root = () => shownIn(both.teams.connector.in(room)[0]?.states.at(-1));
  await both.until(() => root().includes('Orders hang'), 'the card is in Teams');
});

test('Discord is down: Teams goes on, and Discord is told what it missed, once, when it is back', async () => {
  both = await openBoth();
  await both.declares();
  await both.until(() => both.cardInDiscord().includes('Checkout fails'), 'the card is in Discord');
  both.discord.faults.failing = 1;
  await both.annTypesInTeams('INC-1 take-command');
  await both.annTypesInTeams('INC-1 note The database answers slowly');
  await both.until(() => both.cardInTeams().includes('Ann Archer'), 'the card in Teams is current');
  await both.until(() => inTeams().includes('The database answers slowly'), 'the log in Teams goes on');
  expect(both.cardInDiscord()).not.toContain('Ann Archer');
  expect(inDiscord()).not.toContain('The database answers slowly');
  both.discord.faults.failing = 0;
  await both.until(() => both.cardInDiscord().includes('Ann Archer'), 'the card in Discord is current again');
  await both.until(() => inDiscord().includes('The database answers slowly'), 'the log in Discord has what was missed');
  expect(inDiscord().split('The database answers slowly')).toHaveLength(2);
});

test('[CALL-4] a meeting in Teams and the voice channel in Discord: on either is on the call, off both is off it', async () => {
  both = await openBoth();
  await both.declares();
  const meeting = 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_MTIzNDU2%40thread.v2/0?context=x';
  await both.annTypesInTeams(`INC-1 set-call ${meeting}`);
  await both.until(async () => (await incident()).call?.link === meeting, 'the meeting is the call');
  const { from } = sent('message-personal') as { from: { id: string; name: string; aadObjectId: string } };
  const moves = (name: string, id: string) => both.teams.send(sent(name, { id, value: { members: [{ user: from }] } }));
  await moves('meeting-join', 'ann-1');
  both.annInDiscord.joins(both.voice());
  both.ben.joins(both.voice());
  await both.until(async () => (await on('ann')).length === 2, 'Ann is seen on both');
  await both.until(async () => (await on('ben')).length > 0, 'Ben is seen, who came after her');
  expect(await on('ann')).toEqual(['discord', 'teams']);
  await both.until(async () => (await on('ben')).join() === 'discord', 'Ben is in the voice channel alone');
  both.annInDiscord.leaves();
  await both.until(async () => (await on('ann')).join() === 'teams', 'Ann is in the meeting alone');
  // One stretch on the call, whatever she is seen on.
  expect((await incident()).people.ann?.stints).toHaveLength(1);
  expect((await incident()).people.ann?.stints[0]?.to).toBeUndefined();
  await moves('meeting-leave', 'ann-2');
  await both.until(async () => (await on('ann')).length === 0, 'Ann has left both');
  expect((await incident()).people.ann?.stints[0]?.to).toBeDefined();
  expect(await on('ben')).toEqual(['discord']);
});

test('Ann is pinged on the platform that she last spoke on, and on no other', async () => {
  both = await openBoth();
  await both.declares();
  const channel = both.card().channel_id;
  await both.ben.slash('take-command', {}, channel);
  await both.annInDiscord.slash('note', { text: 'I look' }, channel);
  await both.until(async () => (await incident()).evidence.length === 1, 'Ann has spoken in Discord');
  const ann = both.annInDiscord.user.id;
  const [before, inTeamsBefore] = [pingsInDiscord(ann).length, pingsInTeams().length];
  await both.ben.slash('delegate', { what: 'Count the orders', owner: 'ann' }, channel);
  await both.until(() => pingsInDiscord(ann).length > before, 'Ann is pinged in Discord');
  await both.teams.settled();
  expect(pingsInTeams()).toHaveLength(inTeamsBefore);
  await both.annTypesInTeams('INC-1 note I am in Teams now');
  await both.ben.slash('delegate', { what: 'Count the refunds', owner: 'ann' }, channel);
  await both.until(() => pingsInTeams().some((text) => text.includes('Count the refunds')), 'Ann is pinged in Teams');
  await both.teams.settled();
  expect(pingsInDiscord(ann).join()).not.toContain('Count the refunds');
});
