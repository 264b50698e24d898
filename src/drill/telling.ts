/** What a drill says on the terminal: who plays whom, what happens, and the review. */
import { announcement } from '../cards/announcement.ts';
import { readings, reviewLines } from '../cards/review.ts';
import type { Words } from '../cards/words/words.ts';
import type { EventType, Recorded } from '../core/events.ts';
import type { Finding } from '../core/review.ts';
import { NAMES, PARTS } from './company.ts';
import { CHOICES, type Complaint, type DrillOptions } from './options.ts';
import { SCENARIOS } from './scenarios/index.ts';
import type { Scene } from './scene.ts';

/** Few, because who practises looks at the browser. */
const TOLD: ReadonlySet<EventType> = new Set<EventType>([
  'incident-declared',
  'commander-sought',
  'command-taken',
  'command-lapsed',
  'severity-set',
  'mitigation-started',
  'mitigation-judged',
  'lull-began',
  'round-opened',
  'shift-ending',
  'incident-mitigated',
  'incident-recurred',
  'watch-passed',
  'incident-closed',
]);

export function opening({ scenario, role, seed }: DrillOptions, address: string, words: Words): readonly string[] {
  const say = sayer(words);
  const person = say('person', { name: NAMES.mara });
  return [
    say('ui.title', { about: say(`${scenario.name}.about`) }),
    '',
    say('ui.open', { address }),
    say(`ui.${role}`, { person }),
    say('ui.plays', {
      people: words.list(PARTS.map((part) => say('ui.part', { name: NAMES[part], part: say(`part.${part}`) }))),
    }),
    say('ui.safe', { seed }),
    '',
  ];
}

export function happenings(events: readonly Recorded[], words: Words): readonly string[] {
  return events
    .filter(({ type }) => TOLD.has(type))
    .map((event) => `${words.at(event.at)}  ${announcement(event, words)}`);
}

export function closing(findings: readonly Finding[], words: Words): readonly string[] {
  const say = sayer(words);
  const read = readings(findings, words);
  return [
    '',
    say('ui.review'),
    ...reviewLines(findings, words),
    ...(read.length > 0 ? ['', say('ui.read'), ...read] : []),
    '',
  ];
}

export function helpLines(words: Words): readonly string[] {
  const say = sayer(words);
  const list = (choices: readonly string[]) => ({ choices: choices.join(', '), preset: choices[0] ?? '' });
  return [
    say('help.usage'),
    say('help.what'),
    '',
    ...(['scenario', 'pace', 'role', 'language'] as const).map((option) =>
      say(`help.${option}`, list(CHOICES[option])),
    ),
    ...['seed', 'folder', 'list'].map((option) => say(`help.${option}`)),
    say('help.port'),
  ];
}

export function listLines(words: Words): readonly string[] {
  const say = sayer(words);
  return SCENARIOS.map(({ name }) => `${name}: ${say(`${name}.about`)}`);
}

export function complaintLines(complaints: readonly Complaint[], words: Words): readonly string[] {
  const say = sayer(words);
  return [...complaints.map(({ says, facts }) => say(says, facts)), say('option.help')];
}

/** Sentences of the drill. */
export function sayer(words: Words): Scene['say'] {
  return (key, facts) => words.t(`drill.${key}`, facts);
}
