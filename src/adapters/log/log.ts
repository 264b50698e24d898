/** Structured lines for the operator on standard error; whatever could be a secret is left out. */
import { type DestinationStream, destination, pino, stdSerializers } from 'pino';
import type { Log } from '../../core/ports.ts';

const CENSORED = '[secret]';
/** Names of facts that are never written, wherever an error or a caller brings them along. */
const SECRET = ['secret', 'secrets', 'token', 'password', 'authorization', 'cookie', 'signature', 'requestBody'];
/** Of an address only what gives access is left out: with the token of an interaction anybody can answer it. */
const ADDRESS = 'url';
const ACCESS = /(\/(?:interactions|webhooks)\/\d+\/)[^/?#]+/g;

const PATHS = [...SECRET, ADDRESS].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

function censor(value: unknown, path: readonly string[]): unknown {
  if (path.at(-1) !== ADDRESS) return CENSORED;
  return typeof value === 'string' ? value.replace(ACCESS, `$1${CENSORED}`) : value;
}

/** @param level as pino names them: trace, debug, info, warn, error, fatal, silent */
export function createLog(level: string, stream: DestinationStream = standardError()): Log {
  const lines = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: stdSerializers.errWithCause },
      redact: { paths: PATHS, censor },
    },
    stream,
  );
  return {
    info: (facts, message) => lines.info(facts, message),
    warn: (facts, message) => lines.warn(facts, message),
    error: (facts, message) => lines.error(facts, message),
  };
}

function standardError(): DestinationStream {
  const stream = destination({ fd: 2, sync: true });
  // Whoever read the lines has gone: that is no reason to stop commanding.
  stream.on('error', () => {});
  return stream;
}
