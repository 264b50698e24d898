// What an order leads to can be drawn while it is being kept: shown only when the answer says the same.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Incident } from '../../src/core/incident.ts';
import { RacingHouse } from '../support/racing-house.ts';

let house: RacingHouse;
beforeEach(async () => {
  house = new RacingHouse();
  await house.gives({ by: 'dan', command: 'declare', fields: { title: 'Checkout fails' } });
});
afterEach(() => house.stop());

test('the state is heard before it is kept, and is the very one that is answered', async () => {
  const heard: Incident[] = [];
  const [first] = house.handlers;
  const answering = first.handle(house.order({ by: 'ann', command: 'join-call' }), (incident) => {
    heard.push(incident);
  });
  const answer = await answering;
  expect(heard).toHaveLength(1);
  expect(answer.incident).toBe(heard[0]);
  expect((await house.store.load('INC-1'))?.version).toBe(heard[0]?.version);
});

test('of two who are quicker than the store, the one who lost had heard what came to nothing, and is refused', async () => {
  const heard: (string | undefined)[] = [];
  const hear = ({ command }: Incident) => void heard.push(command.commander);
  const answers = await house.race(
    { by: 'ann', command: 'take-command' },
    { by: 'bob', command: 'take-command' },
    hear,
  );
  expect(heard.toSorted()).toEqual(['ann', 'bob']);
  const [lost] = answers.filter((answer) => 'refusal' in answer);
  expect(lost).toMatchObject({ refusal: { refused: 'already-commanded' } });
  expect(lost?.incident?.command.commander).toBe((await house.handlers[0].incident('INC-1'))?.command.commander);
});

test('whoever cannot draw it has their order kept all the same', async () => {
  const [first] = house.handlers;
  const order = house.order({ by: 'ann', command: 'join-call' });
  const answer = await first.handle(order, () => {
    throw new Error('the pen broke');
  });
  expect(answer).toMatchObject({ incident: { people: { ann: { on: ['hand'] } } } });
  expect(await first.handle(order)).toMatchObject({ repeated: true });
});
