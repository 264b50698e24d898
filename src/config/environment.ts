/** Reads the environment variables that Baton itself has. */
import type { Environment } from './secrets.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** As much as a guesser cannot try out. */
const SHORTEST_TOKEN = 16;

export interface FromEnvironment {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly mongodbUri?: string;
  readonly logLevel: LogLevel;
  readonly publicUrl?: string;
  readonly token?: string;
}

/** An address that only this machine reaches. */
export function isLoopback(host: string): boolean {
  const bare = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return bare === 'localhost' || bare === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(bare);
}

export function readEnvironment(environment: Environment, problems: string[]): FromEnvironment {
  const given = (name: string) => environment[name]?.trim() || undefined;

  const port = given('PORT') ?? '3978';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    problems.push(
      `PORT is "${port}", which is no port. Set a number from 0 (any free one) to 65535, or leave it out for 3978.`,
    );
  }

  const logLevel = (given('LOG_LEVEL') ?? 'info').toLowerCase();
  if (!LOG_LEVELS.includes(logLevel as LogLevel)) {
    problems.push(`LOG_LEVEL is "${logLevel}". Set one of ${LOG_LEVELS.join(', ')}, or leave it out for info.`);
  }

  const publicUrl = given('PUBLIC_URL')?.replace(/\/+$/, '');
  if (publicUrl !== undefined && !(URL.canParse(publicUrl) && /^https?:$/.test(new URL(publicUrl).protocol))) {
    problems.push(`PUBLIC_URL is "${publicUrl}", which is no address. Write it like https://baton.example.com.`);
  }

  const mongodbUri = given('MONGODB_URI');
  if (mongodbUri !== undefined && !/^mongodb(\+srv)?:\/\/./.test(mongodbUri)) {
    problems.push(
      'MONGODB_URI is no address of a MongoDB. Write it like mongodb://user:password@host:27017/baton, or unset it to ' +
        'keep the data in DATA_DIR.',
    );
  }

  const host = given('HOST') ?? '127.0.0.1';
  const token = given('BATON_TOKEN');
  if (token && token.length < SHORTEST_TOKEN) {
    problems.push(
      `BATON_TOKEN is short enough to be guessed. Make one of at least ${SHORTEST_TOKEN} characters: openssl rand -hex 32`,
    );
  }
  if (!token && !isLoopback(host)) {
    problems.push(
      `HOST is ${host}, where other machines reach Baton, and there is no BATON_TOKEN to keep strangers out. ` +
        'Set BATON_TOKEN (openssl rand -hex 32), or leave HOST out to listen on this machine alone.',
    );
  }

  return {
    port: Number(port),
    host,
    dataDir: given('DATA_DIR') ?? './data',
    ...(mongodbUri !== undefined && { mongodbUri }),
    logLevel: logLevel as LogLevel,
    ...(publicUrl !== undefined && { publicUrl }),
    ...(token !== undefined && { token }),
  };
}
