// Where several instances could speak to Discord: only while it is this one's turn, asked before every word.
import { afterEach, expect, test } from '@jest/globals';
import type { Lease } from '../../../src/core/ports.ts';
import { type DiscordHouse, openHouse } from '../../support/discord-house.ts';
import { textOf } from '../../support/discord-people.ts';

let house: DiscordHouse;
afterEach(async () => {
  await house.stop();
});

/** A lease by hand: what is so, and what its seeker has been told, are set apart. */
function leaseByHand() {
  let told: Parameters<Lease['seek']>[0] | undefined;
  const lease: Lease = {
    held: () => by.is,
    seek(those) {
      told = those;
      those.taken();
    },
    async release() {
      by.released = true;
    },
  };
  const by = {
    lease,
    is: true,
    taken: () => told?.taken(),
    lost: () => told?.lost(),
    released: false,
  };
  return by;
}

const note = (text: string) => house.order('ann', 'note', { text });
const said = () => [...house.double.guild.messages.values()].map(textOf).join('\n');

async function opened() {
  const by = leaseByHand();
  house = await openHouse({ rate: { count: 5, window: 100 }, discord: { lease: by.lease } });
  await house.order('ann', 'declare', { title: 'Checkout fails' });
  await house.until(() => house.card() !== undefined, 'a card');
  await note('before.');
  await house.until(() => said().includes('before.'), 'the log says it');
  return by;
}

/** Longer than anything that waits in this house. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 700));

test('whoever has lost its turn says nothing and hears nothing, even before it knows', async () => {
  const by = await opened();
  by.is = false;
  const before = house.double.requests.length;
  await note('unheard.');
  house.who('Ann').joins(house.voice());
  const [, answered] = await Promise.all([
    quiet(),
    house.who('Ann').slash('rename', { title: 'Renamed too late' }, house.text()),
  ]);
  expect(answered.type).toBe('missed');
  expect(house.double.requests.slice(before)).toEqual([]);
  const { title, people } = await house.incident();
  expect(title).toBe('Checkout fails');
  expect(Object.values(people).filter(({ on }) => on.includes('discord'))).toEqual([]);
});

test('it leaves the gateway when it is told, and says what is outstanding when its turn comes again', async () => {
  const by = await opened();
  const card = house.card().id;
  by.is = false;
  await note('meanwhile.');
  by.lost();
  await house.until(() => !house.double.gateway.connected(), 'it has left');
  await quiet();
  const { identifies } = house.double.gateway.seen;
  expect(identifies).toHaveLength(1);
  expect(said()).not.toContain('meanwhile.');
  by.is = true;
  by.taken();
  await house.until(() => house.double.gateway.connected(), 'it is back');
  await house.until(() => said().includes('meanwhile.'), 'the line came in the end');
  await house.who('Ann').slash('rename', { title: 'Checkout is slow' }, house.text());
  await house.until(() => textOf(house.card()).includes('Checkout is slow'), 'the card goes on');
  expect(house.card().id).toBe(card);
  expect(identifies).toHaveLength(2);
});

test('a turn that is lost and comes back at once ends with one connection', async () => {
  const by = await opened();
  for (let n = 0; n < 5; n += 1) {
    by.is = false;
    by.lost();
    by.is = true;
    by.taken();
  }
  const { gateway } = house.double;
  await house.until(() => gateway.seen.identifies.length > 1 && gateway.connected(), 'it is back');
  await quiet();
  await house.until(() => gateway.connections() === 1, 'one connection');
  expect(gateway.speaking()).toHaveLength(1);
  expect(gateway.seen.identifies).toHaveLength(2);
});

test('it gives its turn up when it stops', async () => {
  const by = await opened();
  await house.surface.stop();
  expect(by.released).toBe(true);
  expect(house.double.gateway.connected()).toBe(false);
});
