/** Puts Baton together from its configuration and sets it going; the one place, with main.ts, that picks adapters. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { createAccess, isLocal } from './access.ts';
import { createJobs } from './adapters/agenda/jobs.ts';
import { alertHooks } from './adapters/alerts/hooks.ts';
import { createPictures } from './adapters/canvas/pictures.ts';
import { createConsole } from './adapters/console/console.ts';
import { ntfy } from './adapters/pagers/ntfy.ts';
import { type Paging, pagerOutlets } from './adapters/pagers/pager.ts';
import { pagerDuty } from './adapters/pagers/pagerduty.ts';
import { unreachedOutlet } from './adapters/pagers/unreached.ts';
import { webhookPager } from './adapters/pagers/webhook.ts';
import { chatPublisher } from './adapters/publishers/chat.ts';
import { publisherOutlet } from './adapters/publishers/publisher.ts';
import { statuspage } from './adapters/publishers/statuspage.ts';
import { webhookPublisher } from './adapters/publishers/webhook.ts';
import type { Config } from './config.ts';
import { createHandler, type Handler } from './core/handle.ts';
import { isMoot } from './core/paging.ts';
import type { Log, Outlet, Surface } from './core/ports.ts';
import { type Retained, type Retention, retain } from './core/retain.ts';
import { sweep } from './core/sweep.ts';
import type { IncidentId, Instant } from './core/units.ts';
import { keepFollowing } from './following.ts';
import { createHttp } from './http.ts';
import { bare } from './listening.ts';
import { createMetrics } from './metrics.ts';
import { createReadiness } from './readiness.ts';
import { recordRoutes } from './record-routes.ts';
import { openStorage } from './storage.ts';
import { pagesAreOnlyShown, placesByHand } from './unserved.ts';

/** What was missed is made good this often. */
const SWEEP_EVERY = 60_000;

/** What is older than the house keeps is removed this often. Any instance does it: what is gone is gone for all. */
const RETAIN_EVERY = 24 * 3_600_000;

/**
 * Idle connections are kept for this long: longer than load balancers keep theirs (60 s is usual). One that Baton ended
 * just as it was used again would look to people like a button that cannot reach the app.
 */
const KEEP_ALIVE = 75_000;

/** How long requests under way are waited for when Baton ends. */
const LAST_ANSWERS = 2_000;

export interface Running {
  /** Where people on this machine find it, with the port that was really taken. */
  readonly address: string;
  /** Ends everything in order: what is under way is finished, and the database is closed. */
  stop(): Promise<void>;
  /** When there is no time to end in order: lets other instances take over at once. */
  leave(): Promise<void>;
}

/**
 * Resolves when Baton serves.
 * @param guests further surfaces, beside those that the configuration sets up
 * @throws StorageError, DatabaseError when the data directory or the MongoDB cannot be used; what `listen` throws when the port cannot
 */
export async function start(config: Config, log: Log, guests: readonly Surface[] = []): Promise<Running> {
  const { settings, people, publicUrl, token } = config;
  const storage = await openStorage(config, log);
  const { attachments, directory, sharing, now } = storage;
  const metrics = createMetrics(now);
  try {
    const readiness = createReadiness(storage.memory, log);
    const store = metrics.store(
      readiness.heed(storage.store),
      settings.severities.map(({ id }) => id),
    );
    const jobs = metrics.jobs(createJobs({ backend: storage.backend, shared: sharing !== undefined, log }));
    const access = createAccess({ ...(publicUrl && { publicUrl }), ...(token && { token }) });
    const surface = createConsole({ attachments, log, publicUrl, enter: access.enter });
    // Their packages take longer to load than all the rest, and most houses have one platform or none.
    const teams =
      config.teams &&
      (await import('./adapters/teams/teams.ts')).createTeams({
        ...config.teams,
        store,
        memory: storage.memory,
        shared: sharing !== undefined,
        attachments,
        isLocal,
        bridge: settings.call.link,
        log,
      });
    const discord =
      config.discord &&
      (await import('./adapters/discord/discord.ts')).createDiscord({
        ...config.discord,
        store,
        memory: storage.memory,
        attachments,
        bridge: settings.call.link,
        lease: sharing?.lease('discord'),
        taken: () => sweepNow(),
        log,
      });
    const chats = [...(teams ? [teams] : []), ...(discord ? [discord] : [])];
    const surfaces = [surface, ...chats, ...guests];

    for (const warning of config.warnings) log.warn({}, warning);

    // Outlets report what came of a delivery as orders to the handler that they are handed to.
    const reporting = {
      publicUrl,
      store,
      now,
      log,
      world: () => handler.world(),
      handle: (...given: Parameters<Handler['handle']>) => handler.handle(...given),
    };
    const paging: Paging = { ...reporting, isMoot: (...page) => isMoot(...page, now()) };
    const { webhook: ownPager, pagerduty, ntfy: push } = config.pagers;
    const pagers = [
      ...(ownPager ? [webhookPager(ownPager, publicUrl)] : []),
      ...(pagerduty ? [pagerDuty(pagerduty, publicUrl)] : []),
      ...(push ? [ntfy(push, publicUrl)] : []),
    ];
    const { webhook: ownPublisher, statuspage: page, chat } = config.publishers;
    const around = { store, incident: (id: IncidentId) => handler.incident(id) };
    const others = [...(page ? [statuspage(page, around)] : []), ...(chat ? [chatPublisher(chat)] : [])];
    const isLeft = (place: string) => !others.some(({ serves }) => serves(place));
    const publishers = [webhookPublisher(ownPublisher, isLeft, publicUrl), ...others];
    const outlets: Outlet[] = [
      ...surfaces,
      ...(teams?.beside ?? []),
      ...pagerOutlets(pagers, paging),
      // Without any of them, people work in the console.
      ...(pagers.length + config.chats.length > 0 ? [unreachedOutlet(pagers, chats, paging)] : []),
      ...publishers.map((publisher) => publisherOutlet(publisher, reporting)),
    ];
    if (pagesAreOnlyShown(config)) {
      log.warn({}, 'no pager is set up (pagers): pages show only to people who have the console open');
    }
    const byHand = placesByHand(config);
    if (byHand.length > 0) log.info({ places: byHand }, 'no publisher serves these places: people post there by hand');
    const handler: Handler = metrics.intake(
      createHandler({
        store,
        directory,
        jobs,
        ...(sharing && { sharing }),
        outlets: outlets.map(metrics.outlet),
        // A surface that opens calls brings the standing bridge itself, when it cannot open one.
        settings: {
          ...settings,
          ...(publicUrl && { address: publicUrl }),
          rooms: { ...settings.rooms, surfaces: config.chats },
          ...(surfaces.some(({ can }) => can.call) && { call: {} }),
        },
        people,
        now,
        aside: () => setImmediate(),
        later: (delay, task) => void setTimeout(task, delay).unref(),
        log,
      }),
    );

    let sweeping = Promise.resolve();
    const sweepNow = () => {
      sweeping = sweeping
        .then(() => sweep(handler, store, now(), log))
        .catch((error) => {
          log.error({ error }, 'the sweep failed; the next one is due in a minute');
        });
    };

    const pictures = createPictures(log);
    let stopping = false;
    const app = createHttp({
      access,
      open: [
        alertHooks({ hooks: config.hooks, intake: handler, log, isLocal }),
        ...(teams ? [teams.router] : []),
        surface.entrance,
      ],
      guarded: [surface.router, recordRoutes(handler, settings, pictures)],
      metrics: metrics.registry,
      unready: async () => (stopping ? 'stopping' : await readiness.unready()),
      log,
    });
    const server = createServer(app);
    server.keepAliveTimeout = KEEP_ALIVE;
    await listen(server, config);
    for (const one of surfaces) await one.start(handler);
    await jobs.start(async (id, clock) => {
      // A machine whose clock is ahead of the database's hears of a clock too early.
      while (clock.at > now()) await sleep(clock.at - now());
      await handler.ring(id, clock);
    });

    sweepNow();
    const ticking = setInterval(sweepNow, SWEEP_EVERY);
    const retaining = keepRetaining({ store, attachments, log }, config.retention, now);
    const followers = sharing && keepFollowing(handler, sharing, log);

    return {
      address: addressOf(server, config),
      async stop() {
        stopping = true;
        clearInterval(ticking);
        await Promise.all([sweeping, jobs.stop(), retaining.stop(), followers?.stop()]);
        await handler.settled();
        await Promise.all(surfaces.map((one) => one.stop()));
        await close(server);
        pictures.stop();
        await handler.settled();
        await store.stop();
      },
      leave: async () => sharing?.leave(),
    };
  } catch (error) {
    await storage.close();
    throw error;
  }
}

/** At start and each day; a run that Baton's end cuts short is taken up by the next. */
function keepRetaining(kept: Omit<Retained, 'breathe'>, retention: Retention, now: () => Instant) {
  let ending = false;
  const breathe = async () => {
    await setImmediate();
    if (ending) throw new Error('Baton is stopping');
  };
  const run = () =>
    retain({ ...kept, breathe }, retention, now()).catch((error) => {
      if (!ending) kept.log.error({ error }, 'not all was removed that is past its time; tomorrow it is tried again');
    });
  let running = run();
  const timer = setInterval(() => {
    running = running.then(run);
  }, RETAIN_EVERY);
  return {
    async stop(): Promise<void> {
      ending = true;
      clearInterval(timer);
      await running;
    },
  };
}

async function listen(server: Server, { host, port }: Config): Promise<void> {
  server.listen({ host: bare(host), port });
  await once(server, 'listening');
}

/** Answers what was asked; who has asked nothing, or has not finished asking in time, is let go. */
async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS);
  await closed;
  clearTimeout(late);
}

function addressOf(server: Server, { host, publicUrl }: Config): string {
  const { port, family, address } = server.address() as AddressInfo;
  if (publicUrl !== undefined) return `${publicUrl}/`;
  const everywhere = address === '0.0.0.0' || address === '::';
  const bracketed = family === 'IPv6' ? `[${address}]` : address;
  const name = everywhere || host === 'localhost' ? 'localhost' : bracketed;
  return `http://${name}:${port}/`;
}
