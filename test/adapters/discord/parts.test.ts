// The parts of the surface by themselves: what is written, packed, registered, and how patient it is.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applicationCommands, sizeOf } from '../../../src/adapters/discord/commands.ts';
import { COMMAND_SIZE, LONGEST_RECONNECT, SLOW_IDENTIFY } from '../../../src/adapters/discord/limits.ts';
import { plain } from '../../../src/adapters/discord/markdown.ts';
import { createPace } from '../../../src/adapters/discord/pace.ts';
import { isAfter } from '../../../src/adapters/discord/papers.ts';
import { lacking, PERMISSIONS } from '../../../src/adapters/discord/permissions.ts';
import { pack, readFields, unpack } from '../../../src/adapters/discord/press.ts';
import { cardMessage, fits } from '../../../src/adapters/discord/render.ts';
import { channelName } from '../../../src/adapters/discord/rooms.ts';
import { VIEWS } from '../../../src/cards/buttons.ts';
import type { Block, Card } from '../../../src/cards/card.ts';
import { COMMANDS } from '../../../src/core/commands/index.ts';
import type { Incident } from '../../../src/core/incident.ts';
import { refusedBecause } from '../../support/discord-rules.ts';

describe('commands', () => {
  const commands = applicationCommands() as unknown as {
    name: string;
    options: { type: number; name: string; options?: { name: string }[] }[];
  }[];

  test('are taken by Discord, within its size', () => {
    expect(refusedBecause('PUT', '/applications/1/guilds/2/commands', commands)).toBeUndefined();
    expect(sizeOf(commands[0] as never)).toBeLessThanOrEqual(COMMAND_SIZE);
  });

  test('are all there, each once', () => {
    const named = (commands[0]?.options ?? []).flatMap((one) =>
      (one.type === 2 ? (one.options ?? []) : [one]).map(({ name }) => name),
    );
    const offered = COMMANDS.filter(({ right }) => right !== 'adapter').map(({ name }) => name);
    expect([...named].sort()).toEqual([...offered, ...VIEWS].sort());
  });
});

describe('what people write', () => {
  test('stays as it is', () => {
    expect(plain('*a* _b_ `c` ~d~ |e| [f](g) <@1>')).toBe('\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\|e\\| \\[f\\](g) \\<@1>');
    expect(plain('# no heading\n- no list\n1. no list\n> no quote')).toBe(
      '\\# no heading\n\\- no list\n1\\. no list\n\\> no quote',
    );
    expect(plain('@everyone')).not.toContain('@everyone');
  });

  test('leads where it led', () => {
    const link = 'https://wiki.example/a_b_(c)*d*~e~|f[g]?x=`y`';
    expect(plain(`_see_ ${link} *now*`)).toBe(`\\_see\\_ ${link} \\*now\\*`);
    expect(plain('<https://wiki.example/a_b>')).toBe('\\<https://wiki.example/a_b>');
    expect(plain('https://wiki.example/@everyone')).not.toContain('@everyone');
  });

  test('never makes a mention', () => {
    const unit = fc.constantFrom('<', '@', '#', '1', '>', '\\', '!', 'a', ' ', 'https://a');
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        // As Discord reads it: an address goes on until a space or an opening angle, and what is escaped is only itself.
        const read = plain(text).replace(/https?:\/\/[^\s<]+|\\./g, '');
        expect(read).not.toMatch(/<[@#]/);
      }),
    );
  });
});

describe('a press', () => {
  const value = fc.oneof(
    fc.string(),
    fc.integer({ min: 0, max: 999 }),
    fc.boolean(),
    fc.array(fc.string(), { maxLength: 3 }),
  );

  test('comes back as it was, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), value, { maxKeys: 4 }),
        fc.option(fc.nat(999), { nil: undefined }),
        (fields, seen) => {
          const packed = pack({ command: 'delegate', incident: 'INC-1', seen, fields });
          expect(packed.id.length).toBeLessThanOrEqual(100);
          const back = unpack(packed.id);
          expect(back).toMatchObject({ command: 'delegate', incident: 'INC-1' });
          expect(back?.fields ?? readFields(packed.long?.fields ?? '')).toEqual({ ...fields });
        },
      ),
    );
  });

  test('that was not made here is none', () => {
    for (const id of ['', 'b', 'x:y', 'b:note:INC-1:seven::', 'm:note::::']) expect(unpack(id)).toBeUndefined();
    expect(unpack('b:note:INC-1:1::{"a":{"b":1}}')?.fields).toBeUndefined();
  });
});

test('every card fits, however much is on it', () => {
  const text = fc.string({ maxLength: 1_500, size: 'max' });
  const block: fc.Arbitrary<Block> = fc.oneof(
    text.map((one) => ({ type: 'text', text: one }) as const),
    text.map((one) => ({ type: 'line', text: one, why: one.slice(0, 300) }) as const),
    fc
      .array(text, { maxLength: 30, size: 'max' })
      .map((all) => ({ type: 'rows', rows: all.map((value) => ({ label: 'x', value })) }) as const),
    fc
      .array(text, { maxLength: 30, size: 'max' })
      .map((all) => ({ type: 'list', title: 't', items: all.map((value) => ({ label: 'x', value })) }) as const),
    fc.array(fc.string({ minLength: 1, maxLength: 200 }), { maxLength: 25, size: 'max' }).map(
      (all) =>
        ({
          type: 'buttons',
          buttons: all.map((label) => ({
            label: label || 'x',
            command: 'note',
            fields: { text: label },
            form: false,
          })),
        }) as const,
    ),
  );
  fc.assert(
    fc.property(fc.array(block, { maxLength: 8, size: 'max' }), (blocks) => {
      const card: Card = { key: 'k', title: 'INC-1', version: 3, blocks };
      expect(fits(cardMessage(card, { incident: 'INC-1', more: 'More' }).message)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('a card that is far too much keeps its first line and every button', () => {
  const blocks = Array.from({ length: 8 }, (_, group): Block[] => [
    { type: 'line', text: '*'.repeat(1_500), why: '*'.repeat(1_500) },
    {
      type: 'buttons',
      buttons: Array.from({ length: 25 }, (_, n) => {
        const label = `${group}/${n}`;
        return { label, command: 'note', fields: { text: label }, form: false };
      }),
    },
  ]).flat();
  const { message } = cardMessage({ key: 'k', title: 'INC-1', version: 3, blocks }, { more: 'More' });
  expect(fits(message)).toBe(true);
  const drawn = JSON.stringify(message);
  expect(drawn).toContain('\\\\*\\\\*');
  for (let group = 0; group < 8; group += 1)
    for (let n = 0; n < 25; n += 1) expect(drawn).toContain(`"label":"${group}/${n}"`);
});

describe('patience', () => {
  test('connections wait the longer the more of them there are, and never longer than a minute', () => {
    let now = 0;
    const pace = createPace(
      () => now,
      () => 1,
    );
    const delays = Array.from({ length: 12 }, () => pace.connect());
    expect(delays.slice(0, 3)).toEqual([0, 0, 0]);
    expect(delays.slice(3, 7)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(Math.max(...delays)).toBe(LONGEST_RECONNECT);
    now += 10 * 60_000;
    expect(pace.connect()).toBe(0);
  });

  test('a thousand identifies a day are out of reach', () => {
    let now = 0;
    const pace = createPace(
      () => now,
      () => 0,
    );
    let identifies = 0;
    while (now < 24 * 3_600_000) {
      now += pace.identify() + 500;
      identifies += 1;
    }
    expect(identifies).toBeLessThan(1_000);
    expect(pace.identify()).toBe(SLOW_IDENTIFY);
  });
});

test('the name of a channel is no half of a letter', () => {
  const incident = { id: 'INC-1', title: `${'a'.repeat(53)}𐐷 b`, drill: false } as Incident;
  expect(channelName(incident)).toBe(`inc-1-${'a'.repeat(53)}`);
});

test('effects are known apart by their place', () => {
  expect(isAfter('INC-1/2/0', undefined)).toBe(true);
  expect(isAfter('INC-1/10/0', 'INC-1/9/3')).toBe(true);
  expect(isAfter('INC-1/9/3', 'INC-1/9/3')).toBe(false);
  expect(isAfter('INC-1/9/2', 'INC-1/9/3')).toBe(false);
  expect(isAfter('INC-1/9/unclaimed:3', 'INC-1/9/0')).toBe(true);
  expect(isAfter('INC-1/9/unclaimed:3', 'INC-1/9/unclaimed:3')).toBe(false);
  expect(isAfter('INC-1/9/0', 'INC-1/9/unclaimed:3')).toBe(false);
});

test('the invitation asks for what is looked for, and an administrator lacks nothing', () => {
  expect(lacking(PERMISSIONS)).toEqual([]);
  expect(lacking(8n)).toEqual([]);
  expect(lacking(0n).length).toBeGreaterThan(5);
});
