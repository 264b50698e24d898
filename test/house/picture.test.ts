/** The picture in ARCHITECTURE.md is the one that the code gives. */
import { expect, test } from '@jest/globals';
import { drawnPicture, picture } from './picture.ts';

test('ARCHITECTURE.md shows who imports whom now; `npm run picture` redraws it', () => {
  expect(drawnPicture()).toBe(picture());
});
