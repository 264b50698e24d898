// The core and the cards have no machine to speak of: Node's and the browser's globals do not exist for them.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { run, type Verdict, withPlanted } from './planted.ts';

const MACHINE: Record<string, string> = {
  timer: 'setTimeout(() => {}, 1);\n',
  ticker: 'setInterval(() => {}, 1);\n',
  console: "console.log('x');\n",
  crypto: 'export const id = crypto.randomUUID();\n',
  process: 'export const env = process.env;\n',
  fetch: "export const page = fetch('http://localhost');\n",
  performance: 'export const at = performance.now();\n',
  buffer: "export const bytes = Buffer.from('x');\n",
  document: 'export const page = document.title;\n',
  // Node runs the files as they are and can only leave types out.
  enumeration: 'export enum Severity { One }\n',
};

const PURE = `const clock = new Intl.DateTimeFormat('en', { timeStyle: 'short', timeZone: 'UTC' });
export const print = (at: number, amount: number): string => \`\${clock.format(at)} \${Math.max(amount, 0)}\`;
`;

const LAWFUL: Record<string, Record<string, string>> = {
  'src/core': { print: PURE },
  'src/cards': {
    print: PURE,
    words: "import { createInstance } from 'i18next';\nexport const words: string = createInstance().t('x');\n",
  },
};

describe.each(Object.entries(LAWFUL))('%s', (home, lawful) => {
  let verdict: Verdict;

  beforeAll(async () => {
    const files = Object.entries({ ...MACHINE, ...lawful }).map(([name, text]) => [`${home}/${name}.ts`, text]);
    verdict = await withPlanted(Object.fromEntries(files), (folder) => run(folder, 'typescript/bin/tsc', '-p', home));
  });

  test.each(Object.keys(MACHINE))('has no %s', (name) => {
    expect(verdict.output).toContain(`${home}/${name}.ts(1,`);
  });

  test.each(Object.keys(lawful))('has %s', (name) => {
    expect(verdict.status).not.toBe(0);
    expect(verdict.output).not.toContain(`${home}/${name}.ts`);
  });
});
