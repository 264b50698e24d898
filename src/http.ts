/** Everything that Baton answers over HTTP, in the order in which a request meets it. */
import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { Registry } from 'prom-client';
import type { Access } from './access.ts';
import type { Log } from './core/ports.ts';

export interface HttpOptions {
  readonly access: Access;
  /** Routes that check their callers by themselves: alert sources, platforms, the console's way in. */
  readonly open: readonly RequestHandler[];
  /** Routes for people of the house: of this machine, or with the token. */
  readonly guarded: readonly RequestHandler[];
  readonly metrics: Registry;
  /** Why Baton cannot take work now; undefined when it can. */
  readonly unready: () => Promise<string | undefined>;
  readonly log: Log;
}

/** The header of `/healthz` by which the doctor tells whether PUBLIC_URL leads to the Baton on this machine. */
export const INSTANCE = 'baton-instance';

/** For answers that are no page: nothing in them is ever run or framed. Pages bring headers of their own. */
const plain: RequestHandler = (_request, response, next) => {
  response.set({
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  });
  next();
};

export function createHttp({ access, open, guarded, metrics, unready, log }: HttpOptions): Express {
  const app = express();
  const instance = randomUUID();
  app.disable('x-powered-by');
  // Nothing here may be stored by those who ask, so nobody could ask whether it has changed.
  app.disable('etag');
  app.use(plain);
  app.get('/healthz', (_request, response) => void response.set(INSTANCE, instance).json({ alive: true }));
  app.get('/readyz', async (_request, response) => {
    const reason = await unready();
    if (reason === undefined) response.json({ ready: true });
    else response.status(503).json({ ready: false, reason });
  });
  app.use(access.sameHouse);
  for (const routes of open) app.use(routes);
  app.use(access.guard);
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics());
  });
  for (const routes of guarded) app.use(routes);
  app.use((request, response) => {
    response.status(404).json({ error: `There is nothing at ${request.method} ${request.path}.` });
  });
  app.use(failures(log));
  return app;
}

/** What the parsers of bodies and addresses object to, by their own names for it. */
const OBJECTIONS: Readonly<Record<string, string>> = {
  'entity.too.large': 'The body is too large',
  'entity.parse.failed': 'The body is not JSON as it should be',
  'encoding.unsupported': 'The body is compressed in a way that Baton does not read',
  'charset.unsupported': 'The body has letters in an encoding that Baton does not read: send UTF-8',
  'request.size.invalid': 'The body is not as long as its Content-Length says',
  'request.aborted': 'The body did not arrive as a whole',
};

/** Says what the caller can mend; of anything else only a number, under which the log has the rest. */
function failures(log: Log): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const { status = 500, type = '', limit } = error as { status?: number; type?: string; limit?: number };
    if (status >= 400 && status < 500) {
      const most = limit === undefined ? '' : `: at most ${Math.floor(limit / 1024)} KiB are taken`;
      const said = `${OBJECTIONS[type] ?? 'The request cannot be read'}${type === 'entity.too.large' ? most : ''}.`;
      log.warn({ path: pathOf(request.path), status, type }, 'a request could not be read');
      response.status(status).json({ error: said });
      return;
    }
    const id = randomUUID();
    log.error({ id, method: request.method, path: pathOf(request.path), error }, 'a request failed');
    response.status(500).json({ error: `Something failed inside Baton. The log has it under ${id}.` });
  };
}

/** Addresses of alert sources end in a secret. */
function pathOf(path: string): string {
  return path.replace(/^(\/hooks\/[^/]+)\/.*/, '$1/…');
}
