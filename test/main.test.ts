// Baton as a process: it says where it is, ends when it is told to, and says in a line what keeps it from starting.
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { endPrograms, runProgram } from './support/program.ts';
import { startReceiver } from './support/receiver.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');

jest.setTimeout(60_000);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-main-'));
});

afterEach(async () => {
  await endPrograms();
  rmSync(folder, { recursive: true });
});

function run(environment: Record<string, string> = {}) {
  const program = runProgram(MAIN, [], folder, { PORT: '0', DATA_DIR: join(folder, 'data'), ...environment });
  return {
    ...program,
    async address() {
      while (!program.out().includes('\n')) {
        if (program.hasEnded()) throw new Error(program.errors());
        await new Promise((done) => setTimeout(done, 20));
      }
      return program.out().replace(/^Baton is ready at (.*)\/\n$/, '$1');
    },
  };
}

test('it starts on nothing, says where it is, serves, and ends in peace', async () => {
  const baton = run();
  const address = await baton.address();
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await (await fetch(`${address}/readyz`)).json()).toEqual({ ready: true });
  expect((await fetch(`${address}/`)).status).toBe(200);
  expect(await (await fetch(`${address}/metrics`)).text()).toContain(
    'baton_open_incidents{severity="SEV-1",drill="false"} 0',
  );
  baton.kill('SIGTERM');
  expect(await baton.exit()).toBe(0);
  expect(baton.out()).toBe(`Baton is ready at ${address}/\n`);
  expect(baton.errors()).not.toMatch(/"level":"(warn|error)"/);
});

test('it ends though somebody is connected who says nothing', async () => {
  const baton = run();
  const silent = connect(Number(new URL(await baton.address()).port), '127.0.0.1');
  await once(silent, 'connect');
  const gone = once(silent, 'close');
  baton.kill('SIGINT');
  expect(await baton.exit()).toBe(0);
  expect(baton.errors()).toContain('"msg":"stopped"');
  await gone;
});

test('what it was told before it was killed is there when it starts again', async () => {
  const first = run();
  const body = JSON.stringify({
    version: '4',
    groupKey: 'group',
    groupLabels: { alertname: 'DiskFull' },
    alerts: [
      { status: 'firing', labels: { alertname: 'DiskFull' }, startsAt: '2026-01-01T00:00:00Z', fingerprint: 'f' },
    ],
  });
  const post = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
  const answer = await fetch(`${await first.address()}/hooks/alertmanager/local`, post);
  expect(await answer.json()).toEqual({ incident: 'INC-1' });
  first.kill('SIGKILL');
  await first.exit();
  const second = run();
  const metrics = await (await fetch(`${await second.address()}/metrics`)).text();
  expect(metrics).toContain('baton_open_incidents{severity="SEV-2",drill="false"} 1');
});

test('an alert pages whoever its service wants, and a page that fails is in the record', async () => {
  const receiver = await startReceiver();
  receiver.answer({ status: 200 }, { status: 410 });
  const yaml = `
people: {anna: {name: Anna Example, phone: "+49 30 5550 100"}, ben: {name: Ben Example}}
seats: {payments: {name: Payments on-call, chain: [anna]}, database: {name: Database on-call, chain: [ben]}}
services: {payments: {name: Payments, seats: [payments, database]}}
pagers: {webhook: {url: "${receiver.url}", secret: $PAGER_SECRET}}
`;
  writeFileSync(join(folder, 'baton.yaml'), yaml);
  const baton = run({ PAGER_SECRET: 'shared' });
  const address = await baton.address();
  const body = readFileSync(join(import.meta.dirname, 'fixtures/alertmanager/firing.json'), 'utf8');
  await fetch(`${address}/hooks/alertmanager/local`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
  const record = async () => (await (await fetch(`${address}/incidents/INC-1/record.json`)).text()) as string;
  while (!(await record()).includes('page-failed')) await new Promise((done) => setTimeout(done, 50));
  const pages = receiver.received.map((page) => JSON.parse(page.body));
  expect(pages.map(({ person, wanted }) => [person.name, wanted]).sort()).toEqual([
    ['Anna Example', 'Payments on-call'],
    ['Ben Example', 'Database on-call'],
  ]);
  expect(await record()).toContain(`${receiver.host} answered 410`);
  expect(await (await fetch(`${address}/incidents/INC-1/record.md`)).text()).toMatch(/^# INC-1: Payments fail/);
  expect((await fetch(`${address}/incidents/INC-2/record.md`)).status).toBe(404);
  await receiver.stop();
});

describe('what keeps it from starting is said in plain words, without a stack', () => {
  async function refused(environment: Record<string, string>): Promise<string> {
    const baton = run({ LOG_LEVEL: 'silent', ...environment });
    expect(await baton.exit()).toBe(1);
    expect(baton.out()).toBe('');
    expect(baton.errors()).not.toMatch(/\n\s+at /);
    return baton.errors();
  }

  test('a configuration with mistakes, all at once', async () => {
    writeFileSync(join(folder, 'baton.yaml'), 'zone: Mars\npaging: {repet: 2m}\n');
    const lines = (await refused({ PORT: 'x' })).trim().split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^PORT is "x"/),
      expect.stringMatching(/^baton.yaml:1:7 zone is "Mars"/),
      expect.stringMatching(/^baton.yaml:2:10 paging.repet is not a setting. Did you mean "repeat"\?$/),
      'Baton has not started.',
    ]);
  });

  test('an open door without a lock', async () => {
    expect(await refused({ HOST: '0.0.0.0' })).toContain('there is no BATON_TOKEN to keep strangers out');
  });

  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    expect(await refused({ PORT: String(port) })).toBe(
      `Port ${port} on 127.0.0.1 is taken. Stop what listens there (another Baton?), or set PORT to another. Baton has not started.\n`,
    );
    other.close();
  });

  test('another Baton on the same data', async () => {
    await run().address();
    expect(await refused({})).toMatch(
      /^The data directory .* is in use by another process\. .* Baton has not started\.\n$/,
    );
  });

  test('a data directory that cannot be', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await refused({ DATA_DIR: join(folder, 'file', 'data') })).toMatch(/choose another directory with DATA_DIR/);
  });

  test('a host that is no address', async () => {
    const environment = { HOST: '203.0.113.9', BATON_TOKEN: 'a-token-of-some-length' };
    expect(await refused(environment)).toContain('This machine does not have the address 203.0.113.9.');
  });
});
