/** A timeline can be taken as PNG anywhere: every script has its letters without a font of the machine, and no picture harms Baton. */
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { createPictures, type Pictures } from '../../../src/adapters/canvas/pictures.ts';
import { narrowed } from '../../../src/cards/breadth.ts';
import type { Picture, Shape } from '../../../src/cards/picture.ts';
import type { Log } from '../../../src/core/ports.ts';

let said: string[] = [];
const keep = (facts: object, message: string) => void said.push(JSON.stringify({ ...facts, message }));
const log: Log = { info: keep, warn: keep, error: keep };

let pictures: Pictures;
beforeAll(() => {
  // As on a machine without any: the process that paints inherits it.
  process.env.DISABLE_SYSTEM_FONTS_LOAD = '1';
  pictures = createPictures(log);
});
afterAll(() => pictures.stop());

function blank(height = 60, ...shapes: Shape[]): Picture {
  return { title: '', width: 200, height, shapes };
}

function written(text: string): Picture {
  return blank(60, { is: 'text', at: [10, 40], text, size: 24 });
}

/** How much ink is where, and how large the picture is. */
async function seen(picture: Picture) {
  const painted = await pictures.png(picture);
  if (!('png' in painted)) throw new Error(`not painted: ${painted.unpainted} ${said.join()}`);
  const image = await loadImage(painted.png);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const ink = data.filter((_, n) => n % 4 === 3);
  return {
    width: image.width,
    height: image.height,
    ink: Buffer.from(ink),
    inked: ink.filter((one) => one > 0).length,
  };
}

test('a picture is painted at twice its size, with what lies on it in its colours', async () => {
  const box: Shape = { is: 'box', at: [0, 0], width: 200, height: 60, colour: '#a3271f' };
  const { width, height, inked } = await seen(blank(60, box));
  expect([width, height, inked]).toEqual([400, 120, 400 * 120]);
});

describe('letters are there without a font of the machine', () => {
  test.each([
    ['English', 'Rgk'],
    ['German', 'äßÜ'],
    ['Polish', 'łęż'],
    ['Greek', 'λδψ'],
    ['Cyrillic', 'Жфы'],
    ['Vietnamese', 'ệữở'],
    ['Arabic', 'خلع'],
    ['Hebrew', 'שםת'],
    ['Hindi', 'हदन'],
    ['Thai', 'ไทย'],
    ['Japanese', '決済が'],
    ['Chinese', '支付败'],
    ['Korean', '결제실'],
    ['emoji', '🔥✅⚠'],
  ])('%s', async (_, letters) => {
    // What no font has is drawn as a box, the same for every letter.
    const box = await seen(written('\u{10FFFD}'));
    expect(box.inked).toBeGreaterThan(0);
    const drawn = await Promise.all([...letters].map((letter) => seen(written(letter))));
    for (const { inked, ink } of drawn) {
      expect(inked).toBeGreaterThan(20);
      expect(ink.equals(box.ink)).toBe(false);
    }
    expect(new Set(drawn.map(({ ink }) => ink.toString('base64'))).size).toBe(drawn.length);
  });

  test('Arabic letters are joined, and read from the right', async () => {
    const joined = await seen(written('خلل'));
    const apart = await seen(written('خ\u200Cل\u200Cل'));
    expect(joined.ink.equals(apart.ink)).toBe(false);
  });
});

test.each([
  ['nothing', ''],
  ['control characters', '\u0000\u0007\u001B[31m\uFFFE'],
  ['half a character', '\uD83D and \uDD25'],
  ['a tower of marks', `Z${'\u0301'.repeat(2_000)}`],
  ['markup', '</text><script>alert(1)</script>'],
  ['what turns the direction', '\u202E\u2066abc\u2069\u202C'],
  ['a very long word', 'W'.repeat(100_000)],
  ['private letters', '\uE000\u{F0000}\u{10FFFD}'],
])('a text of %s is painted like any other', async (_, text) => {
  expect((await seen(written(text))).width).toBe(400);
});

test.each(['W', 'M', 'm', 'i', 'Ä', 'ж', '済', '결', 'ไ', 'خ', 'ש', '🔥', 'ﷺ', 'Aa1. '])(
  'a long text of %s stays within the width it was cut for',
  async (letter) => {
    const ems = 6;
    const { ink, width } = await seen(written(narrowed(letter.repeat(200), ems)));
    const right = 2 * (10 + ems * 24);
    expect(ink.findIndex((one, n) => one > 0 && n % width > right)).toBe(-1);
  },
);

test('a high picture is painted smaller, and one that could not be read is refused', async () => {
  expect(await seen(blank(10_000))).toMatchObject({ width: 320, height: 16_000 });
  expect(await pictures.png(blank(16_001))).toEqual({ unpainted: 'too-tall' });
});

describe('a painter that fails costs nobody more than the picture', () => {
  let failing: Pictures | undefined;
  beforeEach(() => {
    said = [];
  });
  afterEach(() => failing?.stop());

  function start(name: string, longest?: number): Pictures {
    const painter = fileURLToPath(new URL(`../../fixtures/painters/${name}.mjs`, import.meta.url));
    failing = createPictures(log, { painter, ...(longest && { longest }) });
    return failing;
  }

  test.each([
    ['ends', /the painter ended \(7\)/],
    ['is-silent', /longer than 300 ms/],
    ['is-missing', /the painter ended/],
  ])('it %s', async (name, why) => {
    const painting = start(name, name === 'is-silent' ? 300 : undefined);
    expect(await painting.png(written('a'))).toEqual({ unpainted: 'failed' });
    expect(said.join()).toMatch(why);
  });

  test('the next picture has a new one', async () => {
    const painting = start('ends-once');
    const painted = await Promise.all(['a', 'b'].map((text) => painting.png(written(text))));
    expect(painted[0]).toEqual({ unpainted: 'failed' });
    expect(painted[1]).toHaveProperty('png');
  });

  test('who asks for one too many is told so, and the others have theirs', async () => {
    const painted = await Promise.all(Array.from({ length: 22 }, () => pictures.png(written('a'))));
    expect(painted.filter((one) => 'png' in one)).toHaveLength(20);
    expect(painted.slice(20)).toEqual([{ unpainted: 'too-many' }, { unpainted: 'too-many' }]);
  });

  test('whoever waits while Baton is stopped is told so', async () => {
    const painting = start('is-silent');
    const waiting = painting.png(written('a'));
    await new Promise((started) => setImmediate(started));
    painting.stop();
    expect(await waiting).toEqual({ unpainted: 'stopping' });
    expect(await painting.png(written('b'))).toEqual({ unpainted: 'stopping' });
  });
});
