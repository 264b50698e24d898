// How interactions are answered: in time, in private where it is a no, with a form first, and by a message when it is too late.
import { afterEach, expect, test } from '@jest/globals';
import type { Handler } from '../../../src/core/handle.ts';
import type { MessageOf } from '../../support/discord-guild.ts';
import { type DiscordHouse, type HouseOptions, openHouse } from '../../support/discord-house.ts';
import { inputsIn, pressable, textOf } from '../../support/discord-people.ts';

let house: DiscordHouse;
afterEach(async () => {
  await house.stop();
});

const RATE = { count: 5, window: 100 };

async function declared(options: HouseOptions = {}): Promise<{ readonly text: string }> {
  house = await openHouse({ rate: RATE, ...options });
  await house.who('Ann').slash('declare', { title: 'Checkout fails' });
  await house.until(() => house.card() !== undefined, 'a card');
  return { text: house.text() };
}

/** A core that takes its time over one command. */
function slow(command: string, delay: number) {
  return (handler: Handler): Handler => ({
    ...handler,
    async handle(order) {
      if (order.command === command) await new Promise((resolve) => setTimeout(resolve, delay));
      return handler.handle(order);
    },
  });
}

test('what is slow is deferred first, and answered then', async () => {
  const { text } = await declared({ through: slow('note', 3_400) });
  const noted = await house.who('Ann').slash('note', { text: 'slow disks' }, text);
  expect(noted.type).toBe(5);
  expect(noted.data.flags).toBe(64);
  await house.until(() => textOf(noted.message() ?? {}).includes('slow disks'), 'the answer came');
  expect(house.double.wrong).toEqual([]);
});

/** A core that is out of order for one command, at once or after a while. */
function failing(command: string, delay: number) {
  return (handler: Handler): Handler => ({
    ...handler,
    async handle(order) {
      if (order.command !== command) return handler.handle(order);
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      throw new Error('the store is out of order');
    },
  });
}

test.each([0, 2_000])('whoever gives an order that fails is told, in private (after %d ms)', async (delay) => {
  const { text } = await declared({ through: failing('note', delay), discord: { language: 'de' } });
  const noted = await house.who('Ann').slash('note', { text: 'slow disks' }, text);
  expect(noted.type).toBe(delay === 0 ? 4 : 5);
  expect(Number(noted.data.flags) & 64).toBe(64);
  await house.until(
    () => textOf(noted.message() ?? {}).includes('Baton kann nicht sagen'),
    'what is not known is said',
  );
  expect(house.double.wrong).toEqual([]);
  // So it is where a form was filled in.
  const pressed = await house.who('Ann').press(house.card(), /^(Note|Notiz)/);
  expect(pressed.type).toBe(9);
  const filled = await house.who('Ann').fill(pressed, { text: 'slow disks' }, house.card());
  await house.until(() => textOf(filled.message() ?? {}).includes('Baton kann nicht sagen'), 'and said again');
});

const inPlace = (channel: string | undefined) =>
  [...house.double.guild.messages.values()].filter(
    (one) => one.channel_id === channel && one.ephemeralFor === undefined && !one.pinned,
  );

test('an interaction that can no longer be answered falls back to a direct message to whoever asked', async () => {
  const { text } = await declared({ through: slow('focus', 2_000), tokenLives: 1_600 });
  const ann = house.who('Ann');
  await ann.slash('take-command', {}, text);
  const asked = await ann.slash('focus', {}, text);
  expect(asked.type).toBe(5);
  const { direct } = house.double.guild;
  await house.until(() => inPlace(direct.get(ann.user.id)).length > 0, 'a direct message instead');
  expect(inPlace(text).some((one) => textOf(one).includes(`<@${ann.user.id}>`))).toBe(false);
});

test('what is for one reader is never said where others read, however late it is', async () => {
  let stalled = false;
  const { text } = await declared({
    tokenLives: 1_600,
    through: (handler) => ({
      ...handler,
      async world() {
        if (stalled) await new Promise((resolve) => setTimeout(resolve, 1_000));
        return handler.world();
      },
    }),
  });
  const { guild } = house.double;
  const [ann, ben] = [house.who('Ann'), house.who('Ben')];
  guild.closed.add(ben.user.id);
  stalled = true;
  await Promise.all([ann.slash('link-account', {}, text), ben.slash('link-account', {}, text)]);
  const CODE = /\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b/;
  await house.until(
    () => inPlace(guild.direct.get(ann.user.id)).some((one) => CODE.test(textOf(one))),
    'a code for Ann',
  );
  const said = () => inPlace(text).find((one) => textOf(one).includes('could not be shown in time'));
  await house.until(() => said() !== undefined, 'Ben, who takes no direct messages, may ask again');
  expect(said()?.allowed_mentions).toEqual({ parse: [], users: [ben.user.id] });
  expect([text, guild.general.id].flatMap(inPlace).filter((one) => CODE.test(textOf(one)))).toEqual([]);
});

test('a no is private, says why, and offers the next step', async () => {
  const { text } = await declared();
  const [ann, ben] = [house.who('Ann'), house.who('Ben')];
  await ann.slash('take-command', {}, text);
  const refused = await ben.slash('take-command', {}, text);
  expect(refused.type).toBe(4);
  expect(Number(refused.data.flags) & 64).toBe(64);
  expect(textOf(refused.data)).toContain('Ann');
  const message = refused.message();
  expect(message && pressable(message).length).toBeGreaterThan(0);
});

test('what a command lacks is asked for in a modal, which is the first answer', async () => {
  const { text } = await declared();
  const [ann] = [house.who('Ann')];
  await ann.slash('take-command', {}, text);
  house.who('Ben').joins(house.voice());
  await house.until(async () => (await house.incident()).people.ben !== undefined, 'Ben is known');
  const opened = await ann.slash('delegate', { owner: 'Ben' }, text);
  expect(opened.type).toBe(9);
  expect(inputsIn(opened).has('what')).toBe(true);
  await ann.fill(opened, { what: 'Look', owner: 'Ben' });
  expect((await house.incident()).activities[0]).toMatchObject({ owner: 'ben', what: 'Look' });
});

test('a form that would come too late is a press away', async () => {
  let stalled = false;
  const { text } = await declared({
    through: (handler) => ({
      ...handler,
      async incident(id) {
        if (stalled) await new Promise((resolve) => setTimeout(resolve, 1_600));
        return handler.incident(id);
      },
    }),
  });
  stalled = true;
  const opened = await house.who('Ann').slash('note', {}, text);
  stalled = false;
  expect(opened.type).toBe(5);
  await house.until(() => pressable(opened.message() as never).length > 0, 'a button');
  const again = await house.who('Ann').press(opened.message() as never, 'Open the form');
  expect(again.type).toBe(9);
});

test('a form for a message that would come too late is a press away, with what the message says', async () => {
  let stalled = false;
  house = await openHouse({
    rate: RATE,
    through: (handler) => ({
      ...handler,
      async world() {
        if (stalled) await new Promise((resolve) => setTimeout(resolve, 800));
        return handler.world();
      },
    }),
  });
  const { general, messages } = house.double.guild;
  const ann = house.who('Ann');
  const author = { id: ann.user.id, username: 'ann', global_name: 'Ann' };
  const target = { id: '1200', content: 'Checkout fails for everybody', author, attachments: [] };
  stalled = true;
  const opened = await ann.menu('Declare from this message', target, general.id);
  stalled = false;
  expect(opened.type).toBe(5);
  await house.until(() => pressable(opened.message() ?? { components: [] }).length > 0, 'a button');
  const form = await ann.press(messages.get(opened.message()?.id ?? '') as MessageOf, 'Open the form');
  expect(form.type).toBe(9);
  expect(inputsIn(form).get('title')).toMatchObject({ value: 'Checkout fails for everybody' });
});

test('people, activities and services are completed', async () => {
  const settings = { services: { payments: { name: 'Payments', seats: [] }, search: { name: 'Search', seats: [] } } };
  const { text } = await declared({ settings });
  const ann = house.who('Ann');
  expect(await ann.completes('declare', 'service', 'pay')).toEqual([{ name: 'Payments', value: 'payments' }]);
  expect((await ann.completes('delegate', 'owner', 'an', text)).map(({ name }) => name)).toContain('Ann');
  await ann.slash('propose-mitigation', { what: 'Roll back', owner: 'Ann' }, text);
  expect(await ann.completes('judge-mitigation', 'activity', 'roll', text)).toEqual([
    { name: 'M1 Roll back', value: '1' },
  ]);
  expect((await ann.completes('help', 'about', 'take-c', text))[0]).toMatchObject({ value: 'take-command' });
});

test('the same interaction delivered twice is carried out once', async () => {
  const { text } = await declared();
  await house.who('Ann').slash('note', { text: 'only once' }, text);
  house.double.repeat();
  house.double.repeat();
  await house.who('Ann').slash('note', { text: 'another' }, text);
  expect((await house.incident()).evidence.filter(({ text: said }) => said === 'only once')).toHaveLength(1);
});

test('nobody from another server is heard', async () => {
  house = await openHouse({ rate: RATE, discord: { guilds: ['123456789'] } });
  const turned = await house.who('Ann').slash('declare', { title: 'x' });
  expect(Number(turned.data.flags) & 64).toBe(64);
  expect(await house.handler.list({})).toEqual([]);
});

test('an answer is in the language of whoever asks', async () => {
  const { text } = await declared();
  const { double } = house;
  const { somebody } = await import('../../support/discord-people.ts');
  const dirk = somebody(double, double.guild.addUser('Dirk'), 'de');
  const answer = await dirk.slash('status', {}, text);
  expect(textOf(answer.data)).toContain('Schweregrad');
});
