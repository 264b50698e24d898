// What was worked out holds for exactly these parts: others, fewer or more of them are worked out anew.
import { expect, test } from '@jest/globals';
import { onceFor } from '../../src/core/once-for.ts';

test('the same parts are worked out once, any others anew', () => {
  const worked: string[][] = [];
  const joined = onceFor((...parts: string[]) => {
    worked.push(parts);
    return parts.join('+');
  });
  const asked = [['a', 'b'], ['a', 'b'], ['a'], [], ['a', 'b'], ['a', 'c']];
  expect(asked.map((parts) => joined(...parts))).toEqual(['a+b', 'a+b', 'a', '', 'a+b', 'a+c']);
  expect(worked).toEqual([['a', 'b'], ['a'], [], ['a', 'b'], ['a', 'c']]);
});
