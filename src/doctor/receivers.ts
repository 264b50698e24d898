/** Looks whether receivers of pages and publications can be reached, and sends them nothing: they act on whatever they are sent. */
import { type Check, type Finding, ok, wrong } from './finding.ts';
import { type Reach, unlessUnreached } from './reach.ts';

/** @param what goes there: "pages" */
export function receiverCheckup(url: string, what: string, reach: Reach): Check {
  const { host } = new URL(url);
  return { of: host, look: (signal) => reached(url, what, reach, signal) };
}

function reached(url: string, what: string, reach: Reach, signal: AbortSignal): Promise<Finding> {
  // Whatever else stands in the address may be a secret.
  const { host } = new URL(url);
  return unlessUnreached(
    async () => {
      await reach.knock(url, signal);
      return ok(`${host} can be reached; whether it takes ${what} shows only when one is sent.`);
    },
    (why) =>
      wrong(
        `${host}, where ${what} go, ${why}.`,
        'Start it, let this machine reach it, or mend its url in baton.yaml.',
      ),
  );
}
