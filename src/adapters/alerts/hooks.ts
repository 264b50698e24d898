/** The addresses at which alert sources deliver: `POST /hooks/{source}/{secret}`. */
import type { IncomingMessage } from 'node:http';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Intake, Log } from '../../core/ports.ts';
import { parse } from './body.ts';
import { type Admission, admit, LOCAL } from './secrets.ts';
import { isSigned, judge, type Sealed } from './signature.ts';
import { type Hooks, type Source, sourcesOf } from './sources.ts';
import { type House, takeIn } from './take-in.ts';

/** Bytes; some thousand alerts in one group. */
const LARGEST_BODY = 1024 * 1024;

/** Seconds after which a source may try again what could not be kept. */
const TRY_AGAIN = 10;

export interface HookOptions {
  readonly hooks: Hooks;
  readonly intake: Intake;
  readonly log: Log;
  /** Whether a request was made on this machine. */
  readonly isLocal: (request: Request) => boolean;
}

/** Routes that check their callers themselves. Bodies that do not arrive go on to the next error handler. */
export function alertHooks({ hooks, intake, log, isLocal }: HookOptions): Router {
  const router = express.Router();
  const sources = sourcesOf(hooks);
  for (const source of sources) {
    if (source.secrets.length === 0) {
      const message = 'no secret is set for this source: alerts are taken from this machine only';
      log.info({ source: source.name, address: `/hooks/${source.path}/${LOCAL}` }, message);
    }
    const { door, whole, seal } = entranceOf(source, isLocal, intake, log);
    router
      .route(`/hooks/${source.path}{/:secret}`)
      .post(door, whole, seal, desk(source, { intake, severities: hooks.severities }, log))
      .all((_request, response) => {
        response.set('allow', 'POST').status(405).json({ error: 'Alerts are delivered with POST.' });
      });
  }
  router.all('/hooks/{*elsewhere}', (request, response) => {
    const known = sources.map(({ path }) => path);
    // What follows the first name may be a secret.
    const source = request.path.split('/')[2];
    log.warn({ source, known, from: request.socket.remoteAddress }, 'something came to the address of no alert source');
    const error = 'No alert source has this address. Check its name: hooks in baton.yaml has those that are set up.';
    response.status(404).json({ error });
  });
  return router;
}

/** Nothing is read from a stranger; from somebody who says they have signed it, the body that tells. */
function entranceOf(source: Source, isLocal: HookOptions['isLocal'], { now }: Pick<Intake, 'now'>, log: Log) {
  const { secrets, signed } = source;
  /** Bodies of those who are let in only if their signature fits. */
  const unsealed = new WeakMap<IncomingMessage, Buffer>();

  const turnAway = (request: Request, response: Response, admission: Turned) => {
    log.warn({ source: source.name, from: request.socket.remoteAddress, admission }, 'an alert was turned away');
    const status = admission === 'secret-unset' ? 403 : 401;
    if (status === 401) response.set('www-authenticate', 'Bearer');
    response.status(status).json({ error: REASONS[admission](source) });
  };

  const door: RequestHandler = (request, response, next) => {
    const { secret } = request.params;
    const admission = admit(request, typeof secret === 'string' ? secret : undefined, secrets, isLocal);
    if (admission === 'admitted') return next();
    if (admission === 'secret-unset' || !signed || !isSigned(request, signed)) {
      return turnAway(request, response, admission);
    }
    unsealed.set(request, Buffer.alloc(0));
    next();
  };

  // Whatever the sender calls it: an alert is not lost over the name of its type.
  const whole = express.text({
    limit: LARGEST_BODY,
    type: () => true,
    verify: (request, _response, body) => {
      if (unsealed.has(request)) unsealed.set(request, body);
    },
  });

  const seal: RequestHandler = (request, response, next) => {
    const body = unsealed.get(request);
    const judged = body && signed ? judge(request, signed, body, secrets, now()) : 'admitted';
    if (judged === 'admitted') return next();
    turnAway(request, response, judged);
  };

  return { door, whole, seal };
}

type Turned = Exclude<Admission | Sealed, 'admitted'>;

/** What whoever sends can do about it. */
const REASONS: { readonly [T in Turned]: (source: Source) => string } = {
  'secret-wrong': ({ path }) =>
    `The secret is wrong or missing. Send to /hooks/${path}/{secret}, or as Bearer or Basic.`,
  'secret-unset': ({ path, setting }) =>
    `No secret is set for ${path}: only this machine may send, to /hooks/${path}/${LOCAL}. Set ${setting}.secret.`,
  'signature-wrong': ({ setting, signed }) => {
    const time =
      signed?.timestampHeader === undefined
        ? `Where you send a timestamp header, name it in ${setting}.timestampHeader.`
        : `Send the time of signing in ${signed.timestampHeader}, or take out ${setting}.timestampHeader.`;
    return `The signature does not fit. Sign with ${setting}.secret. ${time}`;
  },
  'signature-old': () => 'The signature fits, but its time is more than five minutes from ours. Set the clocks right.',
};

function desk(source: Source, house: House, log: Log) {
  const { name, path, read, readText } = source;
  return async (request: Request, response: Response): Promise<void> => {
    const parsed = parse(request.body);
    const report =
      'body' in parsed
        ? read(parsed.body)
        : (readText?.(parsed.text, parsed.broken) ?? { malformed: `The body is not JSON: ${parsed.broken}` });
    if ('malformed' in report) {
      log.warn({ source: name, malformed: report.malformed }, 'an alert could not be read');
      response.status(400).json({ error: `This is not what ${path} sends. ${report.malformed}.` });
      return;
    }
    if (report.leftOut > 0) {
      log.warn({ source: name, leftOut: report.leftOut }, 'the source left alerts out of a delivery: raise max_alerts');
    }
    try {
      const { incident, doubts } = await takeIn(name, report, house);
      if (doubts.length > 0) log.warn({ source: name, incident, doubts }, 'an alert was taken, with doubts');
      response.status(incident === undefined ? 202 : 200);
      response.json({ incident: incident ?? null, ...(doubts.length > 0 && { doubts }) });
    } catch (error) {
      log.error({ source: name, error }, 'an alert could not be kept; its source is asked to send it again');
      response.set('retry-after', String(TRY_AGAIN)).status(503);
      response.json({ error: 'The alert could not be kept. Send it again.' });
    }
  };
}
