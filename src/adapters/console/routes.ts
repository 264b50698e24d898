/** The console's addresses: the way in, which holds nothing of anybody, and behind it questions and orders. */
import express, { type Request, type RequestHandler, type Router } from 'express';
import type { Attachments, Log } from '../../core/ports.ts';
import { failed, Stranger } from './failed.ts';
import type { Asker } from './inbound.ts';
import { LARGEST_BODY } from './limits.ts';
import type { Live } from './live.ts';
import { orders } from './orders.ts';
import { pages } from './pages.ts';
import { questions } from './questions.ts';
import { asking } from './reader.ts';
import type { Open, Routing } from './routing.ts';

export interface RouteOptions {
  readonly attachments: Attachments;
  readonly log: Log;
  /** Takes `{token}` and gives a cookie; absent where nobody is asked for a token. */
  readonly enter?: RequestHandler | undefined;
}

/** Pages, their words, and the way to show a token: for everybody. */
export function entrance({ enter }: Pick<RouteOptions, 'enter'>): Router {
  const router = express.Router();
  router.use(pages());
  if (enter) router.post('/console/enter', express.json({ limit: LARGEST_BODY }), enter);
  return router;
}

/** Everything that tells or changes something: for people of the house. */
export function routes({ attachments, log }: RouteOptions, live: Live, opened: () => Open | undefined): Router {
  const open = (): Open => {
    const now = opened();
    if (!now) throw new Error('the console is asked before it is started');
    return now;
  };
  const asker = async (request: Request): Promise<Asker> => {
    const { intake } = open();
    const world = await intake.world();
    const { person, reader } = asking(request, world);
    if (!person) throw new Stranger();
    return { by: person.id, person: person.id, reader, world, now: intake.now() };
  };
  const routing: Routing = { open, asker, json: express.json({ limit: LARGEST_BODY }), attachments, live };

  const inner = express.Router();
  inner.use((_request, response, next) => {
    response.set('cache-control', 'no-store');
    if (opened()) return next();
    response.status(503).json({ problem: 'starting' });
  });
  inner.use(questions(routing), orders(routing));
  inner.use((_request, response) => {
    response.status(404).json({ problem: 'absent' });
  });
  inner.use(failed(log, attachments));
  return express.Router().use('/console', inner);
}
