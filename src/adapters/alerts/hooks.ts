/** The addresses at which alert sources deliver: `POST /hooks/{source}/{secret}`. */
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Intake, Log } from '../../core/ports.ts';
import { ALERTMANAGER, readAlertmanager } from './alertmanager.ts';
import type { Malformed, Report } from './report.ts';
import { admit, LOCAL } from './secrets.ts';
import { takeIn } from './take-in.ts';

/** Bytes; some thousand alerts in one group. */
const LARGEST_BODY = 1024 * 1024;

/** Seconds after which a source may try again what could not be kept. */
const TRY_AGAIN = 10;

interface Source {
  readonly name: string;
  readonly secrets: readonly string[];
  readonly read: (body: unknown) => Report | Malformed;
}

export interface HookOptions {
  readonly alertmanager: { readonly secrets: readonly string[]; readonly serviceLabel: string };
  readonly intake: Intake;
  readonly log: Log;
  /** Whether a request was made on this machine. */
  readonly isLocal: (request: Request) => boolean;
}

/** Routes that check their callers themselves. Errors of parsing go on to the next error handler. */
export function alertHooks({ alertmanager, intake, log, isLocal }: HookOptions): Router {
  const router = express.Router();
  const sources: Source[] = [
    {
      name: ALERTMANAGER,
      secrets: alertmanager.secrets,
      read: (body) => readAlertmanager(body, alertmanager.serviceLabel),
    },
  ];
  const json = express.json({ limit: LARGEST_BODY });
  for (const source of sources) {
    if (source.secrets.length === 0) {
      const message = 'no secret is set for this source: alerts are taken from this machine only';
      log.info({ source: source.name, address: `/hooks/${source.name}/${LOCAL}` }, message);
    }
    router
      .route(`/hooks/${source.name}{/:secret}`)
      .post(doorFor(source, isLocal, log), json, desk(source, intake, log))
      .all((_request, response) => {
        response.set('allow', 'POST').status(405).json({ error: 'Alerts are delivered with POST.' });
      });
  }
  return router;
}

/** Nothing is read from a stranger. */
function doorFor({ name, secrets }: Source, isLocal: HookOptions['isLocal'], log: Log): RequestHandler {
  return (request, response, next) => {
    const { secret } = request.params;
    const admission = admit(request, typeof secret === 'string' ? secret : undefined, secrets, isLocal);
    if (admission === 'admitted') return next();
    log.warn({ source: name, from: request.socket.remoteAddress, admission }, 'an alert was turned away');
    if (admission === 'secret-wrong') {
      response.set('www-authenticate', 'Bearer').status(401);
      response.json({
        error: `The secret is wrong or missing. Send to /hooks/${name}/{secret}, or as Bearer or Basic.`,
      });
    } else {
      const error = `No secret is set for ${name}: only this machine may send, to /hooks/${name}/${LOCAL}. Set hooks.${name}.secret.`;
      response.status(403).json({ error });
    }
  };
}

function desk({ name, read }: Source, intake: Intake, log: Log) {
  return async (request: Request, response: Response): Promise<void> => {
    if (request.body === undefined) {
      response.status(415).json({ error: 'The body has to be JSON, sent with "Content-Type: application/json".' });
      return;
    }
    const report = read(request.body);
    if ('malformed' in report) {
      log.warn({ source: name, malformed: report.malformed }, 'an alert could not be read');
      response.status(400).json({ error: `This is not what ${name} sends. ${report.malformed}.` });
      return;
    }
    if (report.leftOut > 0) {
      log.warn({ source: name, leftOut: report.leftOut }, 'the source left alerts out of a delivery: raise max_alerts');
    }
    try {
      const incident = await takeIn(name, report, intake, log);
      response.status(incident === undefined ? 202 : 200).json({ incident: incident ?? null });
    } catch (error) {
      log.error({ source: name, error }, 'an alert could not be kept; its source is asked to send it again');
      response.set('retry-after', String(TRY_AGAIN)).status(503);
      response.json({ error: 'The alert could not be kept. Send it again.' });
    }
  };
}
