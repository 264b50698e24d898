// The suite of surfaces, run by the console.
import type { Incident } from '../../../src/core/incident.ts';
import { openBaton } from '../../browser/baton.ts';
import { surfaceContract } from '../../contracts/surface.ts';
import { textIn } from '../../support/teams-house.ts';

surfaceContract({
  name: 'console',
  async open() {
    const house = await openBaton();
    const json = async (path: string, body?: unknown) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      const response = await fetch(`${house.url}/console/${path}`, body === undefined ? {} : init);
      return (await response.json()) as Record<string, unknown>;
    };
    const { id: me } = await json('session', { name: 'Ann Archer' });
    let last: readonly [string, unknown] = ['', {}];
    const send = async (path: string, body: unknown) => {
      last = [path, body];
      await json(path, body);
      await house.handler.settled();
    };
    return {
      surface: house.surface,
      handler: house.handler,
      async declare(title) {
        await send(`orders?as=${me}`, { id: 'declare', data: { command: 'declare', fields: { title } } });
        return (await house.handler.incident('INC-1')) as Incident;
      },
      async press({ id, version }, command, fields = {}) {
        await send(`orders?as=${me}`, { data: { command, fields, form: false, incident: id, seen: version } });
      },
      again: () => send(...last),
      settled: () => house.handler.settled(),
      async seen({ id }) {
        const view = await json(`incidents/${id}?as=${me}`);
        const { entries } = await json(`incidents/${id}/entries?as=${me}`);
        return [view.title, textIn(view.card), JSON.stringify(entries)].join('\n');
      },
      stop: () => house.stop(),
    };
  },
});
