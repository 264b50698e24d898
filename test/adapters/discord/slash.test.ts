// A whole incident by slash commands alone, through the real discord.js, with the voice channel filling the quorum.
import { afterEach, expect, test } from '@jest/globals';
import { type DiscordHouse, openHouse } from '../../support/discord-house.ts';
import { textOf } from '../../support/discord-people.ts';

let house: DiscordHouse;
afterEach(async () => {
  await house.stop();
});

test('a whole incident by slash commands alone', async () => {
  house = await openHouse({ rate: { count: 5, window: 250 } });
  const { double } = house;
  const [ann, ben, cat] = [house.who('Ann'), house.who('Ben'), house.who('Cat')];
  const declared = await ann.slash('declare', { title: 'Checkout *fails*' });
  expect(textOf(declared.data)).toContain('INC-1');
  await house.until(() => house.card() !== undefined && house.voice() !== '', 'a room with a card and a call');
  const text = house.text();
  await house.until(() => textOf(declared.message() ?? {}).includes(`<#${text}>`), 'the answer names the room');
  expect(textOf(house.card())).toContain('Checkout \\*fails\\*');
  await house.until(async () => (await house.incident()).call !== undefined, 'the call is known');
  expect((await house.incident()).call?.link).toBe(`https://discord.com/channels/${double.guild.id}/${house.voice()}`);

  for (const one of [ann, ben, cat]) one.joins(house.voice());
  await house.until(
    async () => Object.values((await house.incident()).people).filter(({ on }) => on.includes('discord')).length === 3,
    'three people on the call',
  );

  await ann.slash('take-command', {}, text);
  await ann.slash('assess-impact', { sees: 'Orders fail', scope: 'everybody' }, text);
  await ann.slash('set-severity', { severity: 'SEV-2', reason: 'many orders' }, text);
  await ann.slash('delegate', { owner: 'Ben', what: 'Look at the database', due: '15m' }, text);
  await ben.slash('acknowledge', { due: '10m' }, text);
  await ben.slash('report', { text: 'The pool is empty' }, text);
  await ben.slash('finish', { result: 'Connections leak' }, text);
  await ben.slash('propose-mitigation', { what: 'Roll back', owner: 'Cat' }, text);
  await ann.slash('start-mitigation', { activity: '2', owner: 'Cat' }, text);
  await cat.slash('acknowledge', {}, text);
  await cat.slash('finish', {}, text);
  await ann.slash('judge-mitigation', { activity: 'M2', verdict: 'fixed' }, text);
  await ann.slash('mitigated', { mitigation: '2' }, text);
  await cat.slash('note', { text: 'It was the pool' }, text);
  await ann.slash('close', { reason: 'Everything is calm' }, text);

  const incident = await house.incident();
  expect(incident.phase).toBe('closed');
  expect(incident.activities.map(({ status }) => status)).toEqual(['finished', 'finished']);
  await house.until(async () => textOf(house.card()).includes('Closed'), 'the card shows that it is closed');
  ben.leaves();
  expect(double.wrong).toEqual([]);
  expect(house.logged.filter(({ level }) => level === 'error')).toEqual([]);
});
