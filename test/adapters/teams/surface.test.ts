// The suite of surfaces, run by Teams.
import type { Incident } from '../../../src/core/incident.ts';
import { surfaceContract } from '../../contracts/surface.ts';
import { openTeams, type Sent, sent, shownIn } from '../../support/teams-house.ts';

surfaceContract({
  name: 'Teams',
  async open() {
    const house = await openTeams();
    let last: Sent = sent('message-personal');
    let presses = 0;
    const send = async (activity: Sent) => {
      last = activity;
      await house.send(activity);
      await house.settled();
    };
    return {
      surface: house.teams,
      handler: house.handler,
      async declare(title) {
        const escaped = title.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
        await send(sent('message-personal', { text: `declare ${escaped}` }));
        return (await house.handler.incident('INC-1')) as Incident;
      },
      async press({ id, version }, command, fields = {}) {
        presses += 1;
        const data = { command, fields, form: false, incident: id, seen: version };
        const value = { action: { type: 'Action.Execute', verb: command, data }, trigger: 'manual' };
        const { from, conversation } = sent('message-personal');
        await send(sent('invoke-execute', { id: `f:press-${presses}`, from, conversation, value }));
      },
      again: () => send(last),
      settled: () => house.settled(),
      async seen({ id }) {
        const room = (await house.handler.incident(id))?.rooms.teams?.room ?? '';
        return house.connector
          .in(room)
          .map(({ states }) => shownIn(states.at(-1)))
          .join('\n')
          .replace(/&lt;/g, '<')
          .replace(/&gt;/g, '>')
          .replace(/&amp;/g, '&');
      },
      stop: () => house.stop(),
    };
  },
});
