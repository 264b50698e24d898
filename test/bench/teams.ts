/**
 * Commands in Teams to their cards, against a bare echo bot that keeps nothing: real processes, real tokens. A press, whose
 * note is kept, is answered in its response; a line by a message that goes out through the connector.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readyAt, startBaton, until } from '../durability/baton-process.ts';
import { sent } from '../support/teams-house.ts';
import { APP, ISSUER, type Issuer, openIssuer, PASSWORD, TENANT } from '../support/teams-issuer.ts';
import { median, percentile, type Result } from './result.ts';

/** Pairs of processes: how lucky one is with its code, its memory and its core makes more of a difference than a round. */
const STARTS = 5;
const ROUNDS = 15;
const PER_ROUND = 40;
/** Not counted: what is compiled for good is so after some 600 presses, at this pace. */
const WARM_UP = 20;
/** Milliseconds between two presses: far more than a room full of people presses. */
const BEAT = 10;
const INCIDENTS = 10;

/** People with a chat of their own, so many that no chat comes near the rate at which Baton would hold answers back. */
const CHATS = 150;

const CHANNEL = '19:bench@thread.tacv2';

interface Connector {
  readonly url: string;
  readonly server: Server;
  /** Resolves when the next message for a conversation has arrived. */
  next(conversation: string): Promise<void>;
}

/** Takes whatever a bot writes, at once. */
async function openConnector(): Promise<Connector> {
  let serial = 1_772_546_400_000;
  const awaited = new Map<string, () => void>();
  const server = createServer(async (asked, response) => {
    for await (const _ of asked);
    serial += 2;
    const [, conversation = ''] = /^\/v3\/conversations\/([^/]+)\/activities/.exec(asked.url ?? '') ?? [];
    if (asked.method === 'POST') awaited.get(decodeURIComponent(conversation))?.();
    const id = asked.url === '/v3/conversations' ? `${CHANNEL};messageid=${serial}` : String(serial);
    response.writeHead(asked.method === 'PUT' ? 200 : 201, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id, activityId: String(serial) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    next(conversation) {
      return new Promise((resolve) => awaited.set(conversation, resolve));
    },
  };
}

/** One connection that stays open, as between Teams and a bot. */
function caller(bot: URL, serviceUrl: string, issuer: Issuer) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const authorization = `Bearer ${issuer.token({ serviceurl: serviceUrl })}`;
  const call = (activity: object): Promise<string> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({ ...activity, serviceUrl });
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization };
      const asked = request(new URL('/api/messages', bot), { method: 'POST', agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => {
          text += part;
        });
        response.on('end', () =>
          response.statusCode === 200 ? resolve(text) : reject(new Error(`${response.statusCode} ${text}`)),
        );
      });
      asked.on('error', reject).end(body);
    });
  return { call, agent };
}

function environmentFor({ url }: Issuer): Record<string, string> {
  return {
    MicrosoftAppId: APP,
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: TENANT,
    MicrosoftAppPassword: PASSWORD,
    ToBotFromChannelOpenIdMetadataUrl: `${url}/openid`,
    ToBotFromEmulatorOpenIdMetadataUrl: `${url}/openid`,
    ToBotFromChannelTokenIssuer: ISSUER,
    ToChannelFromBotLoginUrl: url,
  };
}

async function startEcho(issuer: Issuer): Promise<{ readonly address: URL; readonly process: ChildProcess }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'echo-bot.ts')], {
    env: { ...process.env, ...environmentFor(issuer) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.on('exit', () => child.kill('SIGKILL'));
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => resolve(/ready at (\S+)/.exec(text)?.[1] ?? ''));
    child.on('close', () => reject(new Error('the echo did not start')));
  });
  return { address: new URL(address), process: child };
}

interface Place {
  readonly incident: string;
  readonly conversation: string;
  readonly card: string;
}

const withConversation = (name: string, id: string) => ({
  conversation: { ...(sent(name).conversation as object), id },
});

let presses = 0;
/** Somebody keeps a note by a button of the commander's card. */
function press({ incident, conversation, card }: Place) {
  presses += 1;
  const data = { command: 'note', fields: { text: `Seen on shard ${presses}` }, form: false, incident };
  return sent('invoke-execute', {
    id: `f:${presses}`,
    replyToId: card,
    ...withConversation('invoke-execute', conversation),
    value: { action: { type: 'Action.Execute', title: 'Note', verb: 'note', data }, trigger: 'manual' },
  });
}

/** Somebody asks in a chat of their own how things stand. */
function line({ incident }: Place, n: number) {
  presses += 1;
  return sent('message-personal', {
    id: `f:${presses}`,
    text: `${incident} status`,
    from: {
      id: `29:bench-${n}`,
      name: `Person ${n}`,
      aadObjectId: `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`,
    },
    ...withConversation('message-personal', `a:bench-${n}`),
  });
}

/** Incidents with their rooms, people on the call and a commander. */
async function rooms(call: (activity: object) => Promise<string>, baton: URL): Promise<Place[]> {
  const places: Place[] = [];
  for (let n = 1; n <= INCIDENTS; n += 1) {
    const incident = `INC-${n}`;
    const text = `<at>Baton</at> declare Checkout ${n} fails`;
    await call(
      sent('message-channel-mention', {
        id: `declare-${n}`,
        text,
        ...withConversation('message-channel-mention', CHANNEL),
      }),
    );
    const room = await until(`the room of ${incident}`, async () => {
      const record = await fetch(new URL(`/incidents/${incident}/record.json`, baton)).then((one) => one.json());
      const events = (record as { events: { type: string; surface?: string; room?: string }[] }).events;
      return events.find(({ type, surface }) => type === 'room-opened' && surface === 'teams')?.room;
    });
    const place = { incident, conversation: room, card: /messageid=(\d+)/.exec(room)?.[1] ?? '' };
    places.push(place);
    for (const command of ['join-call', 'take-command']) {
      const activity = press(place);
      const data = { command, fields: {}, form: false, incident };
      await call({
        ...activity,
        value: { action: { type: 'Action.Execute', verb: command, data }, trigger: 'manual' },
      });
    }
  }
  return places;
}

interface Seen {
  readonly pressed: Times;
  readonly typed: Times;
  readonly disk: number;
}

export async function measure(): Promise<Result[]> {
  const seen: Seen[] = [];
  for (let n = 0; n < STARTS; n += 1) seen.push(await fromStart());
  const all = (part: 'pressed' | 'typed'): Times => ({
    ours: seen.flatMap((one) => one[part].ours),
    bare: seen.flatMap((one) => one[part].bare),
  });
  return [
    ...told('a press in Teams to its answered card', all('pressed')),
    {
      name: 'of it what the disk alone takes at that pace, median',
      value: median(seen.map(({ disk }) => disk)),
      unit: 'ms',
    },
    ...told('a line in Teams to its card', all('typed')),
  ];
}

async function fromStart(): Promise<Seen> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  const issuer = await openIssuer();
  const connector = await openConnector();
  const baton = startBaton({ folder, environment: environmentFor(issuer) });
  const echo = await startEcho(issuer);
  try {
    const ours = caller(await readyAt(baton), connector.url, issuer);
    const bare = caller(echo.address, connector.url, issuer);
    const places = await rooms(ours.call, await readyAt(baton));
    const place = (n: number) => places[n % INCIDENTS] as Place;
    const pressed = await inTurns(async (who, n) => {
      const answer = await (who === 'ours' ? ours : bare).call(press(place(n)));
      if (!answer.includes('AdaptiveCard')) throw new Error(`the bench was answered ${answer}`);
    });
    const typed = await inTurns(async (who, n) => {
      const answered = connector.next(`a:bench-${n % CHATS}`);
      await (who === 'ours' ? ours : bare).call(line(place(n), n % CHATS));
      await answered;
    });
    return { pressed, typed, disk: await durableWrite(folder) };
  } finally {
    baton.kill('SIGTERM');
    echo.process.kill();
    await baton.ended;
    await issuer.stop();
    connector.server.closeAllConnections();
    connector.server.close();
    rmSync(folder, { recursive: true });
  }
}

/** Milliseconds until the least write is on the disk: a press is kept before it is answered, what is echoed never is. */
async function durableWrite(folder: string): Promise<number> {
  const file = openSync(join(folder, 'write'), 'w');
  const page = Buffer.alloc(4_096);
  const seen: number[] = [];
  for (let n = 0; n < PER_ROUND * WARM_UP; n += 1) {
    await sleep(BEAT);
    const start = performance.now();
    writeSync(file, page, 0, page.length, (n % PER_ROUND) * page.length);
    fdatasyncSync(file);
    seen.push(performance.now() - start);
  }
  closeSync(file);
  return median(seen);
}

interface Times {
  readonly ours: number[][];
  readonly bare: number[][];
}

/** In rounds that take turns, so that both meet the same machine. `n` counts what was asked of each. */
async function inTurns(ask: (who: keyof Times, n: number) => Promise<void>): Promise<Times> {
  const times: Times = { ours: [], bare: [] };
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    for (const who of ['ours', 'bare'] as const) {
      const seen: number[] = [];
      for (let n = 0; n < PER_ROUND; n += 1) {
        const start = performance.now();
        await ask(who, round * PER_ROUND + n);
        const took = performance.now() - start;
        seen.push(took);
        if (took < BEAT) await sleep(BEAT - took);
      }
      if (round >= WARM_UP) times[who].push(seen);
    }
  }
  return times;
}

/** The median of the rounds' ratios; the 99th percentile over all of them. */
function told(what: string, { ours, bare }: Times): Result[] {
  const ratios = ours.map((round, n) => median(round) / median(bare[n] ?? []));
  const [all, others] = [ours.flat(), bare.flat()];
  return [
    { name: `${what}, median`, value: median(all), unit: 'ms' },
    { name: 'the same, echoed by a bare bot, median', value: median(others), unit: 'ms' },
    { name: 'against the bare echo, median', value: median(ratios), unit: 'times', goal: { atMost: 1.5 } },
    { name: `${what}, 99th percentile`, value: percentile(all, 99), unit: 'ms' },
    { name: 'the same, echoed by a bare bot, 99th percentile', value: percentile(others, 99), unit: 'ms' },
    {
      name: 'against the bare echo, 99th percentile',
      value: percentile(all, 99) / percentile(others, 99),
      unit: 'times',
      goal: { atMost: 2 },
    },
  ];
}
