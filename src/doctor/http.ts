/** Looks at the door of this machine and at the address outside: who answers there, and whether it is the same Baton. */
import { once as next } from 'node:events';
import { createServer } from 'node:net';
import { type Config, isLoopback } from '../config.ts';
import { INSTANCE } from '../http.ts';
import { bare, whyNotListening } from '../listening.ts';
import { type Check, type Finding, type Found, inTwo, note, ok, once, unset, wrong } from './finding.ts';
import { createReach, type Reach, unlessUnreached } from './reach.ts';

type Door = Pick<Config, 'host' | 'port' | 'publicUrl' | 'token' | 'teams'>;

/** What answers at an address; absent: nobody. */
interface Answering {
  /** Undefined: something that is not Baton. */
  readonly instance: string | undefined;
}

/** Milliseconds within which something on this machine answers. */
const NEAR = 5_000;
const ELSEWHERE = 'Set HOST and PORT.';

export function httpCheckup(door: Door, reach: Reach): readonly Check[] {
  const { host, port, publicUrl, token } = door;
  const local = `http://${localName(host)}:${port}`;
  const here = (path: string) => fetch(`${local}${path}`, { signal: AbortSignal.timeout(NEAR), redirect: 'manual' });
  // A machine learns nothing of its clock from itself.
  const asking = isHere(publicUrl) ? createReach() : reach;
  const problem = once(() => listeningProblem(host, port));
  const running = once(async (): Promise<Answering | undefined> => {
    if (port === 0 || (await problem()) !== 'EADDRINUSE') return undefined;
    return { instance: await instanceIn(await here('/healthz')) };
  });

  async function atPort(): Promise<Found> {
    if (port === 0) return ok('PORT is 0: Baton takes any free port.');
    const code = await problem();
    if (code === undefined) return ok(`Port ${port} on ${host} is free; no Baton runs here now.`);
    const [said, remedy] = inTwo(whyNotListening(code, host, port), ELSEWHERE);
    if (code !== 'EADDRINUSE') return wrong(said, remedy);
    const found = await running().catch(() => undefined);
    return found?.instance === undefined ? wrong(said, remedy) : readyAt();
  }

  async function readyAt(): Promise<Finding> {
    const response = await here('/readyz');
    const { ready, reason = '' } = (await response.json().catch(() => ({}))) as { ready?: boolean; reason?: string };
    if (ready) return ok(`Baton runs at ${local}/ and is ready.`);
    return wrong(`Baton runs at ${local}/ and takes no work: ${reason}.`, 'Look below Storage, and into its log.');
  }

  async function outside(signal: AbortSignal): Promise<Found> {
    if (publicUrl === undefined) {
      if (!door.teams?.identity) return unset('PUBLIC_URL is not set: cards and pages carry no links to the console.');
      return note('PUBLIC_URL is not set, though Teams has to call Baton.', 'Set it (deploy/teams/README.md, step 1).');
    }
    return [...shape(), await behind(signal)];
  }

  function shape(): readonly Finding[] {
    const found: Finding[] = [];
    if (publicUrl?.startsWith('http:') && !isHere(publicUrl)) {
      const said = `PUBLIC_URL is ${publicUrl}, without TLS: ${door.teams?.identity ? 'Teams calls nothing else than https' : 'BATON_TOKEN and cookies can be read on the way'}.`;
      const remedy = 'Put a proxy with a certificate in front, and write https:// in PUBLIC_URL.';
      found.push(door.teams?.identity ? wrong(said, remedy) : note(said, remedy));
    }
    if (token === undefined && !isHere(publicUrl)) {
      const said = 'People who open PUBLIC_URL are turned away, because there is no BATON_TOKEN.';
      found.push(note(said, 'Set BATON_TOKEN (openssl rand -hex 32), unless only platforms and alerts come in there.'));
    }
    return found;
  }

  /** Who answers under PUBLIC_URL. */
  async function behind(signal: AbortSignal): Promise<Finding> {
    const mine = await running().catch(() => undefined);
    const response = await unlessUnreached(
      () => asking.get(`${publicUrl}/healthz`, signal),
      (why) => wrong(`${publicUrl} ${why}.`, 'Mend its name, its certificate or the proxy; or PUBLIC_URL.'),
    );
    if ('state' in response) return response;
    const instance = await instanceIn(response);
    const awake = mine?.instance !== undefined;
    if (instance === undefined) {
      const said = `${publicUrl}/healthz answers ${response.status}, and it is not Baton.`;
      if (awake) return wrong(said, `Let the proxy there lead to ${local}.`);
      return note(said, 'Start Baton, then look again: only then can be told where it leads.');
    }
    if (instance !== mine?.instance) {
      const said = `${publicUrl} leads to a Baton, but not to the one on this machine${awake ? '' : ', where none runs'}.`;
      return note(said, 'If it should not be another instance of the same house, let the proxy lead here.');
    }
    const front = await asking.get(`${publicUrl}/`, signal);
    await front.body?.cancel();
    if (front.status !== 421) return ok(`${publicUrl} leads to this Baton.`);
    return wrong(
      `${publicUrl} leads to this Baton, which does not go by that name.`,
      'Start Baton anew, with this PUBLIC_URL.',
    );
  }

  return [
    { of: `Port ${port} on ${host}`, look: atPort },
    { of: publicUrl ?? 'PUBLIC_URL', look: outside },
  ];
}

function isHere(publicUrl: string | undefined): boolean {
  return publicUrl !== undefined && isLoopback(new URL(publicUrl).hostname);
}

/** Tries the port for a moment: nobody who listens there notices, and only this finds all that can be in the way. */
async function listeningProblem(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  try {
    server.listen({ host: bare(host), port });
    await next(server, 'listening');
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    server.close();
  }
}

async function instanceIn(response: Response): Promise<string | undefined> {
  const { alive } = (await response.json().catch(() => ({}))) as { alive?: boolean };
  return alive === true ? (response.headers.get(INSTANCE) ?? '') : undefined;
}

/** By which a machine reaches itself. */
export function localName(host: string): string {
  const everywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };
  const name = bare(host);
  return everywhere[name] ?? (name.includes(':') ? `[${name}]` : name);
}
