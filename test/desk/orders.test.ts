// What comes of a line: an incident that is not there is not linked, and an order that changes nothing says so and why.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { wordsFor } from '../../src/cards/words/words.ts';
import type { Incident } from '../../src/core/incident.ts';
import { type Asker, createOrders, type Orders } from '../../src/desk/orders.ts';
import { RacingHouse } from '../support/racing-house.ts';

let house: RacingHouse;
let orders: Orders<Asker>;
let said = 0;
beforeEach(async () => {
  house = new RacingHouse();
  orders = createOrders({
    intake: house.handlers[0],
    via: 'test',
    wordsOf: ({ world }, incident) => wordsFor({ language: 'en', zone: 'UTC' }, world.people, incident),
    slashed: true,
  });
  for (const title of ['Checkout fails', 'Mail is slow', 'Search is down']) {
    await house.gives({ by: 'ann', command: 'declare', fields: { title } });
  }
});
afterEach(() => house.stop());

async function typed(line: string, by = 'ann') {
  said += 1;
  const [intake] = house.handlers;
  const asker = { by, world: await intake.world() };
  return orders.line(line, `test:${said}`, (await intake.incident('INC-1')) as Incident, asker);
}

test('[WAT-3] an incident that does not exist is not linked; the nearest that do are offered', async () => {
  const outcome = await typed('/link INC-99');
  expect(outcome).toMatchObject({ outcome: 'refused', text: expect.stringMatching(/^There is no INC-99 here\./) });
  const blocks = outcome.outcome === 'refused' ? outcome.card.blocks : [];
  const offered = blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []));
  expect(offered.map(({ label, fields }) => [label, fields.to])).toEqual([
    ['Link', undefined],
    ['Link INC-3', 'INC-3'],
    ['Link INC-2', 'INC-2'],
  ]);
  expect((await house.handlers[0].incident('INC-1'))?.links).toEqual([]);
  expect(await typed('/link inc-3')).toMatchObject({ outcome: 'done', changed: true });
});

test.each([
  ['/answer', 'There was nothing to answer: no page to Ann Archer is waiting.'],
  ['/link INC-2', 'These two are linked already.'],
  ['/rename Checkout fails', 'The incident has that title already.'],
])('%s says that there was nothing to do, and why', async (line, why) => {
  await typed(line);
  const outcome = await typed(line);
  expect(outcome).toMatchObject({ outcome: 'done', changed: false, lines: [why] });
});
