// A drill as a process: the alert is there, the console answers, nothing goes out whatever the environment holds, and a signal ends it with the review.
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Record as Kept } from '../src/cards/record.ts';
import { endPrograms, runProgram } from './support/program.ts';

const PROGRAM = join(import.meta.dirname, '../src/drill.ts');

jest.setTimeout(120_000);

let folder: string;
let trap: Server;
let caught: number;
let port: number;

/** Whoever connects to the trap was let out of the drill. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-drill-'));
  caught = 0;
  trap = createServer((socket) => {
    caught += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(trap, 'listening');
  port = (trap.address() as { port: number }).port;
});

afterEach(async () => {
  await endPrograms();
  await new Promise((closed) => trap.close(closed));
  rmSync(folder, { recursive: true });
});

/** Everything that a Baton in earnest would page, publish or speak to, all of it leading into the trap. */
function hostile(): Record<string, string> {
  const url = `http://127.0.0.1:${port}/`;
  const yaml = `
people: {anna: {name: Anna Example}}
seats: {commander: {name: Commander, chain: [anna]}}
pagers: {webhook: {url: "${url}", secret: pager}}
places: {status: {name: Status page, audience: customers}, board: {name: Board, audience: stakeholders}}
publishers: {webhook: {url: "${url}", secret: publisher}}
`;
  writeFileSync(join(folder, 'baton.yaml'), yaml);
  return {
    BATON_CONFIG: join(folder, 'baton.yaml'),
    DATA_DIR: join(folder, 'data'),
    MONGODB_URI: `mongodb://127.0.0.1:${port}/baton`,
    DISCORD_TOKEN: 'token',
    DISCORD_API_URL: url,
    MicrosoftAppId: '00000000-0000-0000-0000-000000000001',
    MicrosoftAppPassword: 'password',
    MicrosoftAppTenantId: '00000000-0000-0000-0000-000000000002',
    HOST: '0.0.0.0',
    PUBLIC_URL: url,
    BATON_TOKEN: 'a token that is long enough',
    HTTP_PROXY: url,
    HTTPS_PROXY: url,
    http_proxy: url,
    NODE_USE_ENV_PROXY: '1',
  };
}

function run(options: readonly string[], environment: Record<string, string> = {}) {
  const program = runProgram(PROGRAM, options, folder, { PORT: '0', TZ: 'UTC', ...environment });
  return { ...program, address: () => until(() => /^Open (\S+) /m.exec(program.out())?.[1]) };
}

async function until<T>(ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let patience = 900; patience > 0; patience -= 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(100);
  }
  throw new Error('waited for nothing');
}

/** Somebody at a browser, as far as the console can tell. */
async function comesIn(address: string): Promise<(command: string, fields?: object) => Promise<unknown>> {
  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(new URL(path, address), { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as { readonly id?: string; readonly outcome?: string };
  };
  const { id } = await post('/console/session', { name: 'Lea Lerner' });
  let orders = 0;
  return async (command, fields = {}) => {
    orders += 1;
    const line = `/${command} ${Object.entries(fields)
      .map(([name, value]) => `${name}:"${value}"`)
      .join(' ')}`.trim();
    return post(`/console/lines?as=${id}`, { id: `line-${orders}`, incident: 'INC-1', line });
  };
}

const recordAt = async (address: string): Promise<Kept | undefined> => {
  const response = await fetch(new URL('/incidents/INC-1/record.json', address));
  return response.ok ? ((await response.json()) as Kept) : undefined;
};

test('an alert comes, the console answers, nothing goes out, and Ctrl-C ends it with the review', async () => {
  const drill = run(['--pace', 'fast', '--seed', 'one'], hostile());
  const address = await drill.address();
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  const says = await comesIn(address);
  const { incident } = await until(() => recordAt(address));
  expect(incident).toMatchObject({ drill: true, source: { kind: 'alert', via: 'alertmanager' } });
  expect(await says('take-command')).toMatchObject({ outcome: 'done' });
  await says('send-update', { text: 'We are on it' });
  // Somebody simulated has answered the first question by now.
  await until(async () =>
    (await recordAt(address))?.incident.evidence.find(({ text }) => text.startsWith('One in three')),
  );
  drill.kill('SIGINT');
  // npm hands the signal on a second time, which must not cut the review short.
  drill.kill('SIGINT');
  expect(await drill.exit()).toBe(0);
  expect(drill.out()).toContain('Ida (engineer on call)');
  expect(drill.out()).toContain('Review, from the record alone:');
  expect(drill.out()).toContain('✓ Lea Lerner took command');
  expect(drill.errors()).toBe('');

  expect(caught).toBe(0);
  expect(existsSync(join(folder, 'data'))).toBe(false);
  const [own = ''] = readdirSync(join(folder, 'drills'));
  expect(readdirSync(join(folder, 'drills', own)).sort()).toEqual(
    expect.arrayContaining(['baton.db', 'record.json', 'record.md', 'review.md', 'timeline.svg']),
  );
  expect(readFileSync(join(folder, 'drills', own, 'review.md'), 'utf8')).toMatch(/^# Review of DRILL INC-1: /);
});

test('in earnest the same environment does reach out: whatever is let out is caught', async () => {
  runProgram(join(import.meta.dirname, '../src/main.ts'), [], folder, { PORT: '0', ...hostile() });
  await until(() => (caught > 0 ? true : undefined));
});

test('a drill that was killed leaves nothing to the next, which begins at the beginning', async () => {
  const first = run(['--pace', 'fast']);
  await comesIn(await first.address());
  const before = await first.address();
  await until(() => recordAt(before));
  first.kill('SIGKILL');
  await first.exit();
  const second = run(['--pace', 'fast', '--scenario', 'failover']);
  const address = await second.address();
  expect(await recordAt(address)).toBeUndefined();
  await comesIn(address);
  expect((await until(() => recordAt(address))).incident.title).toBe('Orders are not saved');
  second.kill('SIGTERM');
  expect(await second.exit()).toBe(0);
  expect(readdirSync(join(folder, 'drills'))).toHaveLength(2);
});

test('ended before the alert came, it says so', async () => {
  const drill = run([]);
  await drill.address();
  drill.kill('SIGINT');
  expect(await drill.exit()).toBe(0);
  expect(drill.out()).toContain('nothing to review');
});

describe('asked for what it cannot do', () => {
  test.each([
    [['--scenario', 'flood'], /--scenario cannot be “flood”. Choose one of: bad-release, failover\./],
    [['--pace=slow', '--role', 'boss'], /--pace cannot be “slow”.*\n.*--role cannot be “boss”/],
    [['--speed', '3'], /“--speed” is no option of the drill\. There are: --scenario, --pace/],
    [['fast'], /“fast” is no option/],
    [['--seed'], /--seed wants a value\./],
    [['--seed', '../x'], /--seed wants up to 40 letters and digits, and not “\.\.\/x”/],
    [['--pace', 'langsam', '--language', 'de'], /--pace kann nicht „langsam“ sein/],
  ])('%j', async (options, said) => {
    const drill = run(options);
    expect(await drill.exit()).toBe(1);
    expect(drill.errors()).toMatch(said);
    expect(drill.out()).toBe('');
    expect(existsSync(join(folder, 'drills'))).toBe(false);
  });

  test('a port that is taken, or none', async () => {
    const taken = run([], { PORT: String(port) });
    expect(await taken.exit()).toBe(1);
    expect(taken.errors()).toMatch(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is taken\\..*set PORT`));
    expect(readdirSync(join(folder, 'drills'))).toEqual([]);
    const none = run([], { PORT: 'here' });
    expect(await none.exit()).toBe(1);
    expect(none.errors()).toMatch(/^PORT is "here", which is no port\./);
  });

  test('a folder that is none', async () => {
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'elsewhere'));
    const drill = run(['--folder', 'file']);
    expect(await drill.exit()).toBe(1);
    expect(drill.errors()).toMatch(/cannot write to file \((EEXIST|ENOTDIR)\)\. Name another folder with --folder\./);
  });
});

test('it says which scenarios there are, and what can be asked of it', async () => {
  const list = run(['--list']);
  expect(await list.exit()).toBe(0);
  expect(list.out()).toMatch(/^bad-release: .*\nfailover: .*\n$/);
  const help = run(['--help'], { LANG: 'de_DE.UTF-8' });
  expect(await help.exit()).toBe(0);
  expect(help.out()).toMatch(/^npm run drill -- \[Optionen\]/);
});
