/** A Baton whose people ask for codes and type them on two platforms, at the desk that all surfaces share, on either store. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wordsFor } from '../../src/cards/words/words.ts';
import { createHandler, type Handler } from '../../src/core/handle.ts';
import type { Log } from '../../src/core/ports.ts';
import type { People, PersonId } from '../../src/core/units.ts';
import { createLinking } from '../../src/desk/linking.ts';
import { type Asker, createOrders, type Outcome } from '../../src/desk/orders.ts';
import { openStorage, type Storage } from '../../src/storage.ts';
import { SETTINGS, TUESDAY_AFTERNOON } from './room.ts';

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** One of the instances, and its desk on each platform. */
export interface Instance {
  readonly handler: Handler;
  readonly storage: Storage;
  /** Types a line on a platform, as somebody with an account there. */
  types(
    via: string,
    by: PersonId,
    line: string,
    more?: { readonly openly?: boolean; readonly language?: string },
  ): Promise<Outcome>;
  /** Presses a button of the card that was shown. */
  presses(via: string, by: PersonId, label: RegExp, shown: Outcome): Promise<Outcome>;
}

export interface LinkedHouse {
  readonly instances: readonly Instance[];
  now: number;
  order(by: PersonId, command: string, fields?: Record<string, unknown>): Promise<void>;
  stop(): Promise<void>;
}

/** @param mongodbUri absent: one instance on SQLite; else two that share the database */
export async function openLinked(people: People, mongodbUri?: string): Promise<LinkedHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-linked-'));
  let orders = 0;
  let lines = 0;

  async function instance(): Promise<Instance> {
    const storage = await openStorage({ dataDir: folder, mongodbUri }, silent);
    const { store, directory, memory, sharing } = storage;
    const handler = createHandler({
      store,
      directory,
      jobs: { keep: async () => false, start: async () => {}, stop: async () => {} },
      ...(sharing && { sharing }),
      outlets: [],
      settings: SETTINGS,
      people,
      now: () => house.now,
      later: () => {},
      log: silent,
    });
    const linking = createLinking(memory, handler);
    const desk = (via: string, openly: boolean, language: string) =>
      createOrders<Asker>({
        intake: handler,
        via,
        slashed: via === 'discord',
        wordsOf: ({ world }, incident) => wordsFor({ language, zone: 'Europe/Berlin' }, world.people, incident),
        linking: { at: linking, accountOf: ({ by }) => `${via}:${by}`, openly: () => openly },
      });
    const asker = async (by: PersonId): Promise<Asker> => ({ by, world: await handler.world() });
    return {
      handler,
      storage,
      async types(via, by, line, { openly = false, language = 'en' } = {}) {
        lines += 1;
        return desk(via, openly, language).line(line, `line-${lines}`, undefined, await asker(by));
      },
      async presses(via, by, label, shown) {
        const button = buttonsOf(shown).find((one) => label.test(one.label));
        if (!button) throw new Error(`nothing called ${String(label)} in\n${said(shown)}`);
        return desk(via, false, 'en').press(button, await asker(by));
      },
    };
  }

  const instances: Instance[] = [];
  const house: LinkedHouse = {
    instances,
    now: TUESDAY_AFTERNOON,
    async order(by, command, fields = {}) {
      orders += 1;
      const incident = command === 'declare' ? {} : { incident: 'INC-1' };
      const [first] = instances;
      const answer = await first?.handler.handle({
        id: `order-${orders}`,
        by,
        command,
        fields,
        via: 'test',
        ...incident,
      });
      if (!answer || 'refusal' in answer) throw new Error(`${command}: ${JSON.stringify(answer?.refusal)}`);
    },
    async stop() {
      for (const { handler, storage } of instances) {
        await handler.settled();
        await storage.store.stop();
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
  for (let n = 0; n < (mongodbUri === undefined ? 1 : 2); n += 1) instances.push(await instance());
  return house;
}

function buttonsOf(outcome: Outcome) {
  if (!('card' in outcome)) return [];
  return outcome.card.blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []));
}

/** Everything that a card says. */
export function said(outcome: Outcome): string {
  if (!('card' in outcome)) return outcome.lines.join('\n');
  const texts = outcome.card.blocks.flatMap((block) => {
    if (block.type === 'line') return [block.text, block.why ?? ''];
    return 'text' in block ? [block.text] : [];
  });
  return texts.join('\n');
}

/** The code that a card shows. */
export function codeIn(outcome: Outcome): string {
  const found = /\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b/.exec(said(outcome))?.[0];
  if (found === undefined) throw new Error(`no code is shown in\n${said(outcome)}`);
  return found;
}
