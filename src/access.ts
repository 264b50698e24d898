/** Who is let in over HTTP: no other site's pages, nobody under a false name, and beyond this machine only with the token. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { isLoopback } from './config.ts';

export interface AccessOptions {
  /** How people reach Baton from outside. */
  readonly publicUrl?: string;
  /** The password of everything beyond this machine. Absent: nothing beyond it is served. */
  readonly token?: string;
}

export interface Access {
  /** Lets no other site's page act here, nor a name that somebody else pointed at this address. For all routes. */
  readonly sameHouse: RequestHandler;
  /** Lets in requests of this machine or with the token. For everything that does not check by itself. */
  readonly guard: RequestHandler;
  /** Takes `{token}` as JSON and gives a cookie that passes the guard. */
  readonly enter: RequestHandler;
}

const COOKIE = 'baton';
/** Thirty days: nobody looks for a token at 3 a.m. A new BATON_TOKEN ends all of them at once. */
const COOKIE_SECONDS = 30 * 24 * 60 * 60;

/** What proxies add: the request was made somewhere else, whatever its last hop was. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/** Made on this machine, for this machine by its own name: what a page of another site or a proxy cannot be. */
export function isLocal(request: Request): boolean {
  return (
    isLoopback(request.socket.remoteAddress ?? '') &&
    isLoopback(hostOf(request)?.hostname ?? '') &&
    !FORWARDED.some((header) => header in request.headers)
  );
}

export function createAccess({ publicUrl, token }: AccessOptions): Access {
  const outside = publicUrl === undefined ? undefined : new URL(publicUrl);

  const sameHouse: RequestHandler = (request, response, next) => {
    const host = hostOf(request);
    // Under a false name a page has none of our cookies. Where no token is asked for, the name itself has to be right.
    const named = host && (token !== undefined || isLoopback(host.hostname) || host.hostname === outside?.hostname);
    if (!named) {
      const remedy = 'Use its address on this machine, or set PUBLIC_URL to the address that you use.';
      return refuse(response, 421, 'unknown-host', `Baton does not go by this name. ${remedy}`);
    }
    if (!fromHere(request, host, outside)) {
      return refuse(response, 403, 'foreign-origin', "This came from another site's page, which may not act here.");
    }
    next();
  };

  const pass = token === undefined ? undefined : createHmac('sha256', token).update(COOKIE).digest('base64url');

  const guard: RequestHandler = (request, response, next) => {
    if (token === undefined || pass === undefined) {
      if (isLocal(request)) return next();
      return refuse(response, 403, 'token-unset', 'This came from another machine. Set BATON_TOKEN to let people in.');
    }
    const cookie = /(?:^|;\s*)baton=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
    const bearer = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if ((cookie && sameSecret(cookie, pass)) || (bearer && sameSecret(bearer, token))) return next();
    response.set('www-authenticate', 'Bearer');
    refuse(
      response,
      401,
      'token-wanted',
      'Sign in on the front page, or send "Authorization: Bearer" with BATON_TOKEN.',
    );
  };

  const enter: RequestHandler = (request, response) => {
    const given: unknown = request.body?.token;
    if (token === undefined || pass === undefined) return void response.json({});
    if (typeof given !== 'string' || !sameSecret(given, token)) {
      return refuse(response, 403, 'token-wrong', 'This is not the token.');
    }
    const secure = outside?.protocol === 'https:' ? '; Secure' : '';
    // Lax rather than Strict, so that a link in a chat leads to the incident and not to the sign-in.
    const cookie = `${COOKIE}=${pass}; Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
    response.set('set-cookie', cookie).json({});
  };

  return { sameHouse, guard, enter };
}

/** Takes as long for a near miss as for a wild guess. */
function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHmac('sha256', COOKIE).update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

function hostOf(request: Request): URL | undefined {
  return URL.parse(`http://${request.headers.host ?? ''}`) ?? undefined;
}

/** Reading is free: another site's page cannot see the answer. Whatever else comes from a page must be from one of ours. */
function fromHere({ method, headers }: Request, host: URL, outside: URL | undefined): boolean {
  if (method === 'GET' || method === 'HEAD') return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (headers.origin === undefined) return true;
  const origin = URL.parse(headers.origin);
  return origin !== null && (origin.host === host.host || origin.host === outside?.host);
}

function refuse(response: Response, status: number, problem: string, error: string): void {
  response.status(status).json({ problem, error });
}
