/** A provider on this machine: keeps its own rules by `serve`, and fails as providers do when it is told to. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answered {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly content?: unknown;
}

/**
 * An answer instead of doing it; or `reset`: the connection breaks before anything is done; `lost`: it is done, and the
 * connection breaks before that is said; `hangs`: nothing is done and nothing said; `silent`: it is done and never said.
 */
export type Fault = Answered | 'reset' | 'lost' | 'hangs' | 'silent' | 'works';

export interface Provider {
  /** Without a path. */
  readonly url: string;
  readonly host: string;
  /** Every request that came in whole, those that failed included. */
  readonly asked: readonly Asked[];
  /** What becomes of the next requests, one each; then it works again. */
  fail(...faults: Fault[]): void;
  /** What becomes of all requests from now on. */
  stay(fault: Fault): void;
  /** Told each time that a request hangs: whoever waits may lose patience now. */
  whenHanging(told: () => void): void;
  stop(): Promise<void>;
}

/** @param serve carries a request out */
export async function startProvider(serve: (asked: Asked) => Answered): Promise<Provider> {
  const asked: Asked[] = [];
  let faults: Fault[] = [];
  let always: Fault = 'works';
  let hanging = () => {};
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', url: path = '', headers } = request;
    const one = { method, path, headers, body };
    asked.push(one);
    const fault = faults.shift() ?? always;
    if (fault === 'hangs') {
      hanging();
      return;
    }
    if (fault === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const { status, headers: more = {}, content } = typeof fault === 'string' ? serve(one) : fault;
    if (fault === 'silent') return;
    if (fault === 'lost') {
      request.socket.resetAndDestroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'application/json', ...more });
    response.end(content === undefined ? '' : typeof content === 'string' ? content : JSON.stringify(content));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    asked,
    fail(...next) {
      faults = [...faults, ...next];
    },
    stay(fault) {
      always = fault;
    },
    whenHanging(told) {
      hanging = told;
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
