// Decisions are numbered, each number is used once, and a decision's title begins with its own.
import { expect, test } from '@jest/globals';
import { files, text } from './tree.ts';

test('every decision has a number of its own, by which it is called', async () => {
  const decisions = (await files()).filter((path) => path.startsWith('docs/adr/'));
  const numbers = decisions.map((path) => Number(/^docs\/adr\/(\d+)-/.exec(path)?.[1]));
  expect(numbers.sort((a, b) => a - b)).toEqual(decisions.map((_, n) => n + 1));
  for (const path of decisions) {
    const [, number] = /^docs\/adr\/(\d+)-/.exec(path) ?? [];
    expect([path, (await text(path)).split('.')[0]]).toEqual([path, `# ${number}`]);
  }
});

test('a decision that is referred to by its number is there', async () => {
  const decisions = (await files()).flatMap((path) => /^docs\/adr\/(\d+)-/.exec(path)?.[1] ?? []);
  const missing: string[] = [];
  for (const path of await files()) {
    if (path.startsWith('test/house/') || !/\.(?:ts|md)$/.test(path)) continue;
    for (const [written, number = ''] of (await text(path)).matchAll(/\b(?:ADR |docs\/adr\/)(\d+)\b/g)) {
      if (!decisions.includes(number)) missing.push(`${path}: ${written}`);
    }
  }
  expect(missing).toEqual([]);
});
