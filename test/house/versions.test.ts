// Each version stands in one place: Node's in package.json, its image's in the Dockerfile, MongoDB's in the compose file.
import { expect, test } from '@jest/globals';
import { files, text } from './tree.ts';

/** A version of an image, wherever it stands: `node:24-bookworm-slim`, `mongo:${MONGODB_VERSION:-8.0}`. */
const IMAGES = /\b(node|mongo):(?:\$\{\w+:-)?(\d[\w.-]*)/g;
/** A version of Node in words. */
const NODE = /\bNode(?:\.js)? v?(\d+)/g;

const manifest = JSON.parse(await text('package.json')) as {
  devDependencies: Record<string, string>;
};
const lock = JSON.parse(await text('package-lock.json')) as { packages: Record<string, { version: string }> };
const [, node = ''] = /^\^(\d+)\./.exec(manifest.devDependencies.node ?? '') ?? [];

const imagesIn = (content: string) => [...content.matchAll(IMAGES)].map(([, name, version]) => `${name} ${version}`);

test('a version is found in each way of writing it', () => {
  expect(imagesIn(`FROM node:24.1-slim\nimage: mongo:\${MONGODB_VERSION:-8.0}`)).toEqual([
    'node 24.1-slim',
    'mongo 8.0',
  ]);
  expect([...'Node 24, Node.js 22 and Node v20'.matchAll(NODE)].map(([, major]) => major)).toEqual(['24', '22', '20']);
});

test('the images stand in the Dockerfile and in the compose file, once each', async () => {
  const found: string[] = [];
  for (const path of await files()) {
    if (path.startsWith('test/')) continue;
    for (const image of imagesIn(await text(path))) found.push(`${path}: ${image}`);
  }
  expect(found.map((one) => one.replace(/ [\w.-]+$/, ' …')).sort()).toEqual([
    'deploy/Dockerfile: node …',
    'deploy/compose.yaml: mongo …',
  ]);
});

test('Node is the same everywhere: the package, the image, the types, and what is written of it', async () => {
  expect(node).not.toBe('');
  expect(lock.packages['node_modules/node']?.version.split('.')[0]).toBe(node);
  expect(manifest.devDependencies['@types/node']).toMatch(new RegExp(`^\\^${node}\\.`));
  expect(imagesIn(await text('deploy/Dockerfile')).map((image) => image.split(/[ .-]/)[1])).toEqual([node]);
  const others: string[] = [];
  for (const path of (await files()).filter((one) => one.endsWith('.md'))) {
    for (const [written, major] of (await text(path)).matchAll(NODE)) {
      if (major !== node) others.push(`${path}: ${written}`);
    }
  }
  expect(others).toEqual([]);
});
