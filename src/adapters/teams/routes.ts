/** `POST /api/messages`: who may come in, and what they are answered. Nothing in an answer tells strangers anything. */
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Router } from 'express';
import type { Log } from '../../core/ports.ts';
import { type Activity, ActivityShape, tenantOf } from './activity.ts';
import type { Gate } from './gate.ts';
import { type Reply, reply } from './inbound.ts';
import { LARGEST_ACTIVITY } from './limits.ts';

export interface RouteOptions {
  /** Absent without an app id: then only this machine may come in. */
  readonly gate?: Gate | undefined;
  /** Tenants that may come in. */
  readonly tenants: readonly string[];
  readonly isLocal: (request: Request) => boolean;
  /** Undefined until the surface is started. */
  readonly inbound: () => ((activity: Activity) => Promise<Reply | undefined>) | undefined;
  readonly log: Log;
}

/** Hosts that a connector of this machine goes by. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export function routes({ gate, tenants, isLocal, inbound, log }: RouteOptions): Router {
  const refuse = (status: number, reason: string): Reply => {
    log.warn({ status, reason }, 'a request to /api/messages was refused');
    return reply(status, { error: SAID[status] ?? 'Refused.' });
  };

  async function allowed(request: Request, activity: Activity): Promise<Reply | undefined> {
    if (!gate) {
      // Nobody vouches for where answers go: they stay on this machine, as the request has to come from it.
      if (!isLocal(request)) return refuse(403, 'it came from another machine, and no MicrosoftAppId is set');
      const host = URL.parse(activity.serviceUrl)?.hostname ?? '';
      return LOOPBACK.test(host) ? undefined : refuse(403, 'its serviceUrl is not on this machine');
    }
    const turned = await gate(activity, request.headers.authorization ?? '');
    if (turned) return refuse(turned.status, turned.reason);
    const tenant = tenantOf(activity);
    if (tenant === undefined || !tenants.includes(tenant.toLowerCase())) {
      return refuse(403, `tenant ${tenant ?? '(none)'} is not among those allowed`);
    }
    return undefined;
  }

  const receive: RequestHandler = async (request, response) => {
    const receiving = inbound();
    if (!receiving) return void response.status(503).set('retry-after', '1').json({ error: SAID[503] });
    const { data: activity } = ActivityShape.safeParse(request.body);
    // What cannot be read cannot be checked either: strangers are not told which of the two it was.
    const answer = activity
      ? ((await allowed(request, activity)) ?? (await receiving(activity)))
      : refuse(gate ? 401 : 400, 'it is no activity');
    const { status, body } = answer ?? { status: 200 };
    if (body === undefined) response.status(status).end();
    else response.status(status).type('json').send(body);
  };

  // Teams repeats what it thinks was lost. It is told that nothing was kept, so that it does.
  const failed: ErrorRequestHandler = (error, _request, response, next) => {
    if (response.headersSent || (error?.status >= 400 && error?.status < 500)) return next(error);
    log.error({ error }, 'an activity of Teams could not be carried out');
    response.status(503).json({ error: SAID[503] });
  };

  const router = express.Router();
  router.post('/api/messages', express.json({ limit: LARGEST_ACTIVITY }), receive);
  router.use('/api/messages', failed);
  return router;
}

const SAID: Readonly<Record<number, string>> = {
  400: 'This is no activity.',
  401: 'Unauthorized.',
  403: 'Forbidden.',
  503: 'Not now. Send it again.',
};
