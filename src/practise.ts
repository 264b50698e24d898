/** A drill from its start to its end: a Baton of its own with simulated people, an alert, and the review of what was made of it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from './adapters/log/log.ts';
import { recordJson, recordMarkdown } from './cards/record.ts';
import { reviewMarkdown } from './cards/review.ts';
import { timelineSvg } from './cards/timeline.ts';
import { wordsFor } from './cards/words/words.ts';
import { readConfig } from './config.ts';
import type { Incident } from './core/incident.ts';
import { reviewOf } from './core/review.ts';
import type { IncidentId, People } from './core/units.ts';
import { alertOf } from './drill/alert.ts';
import { createCast, type Kept } from './drill/cast.ts';
import { BEATS, houseOf } from './drill/house.ts';
import type { DrillOptions } from './drill/options.ts';
import type { Scene } from './drill/scene.ts';
import { closing, happenings, opening, sayer } from './drill/telling.ts';
import { goneSince } from './drill/truth.ts';
import { linesFor, startOr } from './not-started.ts';
import { watchOver } from './watch-over.ts';

/** The alert waits this long for somebody to come in. */
const LONGEST_WAIT = 60_000;
const LOOK_EVERY = 500;
/** In beats: how long after the fault is gone somebody is told who has not noticed. */
const UNNOTICED = 90;
/** npm passes a signal on that the terminal has sent already: only a later one is meant to end at once. */
const SAME_SIGNAL = 1_000;

/** Whatever stands in the environment: the drill takes these and nothing else, so it reaches nobody and nothing. */
const { PORT, LOG_LEVEL } = process.env;

const zone = zoneHere();

/** Resolves when the alert has come; ends the process, with lines that say why, where it cannot. */
export async function drill(options: DrillOptions): Promise<void> {
  try {
    await begin(options);
  } catch (error) {
    leave(await linesFor(error));
  }
}

async function begin(options: DrillOptions): Promise<void> {
  const { scenario, pace, role, seed, language } = options;
  const words = wordsIn(language);
  const say = sayer(words);
  const document = houseOf(scenario, pace, zone, say);
  // Read like any other house, before anything is made.
  const environment = { BATON_CONFIG: 'drill.yaml', LOG_LEVEL: LOG_LEVEL ?? 'error', ...(PORT && { PORT }) };
  const config = { ...readConfig(environment, () => JSON.stringify(document)), dataDir: folderFor(options, say) };
  const log = createLog(config.logLevel);
  watchOver(log);

  let told = 0;
  let noticed = false;
  let ended = false;
  let reviewed = 0;
  let telling = Promise.resolve();
  let alertedAt = 0;
  let ending = false;
  const cast = createCast({
    scenario,
    role,
    beat: BEATS[pace],
    seed,
    speak: (incident) => sayer(wordsIn(language, incident, config.people)),
    wait: (delay, task) => void setTimeout(task, delay).unref(),
    told(wish, refusal, incident) {
      const now = wordsIn(language, incident, config.people);
      const no = now.t(`refusal.${refusal.refused}`, refusal.facts);
      print([`${now.at(Date.now())}  ${say('ui.told', { person: now.name(wish.by), refusal: no })}`]);
    },
    seen(scene) {
      telling = telling.then(() => follow(scene)).catch((error) => log.warn({ error }, 'the drill could not be told'));
    },
    log,
  });
  const running = await startOr(config, log, [cast]).catch((error) => {
    rmSync(config.dataDir, { recursive: true, force: true });
    throw error;
  });
  endOnSignal();
  print(opening(options, running.address, words));
  await someoneIn();
  if (ending) return;
  alertedAt = Date.now();
  cast.join(await send(running.address, alertOf(scenario, say, alertedAt)));

  async function someoneIn(): Promise<void> {
    const until = Date.now() + LONGEST_WAIT;
    while (!ending && Date.now() < until && !(await cast.isVisited())) await sleep(LOOK_EVERY);
    // A glance around before it begins.
    await sleep(BEATS[pace]);
  }

  /** One state after the other: what is new, that the fault is gone, that it is over. */
  async function follow(scene: Scene): Promise<void> {
    const { incident } = scene;
    if (incident.version > told) {
      const after = told;
      told = incident.version;
      const kept = await cast.record();
      const fresh = kept?.events.filter(({ seq }) => seq > after && seq <= incident.version) ?? [];
      print(happenings(fresh, wordsIn(language, incident, scene.world.people)));
    }
    const gone = goneSince(scene);
    if (gone !== undefined && !ended) {
      ended = true;
      await send(running.address, alertOf(scenario, say, alertedAt, gone));
    }
    if (gone !== undefined && !noticed && incident.phase === 'open' && Date.now() > gone + UNNOTICED * BEATS[pace]) {
      noticed = true;
      print([say('ui.over')]);
    }
    if (incident.phase === 'closed' && reviewed === 0) {
      await review();
      print([say('ui.closed')]);
    }
  }

  async function review(): Promise<void> {
    const kept = await cast.record();
    if (!kept) return print(['', say('ui.nothing')]);
    // What has been reviewed is not reviewed again, unless it went on.
    if (kept.incident.version === reviewed) return;
    reviewed = kept.incident.version;
    const now = wordsIn(language, kept.incident, kept.world.people);
    const findings = reviewOf(kept.incident, kept.events, kept.world.settings);
    print(closing(findings, now));
    const files = { 'review.md': reviewMarkdown(kept.incident, findings, now), ...recordOf(kept) };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(config.dataDir, name), text);
    print([say('ui.written', { folder: config.dataDir, files: now.list(Object.keys(files)) })]);
  }

  function recordOf({ incident, events, world: { settings, people } }: Kept): Record<string, string> {
    const now = wordsIn(language, incident, people);
    return {
      'record.md': recordMarkdown(incident, events, settings, now),
      'record.json': `${JSON.stringify(recordJson(incident, events, settings), undefined, 2)}\n`,
      'timeline.svg': timelineSvg(incident, events, settings, now),
    };
  }

  function endOnSignal(): void {
    let first: number | undefined;
    const end = async () => {
      if (first !== undefined) {
        if (Date.now() - first > SAME_SIGNAL) process.exit(0);
        return;
      }
      first = Date.now();
      ending = true;
      try {
        await telling;
        await review();
        await running.stop();
        process.exit(0);
      } catch (error) {
        leave(await linesFor(error));
      }
    };
    process.on('SIGINT', () => void end());
    process.on('SIGTERM', () => void end());
  }
}

/** Each drill has a folder of its own: nothing that is real is in it, and nothing of another drill. */
function folderFor({ folder, scenario }: DrillOptions, say: Scene['say']): string {
  const stamp = new Date().toLocaleString('sv-SE', { timeZone: zone }).replace(/[ :]/g, '-');
  try {
    mkdirSync(folder, { recursive: true });
    for (let n = 1; ; n += 1) {
      const own = join(folder, `${stamp}-${scenario.name}${n > 1 ? `-${n}` : ''}`);
      if (mkdirSync(own, { recursive: true }) !== undefined) return own;
    }
  } catch (error) {
    const { code = String(error) } = error as { code?: string };
    return leave([say('option.folder', { folder, reason: code })]);
  }
}

/** Through the same door as a monitoring system's; straight to it, whatever proxy the environment names. */
async function send(address: string, alert: unknown): Promise<IncidentId> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const url = new URL('hooks/alertmanager/local', address);
  const headers = { 'content-type': 'application/json' };
  const sending = request(url, { method: 'POST', headers, agent: new Agent() }, async (response) => {
    const parts = await response.setEncoding('utf8').toArray();
    resolve(parts.join(''));
  });
  sending.on('error', reject);
  sending.end(JSON.stringify(alert));
  const { incident, error } = JSON.parse(await promise) as { incident?: IncidentId; error?: string };
  if (!incident) throw new Error(`the alert was not taken in: ${error}`);
  return incident;
}

function wordsIn(language: string, incident?: Incident, people: People = {}) {
  return wordsFor({ language, zone }, people, incident);
}

function zoneHere(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return Intl.supportedValuesOf('timeZone').includes(timeZone) ? timeZone : 'UTC';
}

function print(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

function leave(lines: readonly string[]): never {
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exit(1);
}
