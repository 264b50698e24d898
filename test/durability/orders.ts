/** What people order during the kill test: mostly what makes sense, now and then what is refused. */
import type { Random } from './random.ts';
import { COMMANDERS, PEOPLE, WORKERS } from './short-lives.ts';

export interface Asks {
  readonly command: string;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

/** What the driver knows of an incident from answers alone. */
export interface Watched {
  readonly id: string;
  /** The highest version that was answered. */
  version: number;
  /** Upper bounds: how many activities and messages were made. */
  activities: number;
  messages: number;
  /** Who took command last. */
  commander: string;
  closed: boolean;
  /** An alert source reports to it: not closed while it does, and closed soon after. */
  alerts: 'none' | 'coming' | 'over';
}

type Maker = (random: Random, incident: Watched, mark: string) => Asks;

const activity = (random: Random, { activities }: Watched) => 1 + random.upTo(Math.max(0, activities - 1));
/** The latest are the ones that are still open. */
const recent = (random: Random, { activities }: Watched) => Math.max(1, activities - random.upTo(4));
const choice = (command: string, field: string, values: readonly string[]): Maker => {
  return (random) => ({ command, fields: { [field]: random.of(values) } });
};
const plain = (command: string): Maker => {
  return () => ({ command, fields: {} });
};
const about = (command: string): Maker => {
  return (random, incident) => ({ command, fields: { activity: recent(random, incident) } });
};

/** `mark` is the order's id: what carries it can be counted by it. */
const ANYBODY: readonly (readonly [number, Maker])[] = [
  [12, (_random, _incident, mark) => ({ command: 'note', fields: { text: `Seen: ${mark}` } })],
  [6, plain('join-call')],
  [3, plain('leave-call')],
  [3, plain('answer-page')],
  [3, (random) => ({ command: 'page', fields: { person: random.of(PEOPLE), wanted: 'another pair of eyes' } })],
  [2, (random) => ({ command: 'page', fields: { seat: random.of(['payments', 'database']) } })],
  [8, about('acknowledge')],
  [5, (random, incident, mark) => ({ command: 'report', fields: { activity: recent(random, incident), text: mark } })],
  [5, about('finish')],
  [2, (random, incident) => ({ command: 'give-estimate', fields: { activity: recent(random, incident), due: '1s' } })],
  [
    2,
    (random, incident, mark) => ({ command: 'decline', fields: { activity: recent(random, incident), reason: mark } }),
  ],
  [
    2,
    (random, incident) => ({
      command: 'wait-for',
      fields: { activity: recent(random, incident), other: activity(random, incident) },
    }),
  ],
  [4, (_random, _incident, mark) => ({ command: 'propose-mitigation', fields: { what: `Try ${mark}` } })],
  [2, choice('assess-impact', 'frequency', ['every-time', 'sometimes', 'unknown'])],
  [2, choice('assess-impact', 'scope', ['everybody', 'subset', 'unknown'])],
  [2, (_random, _incident, mark) => ({ command: 'draft-message', fields: { text: `We know of ${mark}` } })],
];

/** Prompts that stand for a while in most incidents. */
const QUESTIONS = ['impact:sees', 'impact:reproduced', 'impact:frequency', 'impact:retries'];

const COMMANDER: readonly (readonly [number, Maker])[] = [
  [
    8,
    (random, _incident, mark) => ({
      command: 'delegate',
      fields: { owner: random.of(WORKERS), what: `Look at ${mark}`, due: random.of(['1s', '2s', '5m']) },
    }),
  ],
  [
    4,
    (random, incident) => ({
      command: 'start-mitigation',
      fields: { activity: recent(random, incident), owner: random.of(WORKERS) },
    }),
  ],
  [
    4,
    (random, incident) => ({
      command: 'judge-mitigation',
      fields: { activity: recent(random, incident), verdict: random.of(['helped', 'no-effect', 'worse', 'cant-tell']) },
    }),
  ],
  [
    3,
    (random, incident) => ({ command: 'give', fields: { activity: recent(random, incident), to: random.of(WORKERS) } }),
  ],
  [2, about('cancel')],
  [2, choice('set-severity', 'severity', ['SEV-1', 'SEV-2', 'SEV-3'])],
  [3, choice('restate-impact', 'trend', ['same', 'better', 'worse'])],
  [1, plain('hold-round')],
  [1, (_random, _incident, mark) => ({ command: 'skip-round', fields: { reason: mark } })],
  [2, (_random, _incident, mark) => ({ command: 'send-update', fields: { text: `Still at it: ${mark}` } })],
  [
    3,
    (random, { messages }) => ({
      command: 'confirm-message',
      fields: { message: Math.max(1, messages - random.upTo(1)) },
    }),
  ],
  [2, choice('hand-over', 'to', COMMANDERS)],
  [1, plain('mitigated')],
  [2, (_random, _incident, mark) => ({ command: 'recurred', fields: { what: mark } })],
  [1, plain('confirm-command')],
  [2, (random) => ({ command: 'snooze', fields: { prompt: random.of(QUESTIONS), for: random.of(['1s', '3s']) } })],
];

function weighted(random: Random, makers: readonly (readonly [number, Maker])[]): Maker {
  const all = makers.reduce((sum, [weight]) => sum + weight, 0);
  let left = random.next() * all;
  for (const [weight, maker] of makers) {
    left -= weight;
    if (left < 0) return maker;
  }
  return (makers[0] as readonly [number, Maker])[1];
}

/** The next thing that somebody orders in an incident. */
export function nextOrder(random: Random, by: string, incident: Watched, mark: string): Asks {
  const commands = [...ANYBODY];
  if (incident.commander === by) commands.push(...COMMANDER);
  else if (COMMANDERS.some((one) => one === by))
    commands.push([10, plain('take-command')], [4, plain('accept-hand-over')]);
  return weighted(random, commands)(random, incident, mark);
}
