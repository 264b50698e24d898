/** `npm run drill`: reads what is asked for, and starts a drill, or says what there is. */
import { wordsFor } from './cards/words/words.ts';
import { readOptions } from './drill/options.ts';
import { complaintLines, helpLines, listLines } from './drill/telling.ts';

const { LC_ALL, LC_MESSAGES, LANG } = process.env;

const asked = readOptions(
  process.argv.slice(2),
  (LC_ALL || LC_MESSAGES || LANG || 'en').slice(0, 2).toLowerCase(),
  Math.random().toString(36).slice(2, 8),
);
const words = wordsFor({ language: asked.language, zone: 'UTC' }, {});

if (asked.wants === 'drill') {
  // Loaded only now, because it takes longer than a look at what there is.
  const { drill } = await import('./practise.ts');
  await drill(asked.options);
} else if (asked.wants === 'nothing') {
  process.stderr.write(`${complaintLines(asked.complaints, words).join('\n')}\n`);
  process.exitCode = 1;
} else process.stdout.write(`${(asked.wants === 'help' ? helpLines(words) : listLines(words)).join('\n')}\n`);
