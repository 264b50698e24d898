// A whole incident, from a real Alertmanager's delivery to its record, by three people in real browsers who follow the
// prompts alone: whatever the commander has to think of by themselves, this test does not find.
// Run with `npm run e2e:whole-incident`; wants `prometheus-alertmanager` (Debian's name) or `alertmanager` on the PATH.
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, said, sit } from '../browser/browser.ts';
import { type Answer, type Asked, follow, type Judgement } from './follower.ts';
import { type House, type Kept, openHouse } from './house.ts';
import { until } from './processes.ts';

jest.setTimeout(240_000);

/** Short, so that hours pass in a minute; the rules are those of a long incident. */
const CONFIG = `
people: {ann: {name: Ann Archer}, bob: {name: Bob Baker}, cat: {name: Cat Carter}}
commanders: [ann, cat]
seats:
  commander: {name: Incident commander, chain: [ann]}
  payments: {name: Payments on-call, chain: [bob]}
services: {payments: {name: Payments, seats: [payments]}}
severities:
  SEV-1: {round: 10s, observation: 1s, shift: 10m, watch: 15s}
  SEV-2: {round: 15s, observation: 1s, shift: 40s, watch: 15s}
shift: {warn: 12s, every: 60s}
lull: {after: 2s, every: 60s}
command: {askAfter: 1s}
rounds: {fresh: 1s}
`;

const ALERT = {
  labels: { alertname: 'PaymentsFail', service: 'payments' },
  annotations: { summary: 'Payments fail at the last step' },
};
const ID = 'INC-1';

const RESTART = 'Restart the payment workers';
const WIDEN = 'Raise the connection limit';
const ROLL_BACK = 'Roll payments back to 4.1';
const VERDICTS: Readonly<Record<string, string>> = {
  [RESTART]: 'verdict-no-effect',
  [WIDEN]: 'verdict-worse',
  [ROLL_BACK]: 'verdict-fixed',
};

type Happened = Kept['events'][number];

let house: House;
let browser: Browser;
let events: Kept['events'] = [];
let killed = false;
let over = false;

/** By id. */
const PEOPLE = new Map([
  ['ann', 'Ann Archer'],
  ['bob', 'Bob Baker'],
  ['cat', 'Cat Carter'],
]);

const happened = (type: string, what: (event: Happened) => boolean = () => true) =>
  events.some((event) => event.type === type && what(event));
const about = (text: string) => (event: Happened) => event.what === text;
const idOf = (text: string) => events.find(about(text))?.activity;
const acknowledged = (text: string) => happened('activity-acknowledged', ({ activity }) => activity === idOf(text));
const commander = () => events.findLast(({ type }) => type === 'command-taken')?.person;

beforeAll(async () => {
  house = await openHouse(CONFIG);
  browser = await openBrowser();
});

afterAll(async () => {
  over = true;
  await browser?.close();
  await house?.stop();
});

/** What the commander knows and the prompts cannot: answers, names, and what each attempt did. Everything else is the first button. */
const asCommander = ({ line, text }: Asked): Answer | undefined => {
  switch (line) {
    case 'impact-sees':
      return { fill: { 'field.sees': 'One in five payments fails at the last step' } };
    case 'impact-reproduced':
      return { press: 'answer-yes' };
    case 'impact-frequency':
      return { press: frequency() };
    case 'impact-retries':
      return { press: 'answer-fail' };
    case 'impact-scope':
      return { press: 'answer-everybody' };
    case 'impact-unknown':
    case 'lull-unknown':
      return { fill: { 'field.owner': 'Bob Baker' } };
    case 'decide-severity':
      return { fill: { 'field.reason': 'It happens only sometimes' } };
    case 'release-people':
      return { press: 'all-stay' };
    case 'lull-proposals':
      // Until Bob has spoken up nobody knows of anything else to try, however long he takes to acknowledge the first.
      if (idOf(RESTART) && !idOf(WIDEN)) return undefined;
      return { fill: { 'field.what': idOf(RESTART) ? ROLL_BACK : RESTART, 'field.owner': 'Bob Baker' } };
    case 'start-next-whose':
    case 'lull-queue':
      return { fill: { 'field.owner': 'Bob Baker' } };
    case 'judge-mitigation':
    case 'lull-judge':
      return { press: verdictOn(text) };
    case 'round-impact':
      return { press: 'trend-same' };
    case 'who-else':
      return { press: 'nobody-else' };
    case 'gather':
      return { fill: { 'field.text': 'Errors rose with release 4.2 and fell with its rollback' } };
    // Said aloud, and for somebody else to answer.
    case 'round-ask':
    case 'brief-successor':
      return undefined;
    default:
      return {};
  }
};

/** An undoing names what it undoes, so it is looked for first. */
function verdictOn(text: string): string {
  const undoing = events.some(({ activity, reverses }) => reverses !== undefined && text.includes(`M${activity},`));
  const attempt = Object.keys(VERDICTS).find((what) => text.includes(what));
  return (!undoing && VERDICTS[attempt ?? '']) || 'verdict-helped';
}

const frequency = () =>
  happened('impact-answered', ({ question }) => question === 'frequency') ? 'answer-sometimes' : 'answer-unknown';

/** What waits for something, so that everything that the doctrine knows happens in one incident. */
const mayFinish = (text: string): boolean => {
  if (text.includes(RESTART)) return idOf(WIDEN) !== undefined;
  if (text.includes(WIDEN)) return killed;
  if (text.includes(ROLL_BACK)) return happened('command-taken', ({ from }) => from !== undefined);
  return text.startsWith('A') ? happened('progress-reported') : true;
};

const asResponder = ({ line, text }: Asked): Answer | undefined => {
  switch (line) {
    case 'page':
      return { press: 'console.page.here' };
    case 'work':
      return mayFinish(text) ? { fill: { 'field.result': 'Done' } } : undefined;
    case 'round-answer':
      return { fill: { 'field.text': 'Reading the logs, nothing yet', 'field.due': '10m' } };
    default:
      return {};
  }
};

/** Lines to the room while it has no commander. */
const mayCommand = ({ line, text }: Asked) =>
  line === 'gathering' || line === 'no-commander' || (line === 'no-commander-but' && text.startsWith('Ann'));

function as(person: string): Judgement {
  return (asked) => {
    if (asked.own) return asResponder(asked);
    if (commander() === person) return asCommander(asked);
    return commander() === undefined && person === 'ann' && mayCommand(asked) ? {} : undefined;
  };
}

/** What of each chapter has to be in the record. */
const TRACES: readonly (readonly [string, ReturnType<typeof holding>])[] = [
  [
    'the call: declared by an alert',
    holding('incident-declared', { source: expect.objectContaining({ kind: 'alert' }) }),
  ],
  ['the call: who was paged came', holding('call-joined', { person: 'bob' })],
  ['a commander was found', holding('commander-sought', {})],
  ['a commander took command', holding('command-taken', { person: 'ann' })],
  ['impact was assessed', holding('impact-answered', { question: 'sees' })],
  ['severity was decided', holding('severity-set', { severity: 'SEV-1', assumed: false })],
  ['severity was changed with a reason', holding('severity-set', { severity: 'SEV-2', reason: expect.any(String) })],
  ['work was delegated', holding('activity-delegated', { owner: 'bob' })],
  ['work was acknowledged', holding('activity-acknowledged', { owner: 'bob' })],
  ['one mitigation had no effect', holding('mitigation-judged', { verdict: 'no-effect' })],
  ['one made it worse', holding('mitigation-judged', { verdict: 'worse' })],
  ['what made it worse was undone', holding('mitigation-queued', { ahead: true, reverses: expect.any(Number) })],
  ['one fixed it', holding('mitigation-judged', { verdict: 'fixed' })],
  ['a lull was noticed', holding('lull-began', {})],
  ['a round was held: impact', holding('impact-restated', { trend: 'same' })],
  ['a round was held: owners', holding('progress-reported', {})],
  ['the shift neared its end', holding('shift-ending', { person: 'ann', alternate: 'cat' })],
  ['command was offered', holding('hand-over-offered', { from: 'ann', to: 'cat' })],
  ['command was accepted', holding('command-taken', { person: 'cat', from: 'ann' })],
  ['the impact ended', holding('incident-mitigated', { mitigation: expect.any(Number) })],
  ['stakeholders heard', holding('update-sent', {})],
  ['the recovery is evidence', holding('alert-noted', { status: 'resolved' })],
  ['evidence was gathered', holding('evidence-kept', {})],
  ['the watch ran out', holding('watch-passed', {})],
  ['the incident was closed, not early', holding('incident-closed', { early: false })],
];

function holding(type: string, facts: Readonly<{ [fact: string]: unknown }>) {
  return expect.arrayContaining([expect.objectContaining({ type, ...facts })]);
}

/** Looks at what has happened until the test is over. */
async function learn(): Promise<void> {
  while (!over) {
    events = (await house.record(ID).catch(() => undefined))?.events ?? events;
    await wait(200);
  }
}

test('the prompts lead three people from an alert to the record', async () => {
  const people = await Promise.all([...PEOPLE.values()].map((name) => sit(browser, house.url, name)));
  const bob = people[1] as Page;
  const learning = learn();
  const followers = [...PEOPLE.keys()].map((id, n) => follow(people[n] as Page, as(id), () => over));
  const reached = (what: string, so: () => boolean) =>
    until(what, async () => so(), 90_000).catch(async (cause) => {
      over = true;
      const seen = await Promise.all(people.map((page) => page.locator('body').innerText()));
      throw new Error([`${what} was not reached. What people see:`, ...seen].join('\n\n'), { cause });
    });

  await house.fire(ALERT);
  await reached('a mitigation under way', () => acknowledged(RESTART));
  // Speaking up is everybody's own: a proposal comes from whoever has one.
  await bob.locator('#line').fill(`/propose-mitigation ${WIDEN}`);
  await bob.locator('#line').press('Enter');

  await reached('the second mitigation', () => acknowledged(WIDEN));
  await house.endBaton('SIGKILL');
  await house.startBaton();
  killed = true;

  await reached('the fix', () => happened('mitigation-judged', ({ verdict }) => verdict === 'fixed'));
  await house.fire({ ...ALERT, endsAt: new Date().toISOString() });
  await reached('the close', () => happened('incident-closed'));
  over = true;
  await Promise.all([learning, ...followers.map((one) => one.over)]);

  expect(followers.flatMap(({ refused }) => refused)).toEqual([]);
  const complaints = people.flatMap((page) => said.get(page) ?? []);
  expect(complaints.filter((text) => !text.includes('net::ERR_'))).toEqual([]);
  expect(house.output()).not.toMatch(/"level":"(error|fatal)"/);

  events = (await house.record(ID))?.events ?? [];
  for (const [chapter, trace] of TRACES) expect([chapter, events]).toEqual([chapter, trace]);
  const sequence = events.map(({ seq }) => seq);
  expect(sequence).toEqual(sequence.map((_, index) => index + 1));

  const [markdown, picture] = await Promise.all(
    ['record.md', 'timeline.svg'].map(async (ending) => {
      const link = bob.locator(`.head-tools a[href$="${ending}"]`);
      return (await bob.request.get(`${house.url}${await link.getAttribute('href')}`)).text();
    }),
  );
  for (const text of [RESTART, WIDEN, ROLL_BACK, ...PEOPLE.values()]) expect(markdown).toContain(text);
  expect(picture).toMatch(/^<svg.*Ann Archer.*Cat Carter.*<\/svg>\s*$/s);
});
