// Another whole incident by buttons, selects and modals alone.
import { afterEach, expect, test } from '@jest/globals';
import { DEFAULTS } from '../../../src/core/settings.ts';
import type { Answered } from '../../support/discord-double.ts';
import type { MessageOf } from '../../support/discord-guild.ts';
import { type DiscordHouse, openHouse } from '../../support/discord-house.ts';
import { inputsIn, pressable, type Somebody, textOf } from '../../support/discord-people.ts';

let house: DiscordHouse;
let ringing: NodeJS.Timeout | undefined;
afterEach(async () => {
  clearInterval(ringing);
  await house.stop();
});

/** Presses a button of the card once it is there; fills in what opens. */
async function does(one: Somebody, label: string | RegExp, values?: Record<string, unknown>): Promise<Answered> {
  const matches = (shown: string) => (typeof label === 'string' ? shown === label : label.test(shown));
  const there = () => pressable(house.card()).some((shown) => matches(shown.label));
  await house.until(there, `the card offers ${String(label)}`).catch((error: Error) => {
    throw new Error(
      `${error.message}\n${textOf(house.card())}\n${pressable(house.card()).map((shown) => shown.label)}`,
    );
  });
  const answered = await one.press(house.card(), label);
  return values === undefined ? answered : one.fill(answered, values, house.card());
}

/** The newest message to somebody that they can press. */
function asked(one: Somebody): MessageOf {
  const found = [...house.double.guild.messages.values()].findLast(
    (message) => message.allowed_mentions?.users?.includes(one.user.id) && pressable(message).length > 0,
  );
  if (!found) throw new Error('nobody is asked');
  return found;
}

test('a whole incident by buttons alone', async () => {
  // Windows that pass in a second; Baton's own clocks are rung by hand.
  const severities = DEFAULTS.severities.map((row) => ({ ...row, observation: 600, watch: 600 }));
  house = await openHouse({ rate: { count: 5, window: 250 }, settings: { severities } });
  ringing = setInterval(() => void house.handler.ring('INC-1').catch(() => undefined), 200);
  const [ann, ben, cat] = [house.who('Ann'), house.who('Ben'), house.who('Cat')];
  // The first press is that of a message's menu: declaring needs nothing typed at all.
  const said = {
    id: '900',
    content: 'Checkout fails for everybody',
    author: ben.user,
    attachments: [],
    channel_id: house.double.guild.general.id,
  };
  const opened = await ann.menu('Declare from this message', said);
  expect(inputsIn(opened).get('title')).toMatchObject({ value: 'Checkout fails for everybody' });
  await ann.fill(opened, {});
  await house.until(() => house.card() !== undefined, 'a card');
  await house.until(async () => (await house.incident()).evidence.length === 1, 'the message is kept');
  expect((await house.incident()).evidence[0]).toMatchObject({ text: 'Ben: Checkout fails for everybody' });

  for (const one of [ann, ben, cat]) one.joins(house.voice());
  await house.until(async () => Object.keys((await house.incident()).people).length >= 3, 'three people');
  expect((await does(ann, /command/i)).type).toBe(6);
  await house.until(async () => (await house.incident()).command.commander === 'ann', 'Ann commands');

  const form = await does(ann, /impact/i);
  const answered = await ann.fill(
    form,
    { sees: 'Orders fail', reproduced: 'yes', frequency: 'every-time', retries: 'succeed', scope: 'everybody' },
    house.card(),
  );
  // Six questions, five inputs: the sixth is one press away.
  const further = answered.message();
  if (!further) throw new Error('no answer is shown');
  const sixth = await ann.press(further, 'Continue');
  expect([...inputsIn(sixth).keys()]).toEqual(['which']);
  await ann.fill(sixth, { which: 'All of Europe' }, further);
  expect((await house.incident()).impact.answers).toMatchObject({ sees: 'Orders fail', which: 'All of Europe' });

  await does(ann, 'SEV-2');
  await does(ann, 'Delegate', { owner: 'Ben', what: 'Look at the database', due: '15m' });
  await house.until(() => textOf(asked(ben)).includes('database'), 'Ben is asked by name');
  const task = asked(ben);
  expect(task.allowed_mentions).toEqual({ parse: [], users: [ben.user.id] });
  await ben.press(task, 'I’ve got it');
  await house.until(async () => (await house.incident()).activities[0]?.acknowledgedAt !== undefined, 'acknowledged');
  await house.until(() => pressable(task).length === 0 && textOf(task).includes('✓'), 'the question is settled');

  await does(ann, /propose|mitigation/i, { what: 'Roll back', owner: 'Cat' });
  await does(ann, /start/i);
  await house.until(() => textOf(asked(cat)).includes('Roll back'), 'Cat is asked');
  const work = (await cat.press(asked(cat), 'I’ve got it')).message();
  if (!work) throw new Error('Cat is not shown her work');
  expect(work.ephemeralFor).toBe(cat.user.id);
  await cat.press(work, /done|finish/i);
  const second = async () => (await house.incident()).activities[1];
  await house.until(async () => (await second())?.mitigation?.stage === 'observing', 'what it does is watched');

  // What is one's own is a press away, wherever it came from.
  const mine = (await does(ben, 'Mine')).message();
  if (!mine) throw new Error('Ben is not shown what is his');
  await ben.press(mine, /done|finish/i);
  expect((await house.incident()).activities[0]?.status).toBe('finished');

  await does(ann, 'Fixed');
  await house.until(() => pressable(house.card()).some(({ label }) => label === 'Not yet'), 'asked whether it is over');
  await does(ann, 'Mitigated');
  await house.until(async () => (await house.incident()).phase === 'watching', 'the watch has begun');
  await does(cat, 'Note', { text: 'It was the pool' });
  await house.until(async () => (await house.incident()).watch?.passed === true, 'the watch has passed');
  // A card drawn before the watch had passed still asks for the reason.
  const closing = await does(ann, 'Close');
  if (closing.type === 9) await ann.fill(closing, { reason: 'All is calm' }, house.card());
  await house.until(async () => (await house.incident()).phase === 'closed', 'closed');
  await house.until(() => textOf(house.card()).includes('Closed'), 'the card shows that it is closed');
  expect(house.double.wrong).toEqual([]);
  expect(house.logged.filter(({ level }) => level === 'error')).toEqual([]);
});
