// Rooms, calls and cards: made once, kept current, put away, and what happens where a permission is missing.
import { afterEach, expect, test } from '@jest/globals';
import { PermissionFlagsBits as Bit } from 'discord.js';
import { type ChannelOf, EVERYTHING } from '../../support/discord-guild.ts';
import { type DiscordHouse, type LogLine, openHouse } from '../../support/discord-house.ts';
import { pressable, textOf } from '../../support/discord-people.ts';

let house: DiscordHouse;
afterEach(async () => {
  await house.stop();
});

const RATE = { count: 5, window: 100 };
const warned = () => house.logged.filter(({ level }) => level === 'warn').map(({ facts }) => facts.permission);

test('missing permissions are found at start and named, and the rest still works', async () => {
  house = await openHouse({
    rate: RATE,
    before: ({ guild }) => {
      guild.permissions = EVERYTHING & ~Bit.PinMessages & ~Bit.ManageChannels;
    },
  });
  await house.until(() => warned().length >= 2, 'two permissions are named');
  expect(warned()).toEqual(['Manage Channels', 'Pin Messages']);
  await house.who('Ann').slash('declare', { title: 'Checkout fails' });
  // Without channels of its own the incident lives where it was declared.
  const general = house.double.guild.general.id;
  const card = () =>
    [...house.double.guild.messages.values()].find((one) => one.channel_id === general && pressable(one).length > 3);
  await house.until(() => card() !== undefined, 'a card where it was declared');
  await house.until(async () => (await house.incident()).rooms.discord?.room === general, 'the room is known');
  await house.who('Ann').slash('take-command', {}, general);
  await house.until(() => textOf(card() ?? {}).includes('Ann, since'), 'the card is kept current');
  expect((await house.incident()).callFailed).toBeTruthy();
});

test('a full category is followed by another, as private as it is', async () => {
  house = await openHouse({
    rate: RATE,
    before({ guild }) {
      const own = { id: guild.bot.id, type: 1, allow: String(EVERYTHING), deny: '0' };
      const everyone = { id: guild.id, type: 0, allow: '0', deny: String(Bit.ViewChannel) };
      const category = guild.addChannel({ type: 4, name: 'Incidents', permission_overwrites: [everyone, own] });
      for (let n = 0; n < 49; n += 1) guild.addChannel({ type: 0, name: `old-${n}`, parent_id: category.id });
    },
  });
  await house.who('Ann').slash('declare', { title: 'Checkout fails' });
  await house.until(() => house.card() !== undefined, 'a card');
  const channels = [...house.double.guild.channels.values()];
  const second = channels.find(({ name }) => name === 'Incidents 2');
  expect(second?.type).toBe(4);
  expect(
    channels
      .filter(({ parent_id }) => parent_id === second?.id)
      .map(({ type }) => type)
      .sort(),
  ).toEqual([0, 2]);
  const { guild } = house.double;
  expect(guild.held(guild.addUser('Dan').id, house.text()) & Bit.ViewChannel).toBe(0n);
});

test('the card is edited in place, to the newest state, in far fewer edits than there were changes', async () => {
  house = await openHouse({ rate: RATE });
  await house.order('ann', 'declare', { title: 'Checkout fails' });
  await house.until(() => house.card() !== undefined, 'a card');
  const before = house.double.requests.length;
  for (let n = 0; n < 60; n += 1) await house.order('ann', 'rename', { title: `Checkout fails ${n}` });
  await house.until(() => textOf(house.card()).includes('Checkout fails 59'), 'the newest state');
  const edits = house.double.requests
    .slice(before)
    .filter(({ method, status }) => method === 'PATCH' && status === 200);
  expect(edits.length).toBeLessThan(20);
  expect([...house.double.guild.messages.values()].filter(({ pinned }) => pinned)).toHaveLength(1);
});

test('a card that somebody deleted comes back; a room that is gone is reported', async () => {
  house = await openHouse({ rate: RATE });
  await house.order('ann', 'declare', { title: 'Checkout fails' });
  await house.until(() => house.card() !== undefined, 'a card');
  const { guild } = house.double;
  const text = house.text();
  guild.messages.delete(house.card().id);
  await house.order('ann', 'rename', { title: 'Checkout is slow' });
  await house.until(() => textOf(house.card()).includes('Checkout is slow'), 'another card');
  guild.channels.delete(text);
  await house.order('ann', 'rename', { title: 'Checkout is very slow' });
  await house.until(
    async () => (await house.incident()).roomsFailed.discord !== undefined,
    'the room is reported as lost',
  );
});

test('after a restart the card goes on where it was, and nothing is made twice', async () => {
  house = await openHouse({ rate: RATE });
  await house.order('ann', 'declare', { title: 'Checkout fails' });
  await house.until(() => house.card() !== undefined, 'a card');
  const channels = house.double.guild.channels.size;
  const card = house.card().id;
  await house.restart();
  await house.order('ann', 'rename', { title: 'Checkout is slow' });
  await house.until(() => textOf(house.card()).includes('Checkout is slow'), 'the card goes on');
  expect(house.card().id).toBe(card);
  expect(house.double.guild.channels.size).toBe(channels);
  expect(
    house.double.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/commands')),
  ).toHaveLength(1);
});

test('a closed room is put away as configured, and comes back when the incident is reopened', async () => {
  const { text } = await roomToClose();
  await closed();
  await house.until(() => shelf(text) === 'Closed incidents', 'put away');
  expect([...house.double.guild.channels.values()].some(({ type }) => type === 2)).toBe(false);
  await house.order('ann', 'reopen', { reason: 'it is back' });
  await house.until(() => shelf(text) === 'Incidents', 'taken out again');
});

/** A room that is put away as soon as its incident is closed. */
async function roomToClose() {
  house = await openHouse({ rate: RATE, discord: { archive: { after: 0 } } });
  await house.order('ann', 'declare', { title: 'Checkout fails' });
  await house.until(() => house.card() !== undefined && house.voice() !== '', 'a room');
  return { guild: house.double.guild, text: house.text() };
}

async function closed(): Promise<void> {
  await house.order('ann', 'take-command');
  await house.order('ann', 'mitigated');
  await house.order('ann', 'close', { reason: 'calm' });
}

/** The category that the room is in. */
const shelf = (text: string) => {
  const { channels } = house.double.guild;
  return channels.get(channels.get(text)?.parent_id ?? '')?.name;
};

test('a private room stays private when it is put away, and lets people write as before when it comes back', async () => {
  let before: unknown;
  house = await openHouse({
    rate: RATE,
    discord: { archive: { after: 0 } },
    before({ guild }) {
      const own = { id: guild.bot.id, type: 1, allow: String(EVERYTHING), deny: '0' };
      const everyone = { id: guild.id, type: 0, allow: '0', deny: String(Bit.ViewChannel | Bit.SendMessagesInThreads) };
      const role = { id: '77', type: 0, allow: String(Bit.ViewChannel), deny: '0' };
      before = guild.addChannel({
        type: 4,
        name: 'Incidents',
        permission_overwrites: [role, everyone, own],
      }).permission_overwrites;
    },
  });
  const { guild } = house.double;
  await house.order('ann', 'declare', { title: 'Checkout fails' });
  await house.until(() => house.card() !== undefined && house.voice() !== '', 'a room');
  const text = house.text();
  const stranger = guild.addUser('Dan').id;
  expect(guild.held(stranger, text) & Bit.ViewChannel).toBe(0n);
  await closed();
  await house.until(() => shelf(text) === 'Closed incidents', 'put away');
  expect(guild.held(stranger, text) & (Bit.ViewChannel | Bit.SendMessages)).toBe(0n);
  await house.order('ann', 'reopen', { reason: 'it is back' });
  await house.until(() => shelf(text) === 'Incidents', 'taken out again');
  expect(guild.channels.get(text)?.permission_overwrites).toEqual(before);
});

test('where nobody writes any more Baton still does, and the room is the same when the incident is reopened', async () => {
  const { guild, text } = await roomToClose();
  await closed();
  await house.until(() => shelf(text) === 'Closed incidents', 'put away');
  expect(guild.held(guild.addUser('Dan').id, text) & Bit.SendMessages).toBe(0n);
  const says = (what: string) =>
    [...guild.messages.values()].some((one) => one.channel_id === text && textOf(one).includes(what));
  await house.order('ann', 'note', { text: 'the disk was full' });
  await house.until(() => says('the disk was full'), 'the note is said');
  await house.order('ann', 'reopen', { reason: 'it is back' });
  await house.until(() => shelf(text) === 'Incidents', 'taken out again');
  await house.order('ann', 'rename', { title: 'Checkout is slow' });
  await house.until(() => textOf(house.card()).includes('Checkout is slow'), 'the card goes on');
  expect((await house.incident()).roomsFailed.discord).toBeUndefined();
  expect(guild.channels.get(text)?.permission_overwrites).toEqual([]);
});

test('a closed room that is shut to Baton is no failure of the room', async () => {
  const { guild, text } = await roomToClose();
  await closed();
  await house.until(() => house.logged.some(({ message }) => message === 'the room was put away'), 'put away');
  const shut = { id: guild.id, type: 0, allow: '0', deny: String(Bit.ViewChannel) };
  (guild.channels.get(text) as ChannelOf).permission_overwrites = [shut];
  await house.order('ann', 'note', { text: 'the disk was full' });
  const refused = ({ message }: LogLine) => message === 'a closed room cannot be written to';
  await house.until(() => house.logged.filter(refused).length >= 2, 'neither its log nor its card');
  expect((await house.incident()).roomsFailed.discord).toBeUndefined();
});

test.each(['keep', 'delete'] as const)('a closed room is put away as configured: %s', async (how) => {
  house = await openHouse({ rate: RATE, discord: { archive: { how, after: 0 } } });
  await house.order('ann', 'declare', { title: 'Checkout fails' });
  await house.until(() => house.card() !== undefined && house.voice() !== '', 'a room');
  const [text, voice] = [house.text(), house.voice()];
  await house.order('ann', 'take-command');
  await house.order('ann', 'mitigated');
  await house.order('ann', 'close', { reason: 'calm' });
  const { channels } = house.double.guild;
  if (how === 'delete') await house.until(() => !channels.has(text) && !channels.has(voice), 'both are gone');
  else {
    await house.until(() => textOf(house.card()).includes('Closed'), 'the card shows that it is closed');
    expect(channels.get(channels.get(text)?.parent_id ?? '')?.name).toBe('Incidents');
    expect(channels.has(voice)).toBe(true);
  }
  expect((await house.incident()).roomsFailed.discord).toBeUndefined();
});

test('a page goes to the direct messages, where it is answered; who takes none is called in the room', async () => {
  house = await openHouse({ rate: RATE });
  const { guild } = house.double;
  const [ann, ben, cat] = [house.who('Ann'), house.who('Ben'), house.who('Cat')];
  guild.closed.add(cat.user.id);
  await ann.slash('declare', { title: 'Checkout fails' });
  await house.until(() => house.card() !== undefined, 'a card');
  const text = house.text();
  await ben.slash('status', {}, text);
  await cat.slash('status', {}, text);
  await ann.slash('page', { person: 'Ben', wanted: 'Database' }, text);
  await ann.slash('page', { person: 'Cat', wanted: 'Network' }, text);
  const direct = () => [...guild.messages.values()].find((one) => one.channel_id === guild.direct.get(ben.user.id));
  await house.until(() => direct() !== undefined, 'a direct message');
  await ben.press(direct() as never, /coming|way|answer/i);
  await house.until(
    async () =>
      Object.values((await house.incident()).seats).some(({ pages }) =>
        pages.some(({ person, answered }) => person === 'ben' && answered !== undefined),
      ),
    'answered',
  );
  await house.until(
    () =>
      [...guild.messages.values()].some(
        (one) => one.channel_id === text && one.allowed_mentions?.users?.includes(cat.user.id),
      ),
    'Cat is called in the room',
  );
});

test('who is on the call is seen, also after the gateway was away', async () => {
  house = await openHouse({ rate: RATE });
  await house.order('ann', 'declare', { title: 'Checkout fails' });
  await house.until(() => house.voice() !== '' && house.card() !== undefined, 'a call');
  const [ann, ben] = [house.who('Ann'), house.who('Ben')];
  const there = async () =>
    Object.values((await house.incident()).people)
      .filter(({ on }) => on.includes('discord'))
      .map(({ name }) => name)
      .sort();
  ann.joins(house.voice());
  await house.until(async () => (await there()).length === 1, 'Ann is seen');
  // Somebody comes and somebody goes while nobody listens, and the session is lost.
  const { gateway, guild } = house.double;
  guild.voice.delete(ann.user.id);
  guild.voice.set(ben.user.id, house.voice());
  gateway.invalidate();
  await house.until(async () => (await there()).join() === 'Ben', 'Ben instead of Ann');
});

test('who joined while nothing could be kept is noted once it can', async () => {
  let broken = 2;
  house = await openHouse({
    rate: RATE,
    through: (handler) => ({
      ...handler,
      async handle(order) {
        if (order.command !== 'join-call' || broken === 0) return handler.handle(order);
        broken -= 1;
        throw new Error('the store is out of order');
      },
    }),
  });
  await house.order('ann', 'declare', { title: 'Checkout fails' });
  await house.until(() => house.voice() !== '' && house.card() !== undefined, 'a call');
  house.who('Ben').joins(house.voice());
  await house.until(async () => (await house.incident()).people.ben?.on.includes('discord') === true, 'Ben is seen');
  expect(broken).toBe(0);
});
