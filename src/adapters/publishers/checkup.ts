/** Looks at the publishers without publishing anything: credentials are tried only where a provider has something to read. */
import { type Check, type Finding, note, ok, wrong } from '../../doctor/finding.ts';
import { type Reach, unlessUnreached } from '../../doctor/reach.ts';
import { receiverCheckup } from '../../doctor/receivers.ts';
import { incidentsOf, type StatuspageOptions } from './statuspage.ts';

export interface Checked {
  readonly statuspage?: StatuspageOptions | undefined;
  /** Where each of the others takes words: they publish whatever they are sent. */
  readonly others: readonly string[];
}

export function publishersCheckup({ statuspage, others }: Checked, reach: Reach): readonly Check[] {
  const receivers = others.map((url) => receiverCheckup(url, 'publications', reach));
  if (!statuspage) return receivers;
  return [{ of: 'Statuspage', look: (signal) => pageFinding(statuspage, reach, signal) }, ...receivers];
}

const MEND: Readonly<Partial<Record<number, string>>> = {
  401: 'Set publishers.statuspage.key to the API key of a user who may edit the page.',
  404: 'Set publishers.statuspage.page to the id of a page that the key is for.',
};

function pageFinding(page: StatuspageOptions, reach: Reach, signal: AbortSignal): Promise<Finding> {
  const { host } = new URL(page.url);
  return unlessUnreached(
    async () => {
      const { address, headers } = incidentsOf(page);
      const response = await reach.get(`${address}?limit=1`, signal, headers);
      await response.body?.cancel();
      const { status } = response;
      if (response.ok) return ok(`${host} shows the incidents of the page ${page.page} for the key.`);
      // Its limit is one request a second, and Baton may just have asked.
      if (status === 420 || status === 429) return note(`${host} asks for a pause.`, 'Look again in a minute.');
      return wrong(
        `${host} answers ${status} to the key for the page ${page.page}.`,
        MEND[status] ?? 'Look again later.',
      );
    },
    (why) => wrong(`${host}, where publications go, ${why}.`, 'Let this machine reach it.'),
  );
}
