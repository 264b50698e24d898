// Baton is started alike by npm and in its image.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import packed from '../../package.json' with { type: 'json' };

test('the image starts what npm start starts', () => {
  const image = readFileSync('deploy/Dockerfile', 'utf8');
  const [, command = ''] = /^CMD (.+)$/m.exec(image) ?? [];
  expect((JSON.parse(command) as string[]).join(' ')).toBe(packed.scripts.start);
});
