/** Puts Baton together from its configuration and sets it going; the one place, with main.ts, that picks adapters. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAccess, isLocal } from './access.ts';
import { createJobs } from './adapters/agenda/jobs.ts';
import { sqliteBackend } from './adapters/agenda/sqlite-backend.ts';
import { alertHooks } from './adapters/alerts/hooks.ts';
import { createConsole } from './adapters/console/console.ts';
import { createDiscord } from './adapters/discord/discord.ts';
import { sqliteAttachments } from './adapters/sqlite/attachments.ts';
import { openDatabase } from './adapters/sqlite/database.ts';
import { sqliteDirectory } from './adapters/sqlite/directory.ts';
import { sqliteMemory } from './adapters/sqlite/memory.ts';
import { sqliteStore } from './adapters/sqlite/store.ts';
import { createTeams } from './adapters/teams/teams.ts';
import { webhookPager } from './adapters/webhook/pager.ts';
import { webhookPublisher } from './adapters/webhook/publisher.ts';
import type { Config } from './config.ts';
import { createHandler, type Handler } from './core/handle.ts';
import type { Log, Outlet } from './core/ports.ts';
import { sweep } from './core/sweep.ts';
import { createHttp } from './http.ts';
import { createMetrics } from './metrics.ts';
import { recordRoutes } from './record-routes.ts';

/** What was missed is made good this often. */
const SWEEP_EVERY = 60_000;

/** How long requests under way are waited for when Baton ends. */
const LAST_ANSWERS = 2_000;

export interface Running {
  /** Where people on this machine find it, with the port that was really taken. */
  readonly address: string;
  /** Ends everything in order: what is under way is finished, and the database is closed. */
  stop(): Promise<void>;
}

/**
 * Resolves when Baton serves.
 * @throws StorageError when the data directory cannot be used; what `listen` throws when the port cannot
 */
export async function start(config: Config, log: Log): Promise<Running> {
  const { settings, people, publicUrl, token } = config;
  const now = Date.now;
  const metrics = createMetrics(now);
  const database = openDatabase(config.dataDir);
  try {
    const store = metrics.store(
      sqliteStore(database),
      settings.severities.map(({ id }) => id),
    );
    const attachments = sqliteAttachments(database);
    const jobs = metrics.jobs(
      createJobs({ backend: sqliteBackend({ database: database.connection, alone: true }), log }),
    );
    const access = createAccess({ ...(publicUrl && { publicUrl }), ...(token && { token }) });
    const surface = createConsole({ attachments, log, publicUrl, enter: access.enter });
    const teams =
      config.teams &&
      createTeams({
        ...config.teams,
        store,
        memory: sqliteMemory(database),
        isLocal,
        bridge: settings.call.link,
        environment: process.env,
        log,
      });
    const discord =
      config.discord &&
      createDiscord({
        ...config.discord,
        store,
        memory: sqliteMemory(database),
        attachments,
        bridge: settings.call.link,
        log,
      });
    const surfaces = [surface, ...(teams ? [teams] : []), ...(discord ? [discord] : [])];

    // Outlets report what came of a delivery as orders to the handler that they are handed to.
    const reporting = {
      publicUrl,
      log,
      world: () => handler.world(),
      handle: (order: Parameters<Handler['handle']>[0]) => handler.handle(order),
    };
    const { webhook: pager } = config.pagers;
    const outlets: Outlet[] = [
      ...surfaces,
      ...(teams?.beside ?? []),
      ...(pager ? [webhookPager({ target: pager, ...reporting })] : []),
      webhookPublisher({ target: config.publishers.webhook, ...reporting }),
    ];
    if (!pager && Object.values(settings.seats).some(({ chain }) => chain.length > 0)) {
      log.warn({}, 'no pager is set up (pagers.webhook): pages show only to people who have the console open');
    }
    const handler: Handler = metrics.intake(
      createHandler({
        store,
        directory: sqliteDirectory(database),
        jobs,
        outlets: outlets.map(metrics.outlet),
        // A surface that opens calls brings the standing bridge itself, when it cannot open one.
        settings: surfaces.some(({ can }) => can.call) ? { ...settings, call: {} } : settings,
        people,
        now,
        later: (delay, task) => void setTimeout(task, delay).unref(),
        log,
      }),
    );

    let stopping = false;
    const app = createHttp({
      access,
      open: [
        alertHooks({ alertmanager: config.hooks.alertmanager, intake: handler, log, isLocal }),
        ...(teams ? [teams.router] : []),
        surface.entrance,
      ],
      guarded: [surface.router, recordRoutes(handler, settings)],
      metrics: metrics.registry,
      unready: async () => (stopping ? 'stopping' : await trouble(() => store.newest())),
      log,
    });
    const server = createServer(app);
    await listen(server, config);
    for (const one of surfaces) await one.start(handler);
    await jobs.start((id, clock) => handler.ring(id, clock));

    let sweeping = Promise.resolve();
    const sweepNow = () => {
      sweeping = sweeping
        .then(() => sweep(handler, store, now(), log))
        .catch((error) => {
          log.error({ error }, 'the sweep failed; the next one is due in a minute');
        });
    };
    sweepNow();
    const ticking = setInterval(sweepNow, SWEEP_EVERY);

    return {
      address: addressOf(server, config),
      async stop() {
        stopping = true;
        clearInterval(ticking);
        await Promise.all([sweeping, jobs.stop()]);
        await handler.settled();
        await Promise.all(surfaces.map((one) => one.stop()));
        await close(server);
        await handler.settled();
        await store.stop();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

async function listen(server: Server, { host, port }: Config): Promise<void> {
  server.listen({ host: host.replace(/^\[(.*)\]$/, '$1'), port });
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

/** Why something fails, as one word for a probe; the log has the rest. */
async function trouble(attempt: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await attempt();
    return undefined;
  } catch {
    return 'store';
  }
}
