/** A round of updates recurs per severity: impact first, then each owner by name, then when the next one is (UPD-1, UPD-3, UPD-4, IMP-4). */
import { commanderOf, type Policy, type Prompt } from '../contract.ts';
import { TRENDS } from '../events.ts';
import type { Activity, Round } from '../incident.ts';
import { onceFor } from '../once-for.ts';
import { nextRound, openRound, owing } from '../rounds.ts';
import type { PersonId } from '../units.ts';

const POLICY = 'round-of-updates';

export const roundOfUpdates: Policy = {
  name: POLICY,
  guide: 'updates',
  rules: ['UPD-1', 'UPD-3', 'UPD-4', 'IMP-4'],
  wants: (incident, { settings }) => {
    if (incident.firstOnCallAt === undefined) return [];
    const round = incident.rounds.at(-1);
    const next = { policy: POLICY, key: 'round', at: nextRound(incident, settings) };
    const complete = round?.outcome === 'open' && round.restated !== undefined && owing(incident).length === 0;
    return complete ? [{ policy: POLICY, key: 'complete', at: round.openedAt ?? round.due }, next] : [next];
  },
  answers: (incident, { key, at: due }, context) => {
    const round = incident.rounds.at(-1);
    if (key === 'complete') return round ? [{ type: 'round-closed', round: round.round }] : [];
    return [openRound(incident, context, due, context.at)];
  },
  offers: (incident) => {
    const round = incident.rounds.at(-1);
    return round?.outcome === 'open' ? roundPrompts(round, commanderOf(incident), ...owing(incident)) : [];
  },
  pings: (event, incident) => {
    if (event.type !== 'round-opened') return [];
    const { commander } = incident.command;
    const owners = event.asked.map(({ activity, owner }) => ({
      to: [owner],
      line: 'round',
      facts: { activity: { activity } },
      fact: `report:${activity}`,
    }));
    const own = commander === undefined || event.restated !== undefined ? [] : [commander];
    return [{ to: own, line: 'round-impact', facts: { round: event.round }, fact: `round:${event.round}` }, ...owners];
  },
};

/** Impact first, then each owner by name. */
const roundPrompts = onceFor((round: Round, to: PersonId, ...owed: Activity[]): readonly Prompt[] => {
  const base = { rank: 'rhythm', since: round.openedAt ?? round.due } as const;
  const prompts: Prompt[] = [];
  if (round.restated === undefined) {
    prompts.push({
      ...base,
      key: `round-impact:${round.round}`,
      line: 'round-impact',
      facts: { round: round.round },
      to,
      buttons: [
        ...TRENDS.map((trend) => ({ command: 'restate-impact', fields: { trend }, label: `trend-${trend}` })),
        { command: 'snooze-round' },
        { command: 'skip-round' },
      ],
    });
  }
  for (const { id, owner = '' } of owed) {
    const fields = { activity: id };
    const facts = { activity: { activity: id }, owner: { person: owner } };
    prompts.push({
      ...base,
      // Named so that it stands behind the impact, which is as old: impact first.
      key: `round-owner:${round.round}:${id}`,
      line: 'round-ask',
      facts,
      to,
      buttons: [
        { command: 'give-estimate', fields, primary: true },
        { command: 'give', fields },
        { command: 'close-round' },
      ],
    });
    prompts.push({
      ...base,
      key: `round-answer:${round.round}:${id}`,
      line: 'round-answer',
      facts,
      to: owner,
      buttons: [
        { command: 'report', fields, primary: true },
        { command: 'finish', fields },
      ],
    });
  }
  return prompts;
});
