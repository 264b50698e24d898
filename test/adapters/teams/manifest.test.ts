// The app package: held against Microsoft's own schemas, and unpacked again.
import { createRequire } from 'node:module';
import { inflateRawSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { colourIcon, outlineIcon } from '../../../src/adapters/teams/icons.ts';
import { localization, MANIFEST_VERSION, manifest, others, problemsOf } from '../../../src/adapters/teams/manifest.ts';
import { appPackage } from '../../../src/adapters/teams/package.ts';
import { isView } from '../../../src/cards/buttons.ts';
import { commandTyped } from '../../../src/cards/typed.ts';
import { COMMANDS } from '../../../src/core/commands/index.ts';

const APP = { appId: '00000000-0000-0000-0000-0000000000b0', publicUrl: 'https://baton.example.com', version: '1.2.3' };
const require = createRequire(import.meta.url);

/** What Microsoft's schema has to say about a file of the package. */
function objections(file: string, value: unknown): unknown {
  const schema = require(`@microsoft/app-manifest/build/json-schemas/teams/v${MANIFEST_VERSION}/${file}`);
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const valid = ajv.compile(schema)(value);
  return valid ? [] : ajv.errors;
}

test('the manifest and its languages are valid by Microsoft’s schemas', () => {
  expect(objections('MicrosoftTeams.schema.json', manifest(APP))).toEqual([]);
  expect(others()).toContain('de');
  for (const language of others()) {
    expect(objections('MicrosoftTeams.Localization.schema.json', localization(language))).toEqual([]);
  }
});

test('the menu names commands that can be typed, and says in each language what they do', () => {
  const { bots } = manifest(APP) as { bots: { commandLists: { commands: { title: string }[] }[] }[] };
  const titles = bots[0]?.commandLists.flatMap(({ commands }) => commands.map(({ title }) => title)) ?? [];
  expect(titles.length).toBeGreaterThan(20);
  expect(titles.filter((title) => !commandTyped(title, COMMANDS) && !isView(title))).toEqual([]);
  const german = Object.entries(localization('de')).filter(([key]) => key.endsWith('.description'));
  expect(german.every(([, text]) => typeof text === 'string' && text !== '')).toBe(true);
});

test('works in teams, group chats and personal chats, with the extension for messages', () => {
  const made = manifest(APP) as {
    bots: { scopes: string[]; botId: string }[];
    composeExtensions: { commands: { id: string; context: string[] }[] }[];
  };
  expect(made.bots[0]?.scopes).toEqual(['team', 'groupChat', 'personal']);
  expect(made.composeExtensions[0]?.commands.map(({ id }) => id)).toEqual(['declare', 'keep-evidence']);
});

describe('what Teams would refuse', () => {
  test.each([
    ['no id', { ...APP, appId: '' }, /MicrosoftAppId/],
    ['an address without TLS', { ...APP, publicUrl: 'http://baton.example.com' }, /https/],
    ['a version of two numbers', { ...APP, version: '1.2' }, /three numbers/],
  ])('%s is said, and nothing is packed', (_what, app, said) => {
    expect(problemsOf(manifest(app)).join()).toMatch(said);
    expect(appPackage(app)).toHaveProperty('problems');
  });

  test('no address at all', () => {
    expect(appPackage({ ...APP, publicUrl: '' })).toEqual({ problems: [expect.stringContaining('PUBLIC_URL')] });
  });
});

describe('the package', () => {
  const made = appPackage(APP);
  if ('problems' in made) throw new Error(made.problems.join());
  const files = unzipped(Buffer.from(made.bytes));

  test('holds the manifest, the languages and the icons, and is the same each time', () => {
    expect([...files.keys()]).toEqual(['manifest.json', 'de.json', 'color.png', 'outline.png']);
    expect(JSON.parse(files.get('manifest.json')?.toString() ?? '')).toMatchObject({ id: APP.appId, version: '1.2.3' });
    expect(appPackage(APP)).toEqual(made);
  });

  test.each([
    ['color.png', colourIcon(), 192],
    ['outline.png', outlineIcon(), 32],
  ])('%s is a PNG of the size that Teams wants', (name, drawn, side) => {
    const png = files.get(name) ?? Buffer.alloc(0);
    expect(png.equals(Buffer.from(drawn))).toBe(true);
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([side, side]);
    const pixels = inflateSync(png.subarray(41, png.length - 16));
    expect(pixels).toHaveLength(side * (side * 4 + 1));
    const colours = new Set<number>();
    for (let y = 0; y < side; y += 1) {
      for (let x = 0; x < side; x += 1) colours.add(pixels.readUInt32BE(y * (side * 4 + 1) + 1 + x * 4));
    }
    // The outline is white alone, on nothing; the other one is drawn in colours.
    if (name === 'outline.png') expect([...colours].every((colour) => colour >>> 8 === 0xffffff)).toBe(true);
    expect(colours.size).toBeGreaterThan(3);
  });
});

/** Reads a zip by its directory, as any unpacker does. */
function unzipped(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.lastIndexOf('PK\u0005\u0006');
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let n = 0; n < bytes.readUInt16LE(end + 10); n += 1) {
    const [packed, length] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28)];
    const name = bytes.subarray(at + 46, at + 46 + length).toString();
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    files.set(name, inflateRawSync(bytes.subarray(start, start + packed)));
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}
