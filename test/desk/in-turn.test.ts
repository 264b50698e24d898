// Of several things of one name at once, as words of one account, each waits for the one before; others do not.
import { expect, test } from '@jest/globals';
import { createInTurn } from '../../src/desk/in-turn.ts';

test('one account is met one word after the other, whatever became of the one before; others meanwhile', async () => {
  const inTurn = createInTurn();
  const begun: string[] = [];
  const first = Promise.withResolvers<string>();
  const meet = (word: string, person: Promise<string> | string) => async () => {
    begun.push(word);
    return person;
  };
  const one = inTurn('ann', meet('hello', first.promise));
  const two = inTurn('ann', meet('again', 'ann'));
  const other = inTurn('bob', meet('hi', 'bob'));
  expect(await other).toBe('bob');
  expect(begun).toEqual(['hello', 'hi']);
  first.reject(new Error('the store is away'));
  await expect(one).rejects.toThrow('the store is away');
  expect(await two).toBe('ann');
  expect(begun).toEqual(['hello', 'hi', 'again']);
});
