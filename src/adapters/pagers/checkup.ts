/** Looks at the pagers without paging anybody: credentials are tried only where a provider has something harmless to ask for. */
import { type Check, type Finding, ok, wrong } from '../../doctor/finding.ts';
import { type Reach, unlessUnreached } from '../../doctor/reach.ts';
import { receiverCheckup } from '../../doctor/receivers.ts';
import type { NtfyOptions } from './ntfy.ts';

export interface Checked {
  readonly ntfy?: NtfyOptions | undefined;
  /** Where each of the others takes pages: they act on whatever they are sent. */
  readonly others: readonly string[];
}

export function pagersCheckup({ ntfy, others }: Checked, reach: Reach): readonly Check[] {
  const receivers = others.map((url) => receiverCheckup(url, 'pages', reach));
  if (ntfy?.token === undefined) return [...(ntfy ? [receiverCheckup(ntfy.url, 'pages', reach)] : []), ...receivers];
  const { url, token } = ntfy;
  return [{ of: hostOf(url), look: (signal) => ntfyFinding(url, token, reach, signal) }, ...receivers];
}

/** Whose account the token is; the server says so to everybody, and refuses a token that it does not know. */
function ntfyFinding(url: string, token: string, reach: Reach, signal: AbortSignal): Promise<Finding> {
  const host = hostOf(url);
  return unlessUnreached(
    async () => {
      const response = await reach.get(`${url}/v1/account`, signal, { authorization: `Bearer ${token}` });
      await response.body?.cancel();
      if (response.ok)
        return ok(`${host} accepts the token; whether it may write to the topics shows only with a page.`);
      const said = `${host} answers ${response.status} to the token of pagers.ntfy.`;
      return wrong(said, 'Make a new one there (ntfy token add), and set it in pagers.ntfy.token.');
    },
    (why) => wrong(`${host}, where pages go, ${why}.`, 'Start it, let this machine reach it, or mend pagers.ntfy.url.'),
  );
}

function hostOf(url: string): string {
  return new URL(url).host;
}
