/** The part of the suite of stores about appends that race. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Appended, Store } from '../../src/core/ports.ts';
import { declared, NIGHT, note, summary } from './sample.ts';
import type { StoreAtWork } from './store-under-test.ts';

export function racingAppends(at: StoreAtWork): void {
  let store: Store;
  beforeEach(() => {
    store = at.current();
  });
  const make = (id: string, over?: Parameters<typeof summary>[0]) => store.append(id, 0, [declared()], summary(over));
  const ids = async (query: Parameters<Store['list']>[0]) => (await store.list(query)).map(({ id }) => id);

  describe('races', () => {
    test('of many appends to one version exactly one wins, and what it wrote is what is there', async () => {
      await make('INC-1');
      for (let version = 1; version <= 5; version++) {
        const answers = await Promise.all(
          Array.from({ length: 40 }, (_, racer) =>
            store.append('INC-1', version, [note(version + 1, `racer ${racer}`)], summary({ title: `${racer}` })),
          ),
        );
        const winner = answers.indexOf('appended');
        expect(answers.filter((answer) => answer === 'conflict')).toHaveLength(39);
        const stored = await store.load('INC-1', version);
        expect(stored?.version).toBe(version + 1);
        expect(stored?.events).toEqual([note(version + 1, `racer ${winner}`)]);
        expect((await store.list({}))[0]?.title).toBe(`${winner}`);
      }
    });

    test('of many that make one incident exactly one wins', async () => {
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, racer) =>
          store.append('INC-1', 0, [declared(NIGHT + racer)], summary({ declaredAt: NIGHT + racer })),
        ),
      );
      const winner = answers.indexOf('appended');
      expect(answers.filter((answer) => answer === 'conflict')).toHaveLength(39);
      expect((await store.load('INC-1'))?.events).toEqual([declared(NIGHT + winner)]);
    });

    test('writers that load and try again after a conflict all get their events in, once each and without gaps', async () => {
      await make('INC-1');
      async function write(text: string): Promise<void> {
        let answer: Appended = 'conflict';
        while (answer === 'conflict') {
          const version = (await store.load('INC-1'))?.version ?? 0;
          answer = await store.append('INC-1', version, [note(version + 1, text)], summary());
        }
        expect(answer).toBe('appended');
      }
      const texts = Array.from({ length: 40 }, (_, index) => `Note by writer ${index}`);
      await Promise.all(texts.map(write));
      const events = (await store.load('INC-1'))?.events ?? [];
      expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
      const kept = events.flatMap((event) => (event.type === 'note-kept' ? [event.text] : []));
      expect(kept.sort()).toEqual(texts.sort());
    });

    test('of many that open incidents with one key exactly one wins, and the others are told which', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => make(`INC-${index + 1}`, { key: 'k' })),
      );
      const winner = `INC-${answers.indexOf('appended') + 1}`;
      expect(answers.filter((answer) => answer !== 'appended')).toEqual(Array(19).fill({ duplicate: winner }));
      expect(await ids({})).toEqual([winner]);
      expect(await store.withKey('k')).toBe(winner);
    });
  });
}
