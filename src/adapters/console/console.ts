/** The console: Baton in a browser. A surface like Teams and Discord, with pages of its own. */
import type { Router } from 'express';
import type { Effect } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import type { Abilities, Surface } from '../../core/ports.ts';
import { CONSOLE } from './ids.ts';
import { createInbound } from './inbound.ts';
import { createLive } from './live.ts';
import { createOutbound, TAKES } from './outbound.ts';
import { entrance, type RouteOptions, routes } from './routes.ts';
import type { Open } from './routing.ts';
import { createSights } from './sights.ts';

export interface ConsoleOptions extends RouteOptions {
  /** How people reach Baton from outside: makes links to incidents. */
  readonly publicUrl?: string | undefined;
}

export interface Console extends Surface {
  /** The pages, which show nothing by themselves: for everybody who may connect. */
  readonly entrance: Router;
  /** What the pages ask and send, under `/console`; to be guarded. Answers 503 until the surface is started. */
  readonly router: Router;
}

/** It opens no call and sees nobody on one: people say "I'm here". It pages by the browser's notifications and sound. */
const CAN: Abilities = { call: false, presence: false, pin: true, privateReply: true, page: true };

export function createConsole(options: ConsoleOptions): Console {
  let started: Open | undefined;
  const live = createLive({
    now: () => started?.intake.now() ?? 0,
    log: options.log,
    refresh: () => started?.sights.changed(),
  });
  const outbound = createOutbound(live, options.publicUrl);
  const router = routes(options, live, () => started);

  return {
    name: CONSOLE,
    can: CAN,
    takes: TAKES,
    everywhere: true,
    entrance: entrance(options),
    router,
    async start(intake) {
      started = { intake, sights: createSights(intake), inbound: createInbound(intake, options.attachments) };
    },
    async deliver(effect: Effect, incident: Incident) {
      if (!started) throw new Error('the console is asked to deliver before it is started');
      started.sights.changed();
      await outbound(effect, incident, started.intake);
    },
    draw() {
      started?.sights.changed();
      live.changed();
    },
    async stop() {
      live.stop();
      started = undefined;
    },
  };
}
