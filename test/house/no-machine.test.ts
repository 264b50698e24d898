// The project names no machine that it was made on: no home folders, no package hosts but the public registry.
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

test('the lock names no package host but the public registry', async () => {
  const lock: { packages: Record<string, { resolved?: string; integrity?: string }> } = JSON.parse(
    await text('package-lock.json'),
  );
  const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
  expect(packages.length).toBeGreaterThan(100);
  for (const [path, { resolved = 'https://registry.npmjs.org/', integrity }] of packages) {
    expect(`${path} ${resolved}`).toMatch(/ https:\/\/registry\.npmjs\.org\//);
    expect(`${path} ${integrity}`).toMatch(/ sha\d+-/);
  }
});
