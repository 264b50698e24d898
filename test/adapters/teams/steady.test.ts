// Edits that are carried out long after nobody waits for them any more.
import { expect, test } from '@jest/globals';
import type { Connector } from '../../../src/adapters/teams/connector.ts';
import { createLanes } from '../../../src/adapters/teams/lanes.ts';
import { steady } from '../../../src/adapters/teams/steady.ts';
import { PlatformError } from '../../../src/adapters/teams/trouble.ts';

const where = { service: 'https://smba.example.com/', conversation: 'a' };
const silent = () => new PlatformError('an edit', 0, '', 'TimeoutError');

/** A message whose edits fail in turn as given, and time that passes when it is told to. */
function scene(failures: (PlatformError | undefined)[]) {
  const shown: unknown[] = [];
  const due: (() => void)[] = [];
  const time = { now: () => 0, wait: async () => {}, later: (_: number, task: () => void) => void due.push(task) };
  const lanes = createLanes({ ...time, random: () => 0 }, { info() {}, warn() {}, error() {} });
  const edit: Connector['edit'] = async (_where, _id, { text }) => {
    const failure = failures.shift();
    if (failure) throw failure;
    shown.push(text);
  };
  const connector = steady({ edit } as Connector, lanes, time);
  return {
    shown,
    edit: (text: string) => connector.edit(where, '1', { text }),
    async pass() {
      for (const task of due.splice(0)) task();
      await lanes.settled();
    },
  };
}

test('the newest state is written once more, after which an overdue one can have come', async () => {
  const { edit, shown, pass } = scene([silent()]);
  await expect(edit('old')).rejects.toThrow('no answer');
  await edit('newer');
  await edit('newest');
  shown.push('old');
  await pass();
  expect(shown).toEqual(['newer', 'newest', 'old', 'newest']);
  await pass();
  expect(shown).toHaveLength(4);
});

test('writing it once more is itself tried until it is known to be done', async () => {
  const { edit, shown, pass } = scene([silent(), undefined, silent(), undefined, undefined]);
  await expect(edit('old')).rejects.toThrow();
  await edit('newest');
  await pass();
  await pass();
  expect(shown).toEqual(['newest', 'newest', 'newest']);
});

test('what is written once more is the newest state of that moment', async () => {
  const { edit, shown, pass } = scene([silent(), undefined, silent(), undefined]);
  await expect(edit('old')).rejects.toThrow();
  await edit('newer');
  await expect(edit('even newer')).rejects.toThrow();
  await edit('newest');
  await pass();
  expect(shown).toEqual(['newer', 'newest', 'newest']);
  await pass();
  expect(shown.at(-1)).toBe('newest');
});

test('an edit that was answered is written once, whatever the answer was', async () => {
  const { edit, shown, pass } = scene([new PlatformError('an edit', 412, '', ''), undefined]);
  await expect(edit('old')).rejects.toThrow('412');
  await edit('new');
  await pass();
  expect(shown).toEqual(['new']);
});

test('a message that is gone is let go', async () => {
  const { edit, shown, pass } = scene([silent(), new PlatformError('an edit', 404, '', ''), undefined]);
  await expect(edit('old')).rejects.toThrow();
  await expect(edit('new')).rejects.toThrow('404');
  await pass();
  expect(shown).toEqual([]);
});
