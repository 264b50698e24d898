// A whole incident by slash commands alone, through the real discord.js, with the voice channel filling the quorum.
import { afterEach, expect, test } from '@jest/globals';
import type { Incident } from '../../../src/core/incident.ts';
import { quorumReached } from '../../../src/core/quorum.ts';
import { type DiscordHouse, openHouse } from '../../support/discord-house.ts';
import { textOf } from '../../support/discord-people.ts';

let house: DiscordHouse;
afterEach(async () => {
  await house.stop();
});

const onCall = ({ people }: Incident) =>
  Object.values(people)
    .filter(({ on }) => on.includes('discord'))
    .map(({ id }) => id);

test('a whole incident by slash commands alone', async () => {
  house = await openHouse({
    rate: { count: 5, window: 250 },
    people: ({ Ann = '', Cat = '' }) => ({
      ann: { id: 'ann', name: 'Ann', ids: { discord: Ann } },
      cat: { id: 'cat', name: 'Cat', ids: { discord: Cat } },
    }),
    settings: {
      services: { payments: { name: 'Payments', seats: ['payments'] } },
      seats: {
        commander: { name: 'Incident commander', chain: ['ann'] },
        payments: { name: 'Payments on-call', chain: ['cat'] },
      },
    },
  });
  const { double } = house;
  const [ann, ben, cat] = [house.who('Ann'), house.who('Ben'), house.who('Cat')];
  const declared = await ann.slash('declare', { title: 'Checkout *fails*', service: 'payments' });
  expect(textOf(declared.data)).toContain('INC-1');
  await house.until(() => house.card() !== undefined && house.voice() !== '', 'a room with a card and a call');
  const text = house.text();
  await house.until(() => textOf(declared.message() ?? {}).includes(`<#${text}>`), 'the answer names the room');
  expect(textOf(house.card())).toContain('Checkout \\*fails\\*');
  await house.until(async () => (await house.incident()).call !== undefined, 'the call is known');
  expect((await house.incident()).call?.link).toBe(`https://discord.com/channels/${double.guild.id}/${house.voice()}`);

  // Who is in the voice channel fills the seats that the service and the severity demand.
  const filled = async () => quorumReached(await house.incident(), (await house.handler.world()).settings);
  for (const one of [ann, ben]) one.joins(house.voice());
  await house.until(async () => onCall(await house.incident()).length === 2, 'two people on the call');
  expect(await filled()).toBe(false);
  cat.joins(house.voice());
  await house.until(filled, 'the quorum is filled');
  expect(onCall(await house.incident()).sort()).toEqual(['ann', 'ben', 'cat']);

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
