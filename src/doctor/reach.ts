/** Asks servers what changes nothing there, says in plain words why they cannot be reached, and hears what time they have. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectSecurely } from 'node:tls';

/** What a server said of the time: how far its clock is ahead of this machine's, in milliseconds; 0 while that cannot be told. */
export interface Heard {
  readonly host: string;
  readonly ahead: number;
}

export interface Reach {
  /** GET. Rejects with an `Unreached`. */
  get(address: string, signal: AbortSignal, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Opens a connection, with TLS where the address has it, and says nothing. Rejects with an `Unreached`. */
  knock(address: string, signal: AbortSignal): Promise<void>;
  /** For answers that came another way: what their `Date` header said. */
  heed(host: string, date: string | null | undefined, asked: number): void;
  readonly heard: readonly Heard[];
}

/** The message goes on after a server's name: "is not known by this name (ENOTFOUND)". */
export class Unreached extends Error {}

/**
 * What a look at a server finds, also where it cannot be reached.
 * @param otherwise told why, as an `Unreached` says it
 */
export async function unlessUnreached<T, U>(look: () => Promise<T>, otherwise: (why: string) => U): Promise<T | U> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof Unreached)) throw error;
    return otherwise(error.message);
  }
}

export function createReach(): Reach {
  const heard: Heard[] = [];
  const reach: Reach = {
    heard,
    async get(address, signal, headers = {}) {
      const asked = Date.now();
      try {
        const response = await fetch(address, { signal, headers, redirect: 'manual' });
        reach.heed(new URL(address).host, response.headers.get('date'), asked);
        return response;
      } catch (error) {
        throw unreached(error);
      }
    },
    async knock(address, signal) {
      const { protocol, hostname, port } = new URL(address);
      const secure = protocol === 'https:';
      const host = hostname.replace(/^\[(.*)\]$/, '$1');
      const to = { host, port: Number(port || (secure ? 443 : 80)) };
      const socket = secure ? connectSecurely({ ...to, servername: host }) : connect(to);
      const giveUp = () => socket.destroy(new Error('aborted'));
      signal.addEventListener('abort', giveUp);
      try {
        await once(socket, secure ? 'secureConnect' : 'connect');
      } catch (error) {
        throw unreached(error);
      } finally {
        signal.removeEventListener('abort', giveUp);
        socket.on('error', () => {}).destroy();
      }
    },
    heed(host, date, asked) {
      const theirs = Date.parse(date ?? '');
      if (!Number.isNaN(theirs)) heard.push({ host, ahead: clockApart(theirs, asked, Date.now()) });
    },
  };
  return reach;
}

/** The header has whole seconds, and the answer was on its way for a while: only what neither explains counts. */
function clockApart(theirs: number, asked: number, answered: number): number {
  if (theirs + 1_000 < asked) return theirs + 1_000 - asked;
  return Math.max(0, theirs - answered);
}

const MEANING: Readonly<Record<string, string>> = {
  ENOTFOUND: 'is not known by this name',
  EAI_AGAIN: 'cannot be found: names cannot be looked up here',
  ECONNREFUSED: 'refuses the connection: nobody listens there',
  ECONNRESET: 'breaks the connection off',
  UND_ERR_SOCKET: 'breaks the connection off',
  EHOSTUNREACH: 'cannot be reached from this network',
  ENETUNREACH: 'cannot be reached from this network',
  ETIMEDOUT: 'does not answer',
};

/** What kept a request from being answered, whichever client made it. */
export function unreached(error: unknown): Unreached {
  const { cause, code, message } = error as { cause?: { code?: string }; code?: string; message: string };
  const named = cause?.code ?? code ?? message;
  const certificate = /CERT|SIGNATURE|TLS|SSL/.test(named) ? 'shows a certificate that is not accepted' : undefined;
  return new Unreached(`${MEANING[named] ?? certificate ?? 'cannot be reached'} (${named})`);
}
