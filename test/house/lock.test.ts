// The lock serves everybody: the public registry alone, sealed by checksums, and the builds of every platform.
import { expect, test } from '@jest/globals';
import { text } from './tree.ts';

type Locked = { resolved?: string; integrity?: string; optionalDependencies?: Record<string, string> };

const lock: { packages: Record<string, Locked> } = JSON.parse(await text('package-lock.json'));
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

test('it names no package host but the public registry, and has a checksum for each package', () => {
  expect(packages.length).toBeGreaterThan(100);
  for (const [path, { resolved = 'https://registry.npmjs.org/', integrity }] of packages) {
    expect(`${path} ${resolved}`).toMatch(/ https:\/\/registry\.npmjs\.org\//);
    expect(`${path} ${integrity}`).toMatch(/ sha\d+-/);
  }
});

// Without one of them `npm ci` refuses, here or elsewhere. It happens when a release is locked before all its builds
// are out: hold that package at the version before.
test('it holds each build that a package offers for some platform', () => {
  const held = new Set(
    packages.map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)),
  );
  const offered = packages.flatMap(([, { optionalDependencies = {} }]) => Object.keys(optionalDependencies));
  expect(offered.length).toBeGreaterThan(10);
  expect(offered.filter((name) => !held.has(name))).toEqual([]);
});
