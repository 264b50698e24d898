/** After the fix comes a watch; only a watch that ran out closes an incident, and a recurrence reopens it (WAT-1, WAT-3). */
import { commanderOf, dismissal, type Policy, type Prompt, refuse, type Suggestion } from '../contract.ts';
import type { Watch } from '../incident.ts';
import { hasHeld, inQuestion, suspicionKey } from '../watch.ts';

const POLICY = 'watch-after-the-fix';

export const watchAfterTheFix: Policy = {
  name: POLICY,
  guide: 'watch',
  rules: ['WAT-1', 'WAT-3'],
  during: ['open', 'watching'],
  objects: (incident, event) => {
    if (event.type !== 'incident-closed' || event.reason !== undefined || hasHeld(incident)) return undefined;
    const early: Suggestion = { command: 'close', label: 'close-early' };
    if (incident.phase !== 'watching')
      return refuse('not-mitigated', {}, { command: 'mitigated', primary: true }, early);
    const back = inQuestion(incident);
    if (!back) return refuse('watch-running', { until: { at: incident.watch?.until ?? 0 } }, early);
    const [again, other] = answersTo(back);
    // Put off, the question must come back before it can be waved aside.
    const isAsked = incident.prompts.has(suspicionKey(back));
    return refuse('recurrence-open', { alert: back.name }, again, ...(isAsked ? [other] : []), early);
  },
  wants: (incident) => {
    const { phase, watch } = incident;
    return phase === 'watching' && watch && !watch.passed && !inQuestion(incident)
      ? [{ policy: POLICY, key: 'over', at: watch.until }]
      : [];
  },
  answers: () => [{ type: 'watch-passed' }],
  offers: (incident) => {
    const { watch, phase } = incident;
    const to = commanderOf(incident);
    if (phase === 'open') return cameBack(incident);
    if (!watch) return [];
    const prompts: Prompt[] = [];
    if (watch.suspicion) {
      prompts.push({
        key: suspicionKey(watch.suspicion),
        line: 'recurrence',
        facts: { alert: watch.suspicion.name },
        to,
        rank: 'safety',
        since: watch.suspicion.at,
        buttons: answersTo(watch.suspicion),
      });
    }
    // Said once, it makes room for what is still to be gathered and written.
    const key = `watching:${watch.since}`;
    prompts.push({
      key: watch.passed ? `close:${watch.until}` : key,
      line: watch.passed ? 'close' : 'watching',
      facts: { until: { at: watch.until }, stays: { people: watch.stays }, released: { people: watch.released } },
      to,
      rank: 'work',
      since: watch.since,
      buttons: watch.passed
        ? [{ command: 'close', primary: true }, { command: 'recurred' }, { command: 'extend-watch' }]
        : [
            { ...dismissal(key, 'said'), primary: true },
            { command: 'recurred' },
            { command: 'keep-evidence' },
            { command: 'extend-watch' },
          ],
    });
    return prompts;
  },
  pings: (event, incident) => {
    const { commander } = incident.command;
    if (commander === undefined) return [];
    if (event.type === 'watch-passed')
      return [{ to: [commander], line: 'close', facts: {}, fact: `close:${event.seq}` }];
    // Of an alert storm the first is news.
    const { suspicion } = incident.watch ?? {};
    const first = event.type === 'alert-noted' && suspicion?.at === event.at && suspicion.name === event.name;
    return first
      ? [{ to: [commander], line: 'recurrence', facts: { alert: event.name }, fact: suspicionKey(suspicion) }]
      : [];
  },
};

/** It is back, or that is something else. */
function answersTo(suspicion: NonNullable<Watch['suspicion']>): [Suggestion, Suggestion] {
  return [
    { command: 'recurred', fields: { what: suspicion.name }, primary: true },
    dismissal(suspicionKey(suspicion), 'not-the-same'),
  ];
}

/** Reopened by a recurrence: whoever was released may be needed again. */
function cameBack(incident: Parameters<NonNullable<Policy['offers']>>[0]): Prompt[] {
  const again = incident.recurred.at(-1);
  if (!again) return [];
  const released = Object.values(incident.people).filter(
    (person) => person.released !== undefined && person.released <= again.at && person.on.length === 0,
  );
  const key = `call-back:${again.at}`;
  return released.length === 0
    ? []
    : [
        {
          key,
          line: 'call-back',
          facts: { people: { people: released.map(({ id }) => id) } },
          to: commanderOf(incident),
          rank: 'people',
          since: again.at,
          buttons: [
            { command: 'call-back', fields: { people: released.map(({ id }) => id) }, primary: true },
            dismissal(key, 'not-needed'),
          ],
        },
      ];
}
