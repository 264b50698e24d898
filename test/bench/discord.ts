/** How soon Discord has the first answer to what people do: 200 interactions a second of all kinds, in several rooms at once. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readyAt, startBaton, until } from '../durability/baton-process.ts';
import { type Answered, type DiscordDouble, openDiscord, TOKEN } from '../support/discord-double.ts';
import { type Somebody, somebody } from '../support/discord-people.ts';
import { percentile, type Result } from './result.ts';

const PER_SECOND = 200;
const SECONDS = 15;
/** Not counted: the engine has compiled by then what it will. */
const WARM_UP_SECONDS = 5;
const ROOMS = 10;
const PEOPLE = 20;

/** Of the kernel's clock, the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

interface Took {
  readonly kind: string;
  readonly milliseconds: number;
  readonly missed: boolean;
}

/** What people do, in turn: much of it is kept, some only looks, one completes an option, one opens a form. */
const KINDS: Readonly<Record<string, (who: Somebody, room: Room, n: number) => Promise<unknown>>> = {
  'a note': (who, { channel }, n) => who.slash('note', { text: `Seen ${n}` }, channel),
  'the status': (who, { channel }) => who.slash('status', {}, channel),
  'a press': (who, { card }) => who.press(card(), 'Mine'),
  'a completion': (who, { channel }) => who.completes('delegate', 'owner', 'per', channel),
  'a form': (who, { channel }) => who.slash('note', {}, channel),
  'a refusal': (who, { channel }) => who.slash('judge-mitigation', { activity: 'M9', verdict: 'fixed' }, channel),
};

interface Room {
  readonly channel: string;
  readonly card: () => Parameters<Somebody['press']>[0];
}

async function openRooms(double: DiscordDouble, people: readonly Somebody[]): Promise<Room[]> {
  const rooms: Room[] = [];
  for (let n = 1; n <= ROOMS; n += 1) {
    await (people[n % PEOPLE] as Somebody).slash('declare', { title: `Shard ${n} fails` });
    const found = await until(`the room of incident ${n}`, () => {
      const channel = [...double.guild.channels.values()].find(({ name }) => name.startsWith(`inc-${n}-`))?.id;
      const card = [...double.guild.messages.values()].find((one) => one.channel_id === channel && one.pinned);
      return channel !== undefined && card !== undefined && { channel, card: () => card };
    });
    rooms.push(found);
  }
  return rooms;
}

/** Interactions at their times, whatever became of those before. */
async function storm(people: readonly Somebody[], rooms: readonly Room[], seconds: number): Promise<Took[]> {
  const kinds = Object.entries(KINDS);
  const start = performance.now();
  const all: Promise<Took>[] = [];
  for (let n = 0; n < seconds * PER_SECOND; n += 1) {
    const due = start + (n * 1_000) / PER_SECOND;
    if (due > performance.now()) await sleep(due - performance.now());
    const [kind, does] = kinds[n % kinds.length] as (typeof kinds)[number];
    const who = people[n % PEOPLE] as Somebody;
    const room = rooms[Math.floor(n / kinds.length) % ROOMS] as Room;
    const asked = performance.now();
    all.push(
      does(who, room, n).then((answered) => ({
        kind,
        milliseconds: performance.now() - asked,
        missed: (answered as Answered).type === 'missed',
      })),
    );
  }
  return Promise.all(all);
}

/** Milliseconds of user and system time that a process has had; not a number where there is no /proc. */
function processorTime(pid: number): number {
  try {
    const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user = Number.NaN, system = Number.NaN] = after.split(' ').slice(11, 13).map(Number);
    return ((user + system) * 1_000) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

export async function measure(): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  const double = await openDiscord({ unchecked: true });
  const { guild } = double;
  const people = Array.from({ length: PEOPLE }, (_, n) => somebody(double, guild.addUser(`Person ${n}`)));
  const discord = { DISCORD_TOKEN: TOKEN, DISCORD_GUILD_IDS: guild.id, DISCORD_API_URL: double.api };
  const through = process.env.BENCH_PROFILE
    ? ['env', `NODE_OPTIONS=--cpu-prof --cpu-prof-dir=${process.env.BENCH_PROFILE}`]
    : [];
  const baton = startBaton({ folder, environment: discord, through });
  try {
    await readyAt(baton);
    await until('the commands', () => double.gateway.connected() && double.commands.length > 0);
    const rooms = await openRooms(double, people);
    await storm(people, rooms, WARM_UP_SECONDS);
    const before = processorTime(baton.pid);
    const took = await storm(people, rooms, SECONDS);
    const spent = processorTime(baton.pid) - before;
    const times = took.map(({ milliseconds }) => milliseconds);
    const ofKind = (kind: string) => took.filter((one) => one.kind === kind).map(({ milliseconds }) => milliseconds);
    const told = (name: string, value: number): Result => ({ name, value, unit: 'ms' });
    return [
      told('first answer in Discord, the median', percentile(times, 50)),
      told('first answer in Discord, 95 of 100 within', percentile(times, 95)),
      { ...told('first answer in Discord, 99 of 100 within', percentile(times, 99)), goal: { atMost: 250 } },
      told('first answer in Discord, the slowest', Math.max(...times)),
      ...Object.keys(KINDS).map((kind) =>
        told(`first answer to ${kind}, 99 of 100 within`, percentile(ofKind(kind), 99)),
      ),
      { name: 'interactions a second', value: PER_SECOND, unit: '/s' },
      told('processor time that Baton spent on each', spent / took.length),
      {
        name: `of ${took.length} interactions without an answer in time`,
        value: took.filter(({ missed }) => missed).length,
        unit: '',
        goal: { atMost: 0 },
      },
    ];
  } finally {
    baton.kill('SIGTERM');
    await baton.ended;
    if (baton.output() !== '') process.stderr.write(baton.output().slice(-4_000));
    await double.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
