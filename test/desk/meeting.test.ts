// Of several words of one account at once each waits for the one before; other accounts do not.
import { expect, test } from '@jest/globals';
import { createMeeting } from '../../src/desk/meeting.ts';

test('one account is met one word after the other, whatever became of the one before; others meanwhile', async () => {
  const meeting = createMeeting();
  const begun: string[] = [];
  const first = Promise.withResolvers<string>();
  const meet = (word: string, person: Promise<string> | string) => async () => {
    begun.push(word);
    return person;
  };
  const one = meeting('ann', meet('hello', first.promise));
  const two = meeting('ann', meet('again', 'ann'));
  const other = meeting('bob', meet('hi', 'bob'));
  expect(await other).toBe('bob');
  expect(begun).toEqual(['hello', 'hi']);
  first.reject(new Error('the store is away'));
  await expect(one).rejects.toThrow('the store is away');
  expect(await two).toBe('ann');
  expect(begun).toEqual(['hello', 'hi', 'again']);
});
