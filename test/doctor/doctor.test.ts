// The doctor as people meet it: what it says of nothing and of much, how it ends, and that it gives no secret away.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { clockFindings } from '../../src/doctor/clock.ts';
import { readyAt, startBaton } from '../durability/baton-process.ts';
import { openDiscord } from '../support/discord-double.ts';
import { doctorSays, of } from '../support/doctor.ts';
import { startNtfy } from '../support/ntfy-double.ts';
import { startStatuspage } from '../support/statuspage-double.ts';
import { openIssuer } from '../support/teams-issuer.ts';

const DOCTOR = join(import.meta.dirname, '../../src/doctor.ts');

jest.setTimeout(60_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-doctor-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(environment: Record<string, string> = {}, ...args: string[]) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', DOCTOR, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', TZ: 'UTC', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', errors: '' };
  child.stdout.on('data', (text) => (said.out += String(text)));
  child.stderr.on('data', (text) => (said.errors += String(text)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { ...said, code };
}

/** Takes connections and never says a word. */
async function silent(): Promise<Server & { readonly host: string }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(server, { host: `127.0.0.1:${(server.address() as AddressInfo).port}` });
}

describe('as a process', () => {
  test('nothing configured: calm, nothing wrong, nothing made', async () => {
    const { out, errors, code } = await run();
    expect(out.replace(/\d+ [GM]B are/, 'much is').replaceAll(folder, '/house')).toBe(
      `Configuration
  ok     There is no baton.yaml: every setting has its default.

Storage
  ok     The data directory /house/data is not there yet; Baton makes it at its first start.
  ok     much is free on the disk of /house/data.
  ok     There is no database yet; Baton makes it at its first start.

Console and HTTP
  ok     PORT is 0: Baton takes any free port.
  -      PUBLIC_URL is not set: cards and pages carry no links to the console.

Teams is not set up.
Discord is not set up.
Alerts from alertmanager, grafana, json are taken from this machine only, at http://127.0.0.1:0/hooks/{source}/local: no secret is set.
No pager is set up.
No publisher is set up.

5 ok, nothing wrong.
`,
    );
    expect({ errors, code }).toEqual({ errors: '', code: 0 });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('something wrong: what to do below it, and 1 at the end; the same as data', async () => {
    writeFileSync(join(folder, 'baton.yaml'), 'lul: {after: 2m}\nnight: {from: 99}\n');
    const text = await run();
    expect(text.out).toContain('  wrong  baton.yaml:1:1 lul is not a setting.\n         > Did you mean "lull"?\n');
    expect(text.out).toContain('baton.yaml:2:');
    expect(text.out).toMatch(/\n\d+ ok, 1 worth knowing, 2 wrong\.\n$/);
    const { out, code } = await run({}, '--json');
    expect([text.code, code]).toEqual([1, 1]);
    const data = JSON.parse(out);
    expect(data).toMatchObject({ well: false, worthKnowing: 1, wrong: 2 });
    expect(data.groups[0]).toMatchObject({
      name: 'Configuration',
      findings: [
        { state: 'wrong', said: 'baton.yaml:1:1 lul is not a setting.', remedy: 'Did you mean "lull"?' },
        {},
        {},
      ],
    });
    expect(data.groups).toContainEqual({
      name: 'Teams',
      findings: [{ state: 'not-set-up', said: 'Teams is not set up.' }],
    });
  });

  test('what it does not know it says, and does nothing', async () => {
    const { out, errors, code } = await run({}, '--jsno');
    expect(errors).toContain('The doctor does not know "--jsno". Did you mean --json?');
    expect({ out, code }).toEqual({ out: '', code: 2 });
    for (const args of [['now'], ['--json=yes'], ['-x']]) {
      expect(await run({}, ...args)).toMatchObject({ out: '', code: 2 });
    }
    expect(await run({}, '--help')).toMatchObject({ code: 0, errors: '' });
  });

  test('a server that says nothing is a finding, and the end comes all the same', async () => {
    const server = await silent();
    const yaml = `pagers: {webhook: {url: "https://${server.host}/page", secret: hush-hush}}`;
    writeFileSync(join(folder, 'baton.yaml'), yaml);
    const { out, code } = await run({ MONGODB_URI: `mongodb://${server.host}/x?directConnection=true` });
    server.close();
    expect(out).toContain(`  wrong  ${server.host} did not answer within 10 s.\n`);
    expect(out).toContain(`  wrong  The MongoDB at ${server.host}/x does not answer`);
    expect(code).toBe(1);
  });

  test('beside a running Baton, which goes on undisturbed', async () => {
    const baton = startBaton({ folder });
    const address = await readyAt(baton);
    const { out, code } = await run({ PORT: address.port });
    expect(out).toContain(`  ok     Baton runs at http://127.0.0.1:${address.port}/ and is ready.\n`);
    expect(out).toContain('can be read and is whole');
    expect(code).toBe(0);
    expect(await (await fetch(new URL('/readyz', address))).json()).toEqual({ ready: true });
    baton.kill('SIGTERM');
    expect(await baton.ended).toEqual({ code: 0, signal: null });
    expect(baton.output()).not.toMatch(/"level":"(warn|error)"/);
  });
});

describe('of the configuration', () => {
  const write = (yaml: string) => {
    const file = join(folder, 'baton.yaml');
    writeFileSync(file, yaml);
    return { BATON_CONFIG: file };
  };

  test('warnings are worth knowing, each with its remedy', async () => {
    const said = await doctorSays(write('rooms: {always: [discord]}'));
    expect(of(said, 'Configuration', 'note')).toEqual([
      'note: baton.yaml:1:18 rooms.always leads to discord, which is not set up. > Set DISCORD_TOKEN (deploy/discord.md), or take it out: no room opens there.',
    ]);
  });

  test('a file with mistakes keeps nothing else from being looked at; an environment with mistakes does', async () => {
    const inFile = await doctorSays(write('lul: {after: 2m}'));
    expect(of(inFile, 'Storage').length).toBeGreaterThan(0);
    const inBoth = await doctorSays({ ...write('lul: {after: 2m}'), PORT: 'many', LOG_LEVEL: 'loud' });
    expect(of(inBoth, 'Configuration', 'wrong')).toHaveLength(3);
    expect(new Set(inBoth.map(({ group }) => group))).toEqual(new Set(['Configuration']));
  });

  test('people who can be paged, and no pager; places, and no publisher', async () => {
    const yaml = `
people: {anna: {name: Anna}}
seats: {db: {name: Database, chain: [anna]}}
places: {board: {name: Board, audience: stakeholders}}`;
    const said = await doctorSays(write(yaml));
    expect(of(said, 'Pagers')).toEqual([
      expect.stringMatching(/^note: No pager is set up: .* > Set one up below pagers/),
    ]);
    expect(of(said, 'Publishers')).toEqual(['unset: No publisher is set up. People post by hand at board.']);
  });

  test('where alerts have to be sent, without the secret', async () => {
    const yaml = 'hooks: {alertmanager: {secret: [the-old-secret, the-new-secret]}}';
    const outside = { PUBLIC_URL: 'https://127.0.0.1:2', BATON_TOKEN: 'a-token-that-is-long-enough' };
    expect(of(await doctorSays({ ...write(yaml), ...outside }), 'Alerts in', 'ok', 'note')).toEqual([
      'ok: alertmanager has to send to https://127.0.0.1:2/hooks/alertmanager/{secret}, with any of 2 secrets.',
    ]);
    const everywhere = { HOST: '0.0.0.0', BATON_TOKEN: 'a-token-that-is-long-enough' };
    expect(of(await doctorSays({ ...write(yaml), ...everywhere }), 'Alerts in')).toEqual([
      `ok: alertmanager has to send to http://${hostname()}:0/hooks/alertmanager/{secret}, with any of 2 secrets.`,
      expect.stringMatching(/^unset: .* at http:\/\/127\.0\.0\.1:0\/hooks\/\{source\}\/local: no secret is set\.$/),
    ]);
    expect(of(await doctorSays(write(yaml)), 'Alerts in', 'ok', 'note')).toEqual([
      expect.stringMatching(/^note: alertmanager has a secret, and only this machine reaches /),
    ]);
  });
});

describe('of those who page and publish', () => {
  test('every pager that is set up, by its host; its keys are never said', async () => {
    const server = await silent();
    const file = join(folder, 'baton.yaml');
    const key = '0123456789abcdef0123456789abcdef';
    writeFileSync(file, `pagers: {pagerduty: {url: "http://${server.host}", key: ${key}}}`);
    const said = await doctorSays({ BATON_CONFIG: file });
    server.close();
    expect(of(said, 'Pagers')).toEqual([
      `ok: ${server.host} can be reached; whether it takes pages shows only when one is sent.`,
    ]);
    writeFileSync(file, 'pagers: {pagerduty: {key: 1234567890}}');
    expect(of(await doctorSays({ BATON_CONFIG: file }), 'Configuration').join()).not.toContain('1234567890');
  });

  test('an ntfy that is asked whose token it is, and told nothing', async () => {
    const server = await startNtfy('tk_the-right-one');
    const file = join(folder, 'baton.yaml');
    const says = async (token: string) => {
      const ntfy = `{url: "${server.url}", token: ${token}, topics: {anna: topic-of-anna}}`;
      writeFileSync(file, `people: {anna: {name: Anna}}\npagers: {ntfy: ${ntfy}}`);
      return of(await doctorSays({ BATON_CONFIG: file }), 'Pagers').join();
    };
    expect(await says('tk_the-right-one')).toMatch(/^ok: .* accepts the token/);
    expect(await says('tk_another')).toMatch(/^wrong: .* answers 401 to the token of pagers\.ntfy\. > Make a new one/);
    await server.stop();
    expect(await says('tk_the-right-one')).toMatch(/^wrong: .*, where pages go, /);
    expect(server.pushed).toEqual([]);
  });

  test('a Statuspage that is asked what it shows, and told nothing', async () => {
    const server = await startStatuspage('the-right-key');
    const channel = await silent();
    const file = join(folder, 'baton.yaml');
    const says = async (key: string, page = 'p4g3') => {
      const statuspage = `{url: "${server.url}", page: ${page}, key: ${key}, place: page}`;
      const places = '{page: {name: Page, audience: customers}, room: {name: Room, audience: stakeholders}}';
      const chat = `{room: "http://${channel.host}/services/hush-hush-hush"}`;
      writeFileSync(file, `places: ${places}\npublishers: {statuspage: ${statuspage}, chat: ${chat}}`);
      return of(await doctorSays({ BATON_CONFIG: file }), 'Publishers');
    };
    expect(await says('the-right-key')).toEqual([
      expect.stringMatching(/^ok: .* shows the incidents of the page p4g3 for the key\./),
      `ok: ${channel.host} can be reached; whether it takes publications shows only when one is sent.`,
    ]);
    expect((await says('another-key'))[0]).toMatch(/^wrong: .* answers 401 .* > Set publishers\.statuspage\.key/);
    expect((await says('the-right-key', 'other'))[0]).toMatch(
      /^wrong: .* answers 404 .* > Set publishers\.statuspage\.page/,
    );
    await server.stop();
    channel.close();
    expect(server.incidents).toEqual([]);
  });

  test('one that can be reached is sent nothing; one that cannot is wrong', async () => {
    const server = await silent();
    let heard = '';
    server.on('connection', (socket) => socket.on('error', () => {}).on('data', (bytes) => (heard += String(bytes))));
    const file = join(folder, 'baton.yaml');
    writeFileSync(
      file,
      `pagers: {webhook: {url: "http://${server.host}/page?key=in-the-address", secret: hush-hush}}
publishers: {webhook: {url: "http://127.0.0.1:2/publish", secret: hush-hush}}`,
    );
    const said = await doctorSays({ BATON_CONFIG: file });
    server.close();
    expect(of(said, 'Pagers')).toEqual([
      `ok: ${server.host} can be reached; whether it takes pages shows only when one is sent.`,
    ]);
    expect(of(said, 'Publishers')).toEqual([
      expect.stringMatching(/^wrong: 127\.0\.0\.1:2, where publications go, refuses the connection/),
    ]);
    expect(heard).toBe('');
  });
});

describe('of the clock', () => {
  const at = (...ahead: number[]) => clockFindings(ahead.map((one) => ({ host: 'example.com', ahead: one })));
  test('the middle of what servers say; minutes refuse tokens', () => {
    expect(at()).toEqual([]);
    expect(at(0, 90_000, -1_000)).toMatchObject([{ state: 'ok' }]);
    expect(at(42_000, 42_500, 0)).toMatchObject([
      { state: 'note', said: 'The clock is 42 s behind that of example.com.' },
    ]);
    expect(at(-400_000)).toMatchObject([
      { state: 'wrong', said: 'The clock is 400 s ahead of that of example.com. Tokens are refused then.' },
    ]);
  });
});

test('an error that repeats a password is said without it', async () => {
  // Node itself names the whole address that it does not take.
  const said = of(await doctorSays({ PUBLIC_URL: 'http://ops:hush-hush-hush@localhost:2' }), 'Console and HTTP').join();
  expect(said).toContain('http://ops:[secret]@localhost:2');
  expect(said).not.toContain('hush-hush-hush');
});

test('no secret is ever said, whatever it looks like and whoever repeats it', async () => {
  const [issuer, discord] = await Promise.all([openIssuer(), openDiscord()]);
  const secret = fc
    .string({ minLength: 16, maxLength: 40, unit: fc.constantFrom(...'abcXYZ019-_.~!%&+/:@ß'.split('')) })
    .map((text) => `s3${text}t`);
  const file = join(folder, 'baton.yaml');
  await fc.assert(
    fc.asyncProperty(fc.tuple(secret, secret, secret, secret, secret, secret, fc.boolean()), async (given) => {
      const [password, token, own, mongo, hook, pager, broken] = given;
      writeFileSync(
        file,
        JSON.stringify({
          hooks: { alertmanager: { secret: broken ? [hook, 12_345_678] : hook } },
          pagers: { webhook: { url: `http://127.0.0.1:2/${encodeURIComponent(pager)}`, secret: '$PAGER' } },
        }),
      );
      const said = await doctorSays(
        {
          BATON_CONFIG: file,
          MicrosoftAppId: '00000000-0000-0000-0000-0000000000b0',
          MicrosoftAppTenantId: '00000000-0000-0000-0000-0000000000f1',
          MicrosoftAppPassword: password,
          ToChannelFromBotLoginUrl: issuer.url,
          ToBotFromChannelOpenIdMetadataUrl: `${issuer.url}/openid`,
          DISCORD_TOKEN: token,
          DISCORD_API_URL: discord.api,
          BATON_TOKEN: own,
          MONGODB_URI: `mongodb://baton:${encodeURIComponent(mongo)}@127.0.0.1:2/x?serverSelectionTimeoutMS=50`,
          PAGER: pager,
        },
        2_000,
      );
      expect(said.filter(({ state }) => state === 'wrong').length).toBeGreaterThan(1);
      const text = JSON.stringify(said);
      for (const one of [password, token, own, mongo, hook, pager, '12345678']) {
        expect(text).not.toContain(JSON.stringify(one).slice(1, -1));
        expect(text).not.toContain(encodeURIComponent(one));
      }
    }),
    { numRuns: 8 },
  );
  await Promise.all([issuer.stop(), discord.close()]);
});
