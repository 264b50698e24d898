// Two people press "take command" together: one wins, the other is told who did.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { RacingHouse } from '../../support/racing-house.ts';
import { Room } from '../../support/room.ts';

let house: RacingHouse;

beforeEach(async () => {
  house = new RacingHouse();
  await house.gives({ by: 'dan', command: 'declare', fields: { title: 'Checkout fails' } });
});

afterEach(() => house.stop());

test('[CMD-2] of two people who take command on the same version, one wins and the other is told who did', async () => {
  for (let round = 0; round < 5; round += 1) {
    const answers = await house.race({ by: 'ann', command: 'take-command' }, { by: 'bob', command: 'take-command' });
    const incident = await house.handlers[0].incident('INC-1');
    const winner = incident?.command.commander ?? '';
    const refusals = answers.flatMap((answer) => ('refusal' in answer ? [answer.refusal] : []));
    expect(['ann', 'bob']).toContain(winner);
    expect(refusals).toMatchObject([
      {
        refused: 'already-commanded',
        facts: { commander: { person: winner } },
        next: [{ command: 'ask-for-command' }],
      },
    ]);
    expect(incident?.command.shifts.filter(({ to }) => to === undefined)).toHaveLength(1);
    house.now += 1_000;
    await house.gives({ by: winner, command: 'release-command' });
  }
  const taken = (await house.handlers[1].events('INC-1')).filter(({ type }) => type === 'command-taken');
  expect(taken).toHaveLength(5);
});

test('[CMD-2] a hand-over accepted while somebody takes a silent commander’s place leaves one commander', async () => {
  await house.gives({ by: 'ann', command: 'join-call' });
  await house.gives({ by: 'ann', command: 'take-command' });
  await house.gives({ by: 'ann', command: 'hand-over', fields: { to: 'bob' } });
  await house.gives({ by: 'dan', command: 'leave-call', fields: { person: 'ann' } });
  house.now += 30_000;
  await house.handlers[0].ring('INC-1');
  const answers = await house.race({ by: 'bob', command: 'accept-hand-over' }, { by: 'cat', command: 'take-command' });
  const incident = await house.handlers[0].incident('INC-1');
  expect(answers.filter((answer) => 'refusal' in answer)).toHaveLength(1);
  expect(incident?.command.shifts.filter(({ to }) => to === undefined)).toMatchObject([
    { person: incident?.command.commander },
  ]);
});

test('[CMD-2] the same press sent twice, even at once, is carried out once', async () => {
  const press = house.order({ by: 'ann', command: 'take-command' });
  const answers = await house.race(press, press);
  expect(answers.every((answer) => 'events' in answer)).toBe(true);
  expect(answers.filter((answer) => 'repeated' in answer && answer.repeated)).toHaveLength(1);
  const again = await house.gives(press);
  expect(again).toMatchObject({ repeated: true, events: [], incident: { command: { commander: 'ann' } } });
  const events = await house.handlers[0].events('INC-1');
  expect(events.filter(({ type }) => type === 'command-taken')).toHaveLength(1);
});

test('[CMD-2] who commands already is told so, and anybody else by whom it is commanded and since when', () => {
  const room = new Room();
  room.does('ann', 'take-command');
  const since = room.now;
  room.fastForward('1m');
  expect(room.isRefused('ann', 'take-command')).toMatchObject({
    refused: 'you-command',
    next: [{ command: 'hand-over' }],
  });
  expect(room.isRefused('bob', 'take-command').facts).toEqual({ commander: { person: 'ann' }, since: { at: since } });
});
