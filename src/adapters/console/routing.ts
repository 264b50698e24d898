/** What the console's addresses are answered with. */
import type { Request, RequestHandler } from 'express';
import type { Attachments, Intake } from '../../core/ports.ts';
import type { Asker, Inbound } from './inbound.ts';
import type { Live } from './live.ts';
import type { House } from './sights.ts';

/** What answers requests once the surface is started. */
export interface Open {
  readonly intake: Intake;
  readonly sights: House;
  readonly inbound: Inbound;
}

export interface Routing {
  /** Only called once the surface is started. */
  readonly open: () => Open;
  /** Who asks; rejects with `Stranger` when they have not said. */
  readonly asker: (request: Request) => Promise<Asker>;
  readonly json: RequestHandler;
  readonly attachments: Attachments;
  readonly live: Live;
}
