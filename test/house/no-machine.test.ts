// The project names no machine that it was made on: no home folders, no work folders.
import { expect, test } from '@jest/globals';
import { files, text } from './tree.ts';

/** Homes and work folders as they look on Linux, macOS and Windows; those of a container's own user are no one's. */
const PLACES =
  /(?<![\w.-])\/(?:home\/(?!node\/|baton\/)[\w.-]+|Users\/[\w.-]+|root|work|workspaces?)\/[\w.@-]+|\b[A-Z]:\\Users\\\w+/g;

test('a place on a machine is noticed', () => {
  const slash = '/';
  for (const place of ['home/ada/baton', 'Users/ada/baton', 'root/.npmrc', 'work/main']) {
    expect(`see "${slash}${place}"`).toMatch(PLACES);
  }
  expect('C:\\'.concat('Users\\ada')).toMatch(PLACES);
  for (const lawful of ['https://example.com/work/items', '/home/node/app', './data/baton.db', '../work/main.ts']) {
    expect(lawful).not.toMatch(PLACES);
  }
});

test('no file names a place on a machine', async () => {
  const found: string[] = [];
  for (const path of await files()) {
    for (const [place] of (await text(path)).matchAll(PLACES)) found.push(`${path}: ${place}`);
  }
  expect(found).toEqual([]);
});
