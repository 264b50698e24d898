/** Maps every rule to what keeps it and the stories that show it; `npm run guide` writes it into docs/guide.md. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { POLICIES } from '../../src/core/policies/index.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGE = `${ROOT}docs/guide.md`;

/** A rule: what it asks for, and the commands and cards that carry it out beside its policies. */
export interface Rule {
  readonly id: string;
  readonly asks: string;
  readonly commands: readonly string[];
  readonly cards: readonly string[];
}

function rule(id: string, asks: string, commands: string, cards: string): Rule {
  const list = (words: string) => words.split(' ').filter((word) => word !== '');
  return { id, asks, commands: list(commands), cards: list(cards) };
}

/** The headings of the guide with their rules, in the order in which an incident meets them. */
export const CHAPTERS: readonly (readonly [heading: string, rules: readonly Rule[]])[] = [
  [
    'First the call, then everything else',
    [
      rule(
        'CALL-1',
        'Declaring needs a title. Room, call and first pages come before any question.',
        'declare join-call set-call report-room report-call',
        'commander form',
      ),
      rule(
        'CALL-2',
        'Born in chat, from an alert, or for a customer; the record keeps which.',
        'declare note-alert',
        'record',
      ),
      rule('CALL-3', 'Who is needed follows from service and severity, as seats.', 'name-service page', 'seats'),
      rule(
        'CALL-4',
        'Presence is observed, or said by hand. Answering a page is not presence.',
        'join-call leave-call answer-page',
        'seats',
      ),
      rule(
        'CALL-5',
        'Pages are repeated, then escalated; then the commander is told who is missing, with a number if paging fails.',
        'page answer-page report-page',
        'prompt seats',
      ),
      rule(
        'CALL-6',
        'Anyone may page anyone; "who else should be here?" at every round while nothing works.',
        'page',
        'prompt',
      ),
    ],
  ],
  [
    'One commander',
    [
      rule(
        'CMD-1',
        'Without a commander the room is asked for one, by name, again and again.',
        'take-command release-command',
        'commander',
      ),
      rule('CMD-2', 'At most one commander, whatever races.', 'take-command ask-for-command', 'refusal'),
      rule(
        'CMD-3',
        'The worst severity takes only listed leaders, or an acting commander until one answers.',
        'take-command',
        'refusal',
      ),
      rule(
        'CMD-4',
        'The commander must not act, and gives everything away before or as they take command.',
        'take-command accept-hand-over give delegate',
        'form refusal',
      ),
      rule(
        'CMD-5',
        'A commander who left or fell silent is asked for. Seniority transfers nothing.',
        'confirm-command ask-for-command',
        'commander',
      ),
    ],
  ],
  [
    'Impact before action',
    [
      rule(
        'IMP-1',
        'Impact is the first prompt; "unknown" is an answer, and becomes work on offer.',
        'assess-impact delegate',
        'commander form',
      ),
      rule(
        'IMP-2',
        'The answers propose a severity; the commander decides; in time the worst is assumed.',
        'set-severity',
        'prompt',
      ),
      rule(
        'IMP-3',
        'Severity changes with a reason, and every consequence follows at once.',
        'set-severity release',
        'commander',
      ),
      rule('IMP-4', 'At each round: same, better, worse, different?', 'restate-impact', 'round'),
    ],
  ],
  [
    'Work is delegated by kind',
    [
      rule('ACT-1', 'Six kinds of activity; kinds decide what the rules allow.', 'delegate', 'form'),
      rule(
        'ACT-2',
        'Focus is raised; what is off the point is parked and comes back with the watch.',
        'focus park',
        'commander watch',
      ),
      rule(
        'ACT-3',
        'Customer messages are drafted, confirmed, published once.',
        'draft-message confirm-message withdraw-message posted report-publication',
        'messages',
      ),
      rule('ACT-4', 'Stakeholder updates are the commander’s own, drafted by Baton.', 'send-update', 'update'),
    ],
  ],
  [
    'One mitigation at a time',
    [
      rule(
        'MIT-1',
        'One runs or is observed; the rest queue in order.',
        'propose-mitigation start-mitigation move-mitigation',
        'commander',
      ),
      rule('MIT-2', 'What was done is observed, then judged.', 'finish judge-mitigation', 'prompt'),
      rule(
        'MIT-3',
        'Overlap only where the severity allows it, with a reason, marked as confounded.',
        'start-mitigation',
        'record',
      ),
      rule('MIT-4', 'Other kinds of work run in parallel.', 'delegate', 'commander'),
      rule(
        'MIT-5',
        'The record says who, from, to, window, judgement; worse is undone first.',
        'judge-mitigation propose-mitigation',
        'record timeline',
      ),
    ],
  ],
  [
    'Always be doing something',
    [
      rule('DO-1', 'One owner, by name, and a time to come back.', 'delegate', 'form'),
      rule('DO-2', 'Not delegated until acknowledged.', 'acknowledge decline give', 'prompt'),
      rule('DO-3', 'A lull is noticed, with what is open.', 'propose-mitigation delegate', 'prompt'),
      rule('DO-4', 'Waits are said; a cycle or pile-up is named as it forms.', 'wait-for stop-waiting', 'prompt'),
    ],
  ],
  [
    'Check for updates on a cycle',
    [
      rule('UPD-1', 'A round recurs per severity and asks owners by name.', 'hold-round close-round report', 'round'),
      rule('UPD-2', 'Past its time, the owner is asked for a new one; more time is fine.', 'give-estimate', 'prompt'),
      rule(
        'UPD-3',
        'Early, skipped or put off with a reason; what was just said counts.',
        'hold-round skip-round snooze-round report',
        'round',
      ),
      rule('UPD-4', 'Never lost, never doubled, never two nags for one fact.', '', ''),
    ],
  ],
  [
    'Rotate before people break',
    [
      rule(
        'ROT-1',
        'Shifts by severity; an alternate is proposed and paged before the end.',
        'hand-over page',
        'prompt',
      ),
      rule('ROT-2', 'A hand-over has two sides and a brief.', 'hand-over accept-hand-over decline-hand-over', 'brief'),
      rule('ROT-3', 'Hours and night hours; who is sent to rest is not paged.', 'relieve page', 'prompt'),
      rule('ROT-4', 'At night: can it wait? Then everything sleeps until a time.', 'stand-down stand-up', 'commander'),
    ],
  ],
  [
    'Watch after the fix',
    [
      rule(
        'WAT-1',
        'Mitigated opens a watch; an incident closes from one that ran out, or early with a reason.',
        'mitigated release extend-watch close',
        'commander',
      ),
      rule('WAT-2', 'The record is gathered while it is easy; originals are copied.', 'keep-evidence note', 'watch'),
      rule(
        'WAT-3',
        'A recurrence reopens the same incident; soon after closing it is offered.',
        'recurred call-back reopen link merge-into',
        'prompt',
      ),
    ],
  ],
  [
    'The record',
    [
      rule('REC-1', 'It exports at any time, with a picture.', '', 'record timeline'),
      rule('REC-2', 'It says how the incident was run.', 'snooze dismiss', 'record'),
      rule('REC-3', 'Nothing in it is edited; corrections are added.', 'correct', 'record'),
    ],
  ],
  [
    'The commander’s voice',
    [
      rule(
        'VOICE',
        'One line is the next to say; nobody is pinged twice for one fact.',
        'snooze dismiss',
        'commander prompt',
      ),
    ],
  ],
];

/** The files of tests whose titles carry a rule's id, from the top of the project. */
export function storiesOf(id: string): string[] {
  return TESTS.filter(([, text]) => text.includes(`[${id}]`)).map(([file]) => file);
}

const TESTS: readonly (readonly [string, string])[] = ['test/stories', 'test/core'].flatMap((folder) =>
  readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => [`${folder}/${name}`, readFileSync(`${ROOT}${folder}/${name}`, 'utf8')] as const),
);

export function policiesOf(id: string): string[] {
  return POLICIES.filter(({ rules }) => rules.includes(id)).map(({ name }) => name);
}

/** The whole page. */
export function guidePage(): string {
  const link = (file: string, words: string) => `[${words}](../${file})`;
  const row = ({ id, asks, commands, cards }: Rule) => {
    const kept = [
      ...policiesOf(id).map((name) => `**${link(`src/core/policies/${name}.ts`, name)}**`),
      ...commands.map((name) => link(`src/core/commands/${name}.ts`, name)),
    ];
    const drawn = cards.map((name) => link(`src/cards/${name}.ts`, name));
    const shown = storiesOf(id).map((file) => link(file, storyName(file)));
    return `| ${id} | ${asks} | ${kept.join(', ')} | ${drawn.join(', ')} | ${shown.join('; ')} |`;
  };
  const chapters = CHAPTERS.map(([heading, rules], n) =>
    [
      `## ${n < 10 ? `${n + 1}. ` : ''}${heading}`,
      '',
      '| rule | asks that | kept by (**policies**, commands) | drawn on | shown by |',
      '|-|-|-|-|-|',
      ...rules.map(row),
    ].join('\n'),
  );
  return `${[INTRODUCTION, ...chapters].join('\n\n')}\n`;
}

const INTRODUCTION = `# From the guide to the code

Baton keeps the rules of "A guide to running Incident Command" (Jonathan Word, 2023), said in its own words. Each row
names what keeps a rule, where people see it, and the stories that show it with a fake clock. Every number is a setting,
documented in [settings.ts](../src/core/settings.ts) and [severity.ts](../src/core/severity.ts).

This page is written by \`npm run guide\`; the sentences are in test/house/guide.ts. House tests fail when a rule has no
story or nothing that keeps it.`;

/** `test/stories/call/a-title-is-enough.test.ts` reads "a title is enough". */
function storyName(file: string): string {
  return (file.split('/').at(-1) ?? file).replace(/\.test\.ts$/, '').replaceAll('-', ' ');
}

export function writtenPage(): string {
  return readFileSync(PAGE, 'utf8');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, guidePage());
