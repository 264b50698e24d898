// Microsoft's Agents Playground, a local Teams client, and a real Baton: one incident by buttons alone, one by typing alone.
// Run with `npm run e2e:playground`; it is fetched with npx, or taken from AGENTS_PLAYGROUND where that names its cli.js.
// SCREENSHOTS names a folder that gets a picture of each step.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { button, openBrowser, sit, wordOf } from '../browser/browser.ts';
import { freePort, type Started, startProcess, until } from './processes.ts';

const ROOT = join(import.meta.dirname, '../..');
const PLAYGROUND = '@microsoft/m365agentsplayground@0.2.28';
const SCREENSHOTS = process.env.SCREENSHOTS;
const NODE = join(ROOT, 'node_modules/.bin/node');

/** Everything that takes minutes takes seconds. */
const CONFIG = `
severities:
  SEV-1: {round: 20s, observation: 2s, watch: 6s}
  SEV-2: {round: 20s, observation: 2s, watch: 6s}
  SEV-3: {round: 20s, observation: 2s, watch: 6s}
command: {askAfter: 1s}
`;

let folder: string;
let url: string;
let baton: Started;
let playground: Started;
let browser: Browser;
/** Alex Wilber, whom the Playground has for its one human. */
let alex: Page;
let step = 0;
/** Each state of the commander's card as the Playground showed it: in a new message, or in one that was there. */
let painted: { readonly action: string; readonly message: string; readonly frame: string }[] = [];

jest.setTimeout(300_000);

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-playground-'));
  writeFileSync(join(folder, 'baton.yaml'), CONFIG);
  const [batonPort, port] = [await freePort(), await freePort()];
  url = `http://127.0.0.1:${batonPort}`;
  baton = startProcess(NODE, [join(ROOT, 'src/main.ts')], {
    PORT: String(batonPort),
    DATA_DIR: folder,
    BATON_CONFIG: join(folder, 'baton.yaml'),
  });
  await until('Baton', async () => (await fetch(`${url}/healthz`)).ok);
  const own = process.env.AGENTS_PLAYGROUND;
  const [program, ...given] = own ? [process.execPath, own] : ['npx', '--yes', PLAYGROUND];
  playground = startProcess(
    program as string,
    [
      ...given,
      'start',
      '--app-endpoint',
      `${url}/api/messages`,
      '--channel-id',
      'msteams',
      '--port',
      String(port),
      '--disable-telemetry',
    ],
    // Without it the Playground opens a browser of the machine, and ends where there is none.
    { TEAMSAPPTESTER_BROWSER: 'none' },
  );
  await until('the Agents Playground', async () => (await fetch(`http://localhost:${port}/`)).ok).catch((error) => {
    throw new Error(`The Agents Playground could not be had: ${playground.output() || error.message}`);
  });
  alex = await (await browser.newContext({ viewport: { width: 1_300, height: 1_100 } })).newPage();
  alex.setDefaultTimeout(30_000);
  painted = [];
  alex.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => see(String(payload))));
  await alex.goto(`http://localhost:${port}/`, { waitUntil: 'domcontentloaded' });
  await alex.getByText(wordOf('teams.welcome'), { exact: true }).waitFor();
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await playground?.end('SIGTERM');
  await baton?.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

async function picture(name: string): Promise<void> {
  if (!SCREENSHOTS) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  step += 1;
  await alex.waitForTimeout(800);
  await alex.screenshot({ path: join(SCREENSHOTS, `${String(step).padStart(2, '0')}-${name}.png`) });
}

/** What the Playground is told of messages; it tells much else. */
function see(frame: string): void {
  const { action, message } = JSON.parse(frame) as { action?: string; message?: { messageId: string } };
  if (action && message && frame.includes(`"${wordOf('card.phase')}`))
    painted.push({ action, message: message.messageId, frame });
}

/** One card, in the room and ever: all that happened is an edit of it. */
async function expectEditedInPlace(): Promise<void> {
  // How many edits there are is the pace's to say: what happens together is one, and the last says how it ended.
  await until('the card to say how it ended', async () => painted.at(-1)?.frame.includes(wordOf('phase.closed')));
  expect(await card().count()).toBe(1);
  const [first, ...later] = painted;
  expect(first?.action).toBe('createMessage');
  expect(later).not.toEqual([]);
  expect(later.filter((one) => one.action !== 'updateMessage' || one.message !== first?.message)).toEqual([]);
}

/** The commander's card, of which there is one. */
const card = () => alex.locator('.ac-adaptiveCard', { hasText: wordOf('card.phase') });

/** Presses a button in the newest message that has it in the open, or behind the overflow of the commander's card. */
async function press(key: string): Promise<void> {
  const name = wordOf(`button.${key}`);
  const open = alex.locator('.ac-adaptiveCard').getByRole('button', { name, exact: true }).last();
  const behind = card().getByRole('button', { name: 'More options', exact: true }).last();
  const item = alex.getByRole('menuitem', { name, exact: true });
  const comes = (locator: Locator) =>
    locator.waitFor({ timeout: 8_000 }).then(
      () => true,
      () => false,
    );
  // The overflow covers the rest while it is open: it is looked into only where nothing comes in the open.
  await until(`a button "${name}"`, async () => {
    if (await comes(open)) return open.click().then(() => true);
    if (!(await behind.isVisible())) return false;
    await behind.click();
    const there = await comes(item);
    if (there) await item.click();
    // It stays open after a choice, and when the card below it is exchanged.
    await alex.keyboard.press('Escape');
    return there;
  });
  await picture(key);
}

/** Presses a button that opens a form, and waits for it: the button is there twice from then on. */
async function open(key: string, first: string): Promise<void> {
  await press(key);
  await field(first).waitFor();
}

/** What has happened so far, by kind. */
async function happened(...kinds: string[]): Promise<void> {
  await until(kinds.join(', '), async () => {
    const { events } = (await (await fetch(`${url}/incidents/INC-1/record.json`)).json()) as {
      events: { type: string }[];
    };
    const types = new Set(events.map(({ type }) => type));
    return kinds.every((kind) => types.has(kind));
  });
}

function field(key: string): Locator {
  return alex
    .locator('.ac-adaptiveCard')
    .getByLabel(wordOf(`field.${key}`))
    .last();
}

/** Picks from a list of a form; its popup is beside the card. */
async function pick(key: string, choice: string): Promise<void> {
  await field(key).click();
  await alex.getByRole('option', { name: choice, exact: true }).click();
}

/** What somebody types into the console. */
async function says(page: Page, line: string): Promise<void> {
  await page.locator('#line').fill(line);
  await page.locator('#line-send').click();
}

test('a whole incident by buttons alone', async () => {
  await open('declare', 'title');
  await field('title').fill('Checkout fails for everybody');
  await press('declare');
  await press('join-call');
  const megan = await sit(browser, `${url}/#/INC-1`, 'Megan Bowen');
  await megan.locator('#here').click();
  await press('take-command');

  await open('answer-in-words', 'sees');
  await field('sees').fill('Nobody can pay');
  await press('assess-impact');
  for (const answer of ['answer-yes', 'answer-every-time', 'answer-fail', 'answer-everybody']) await press(answer);
  await card().getByRole('button', { name: 'SEV-1', exact: true }).click();
  await happened('severity-set');

  await open('propose-mitigation', 'what');
  await field('what').fill('Roll back 4.2');
  await pick('owner', 'Megan Bowen');
  await press('propose-mitigation');
  await press('start-mitigation');
  await button(megan, 'acknowledge').click();
  await button(megan, 'finish').click();
  await press('verdict-helped');

  await happened('round-opened');
  await press('trend-better');
  await open('hand-over', 'to');
  await pick('to', 'Megan Bowen');
  await press('hand-over');
  await button(megan, 'accept-hand-over').click();
  await happened('hand-over-offered');
  await says(megan, '/delegate Look at the error rate owner:"Alex Wilber"');
  await press('acknowledge');
  await press('finish');
  await happened('activity-finished');
  await says(megan, '/hand-over Alex Wilber');
  await press('accept-hand-over');

  await open('mitigated', 'stays');
  // The form, as it comes: what is left out is Baton's to say.
  await press('mitigated');
  await happened('incident-mitigated');
  await happened('watch-passed');
  await press('close');
  await happened('incident-closed');
  await picture('closed');
  await expectEditedInPlace();
});

async function type(line: string, ...kinds: string[]): Promise<void> {
  await alex.locator('[contenteditable=true]').first().click();
  await alex.keyboard.type(line);
  await alex.keyboard.press('Enter');
  if (kinds.length > 0) await happened(...kinds);
  await picture(line.replace(/\W+/g, '-').slice(0, 30));
}

test('a whole incident by typing alone', async () => {
  await type('declare Checkout fails for everybody', 'incident-declared', 'room-opened');
  await type('join', 'call-joined');
  const megan = await sit(browser, `${url}/#/INC-1`, 'Megan Bowen');
  await megan.locator('#here').click();
  await type('take-command', 'command-taken');
  await type(
    'impact sees:"Nobody can pay" reproduced:yes frequency:every-time retries:fail scope:everybody',
    'impact-answered',
  );
  await type('severity SEV-1', 'severity-set');
  await type('the error rate rose at noon', 'note-kept');
  await type('propose Roll back 4.2 owner:"Megan Bowen"', 'mitigation-queued');
  await type('start M1', 'mitigation-started');
  await button(megan, 'acknowledge').click();
  await button(megan, 'finish').click();
  await happened('observation-began');
  await type('judge M1 helped', 'mitigation-judged');
  await type('trend better', 'impact-restated');
  await type('hand-over Megan Bowen', 'hand-over-offered');
  await button(megan, 'accept-hand-over').click();
  await says(megan, '/hand-over Alex Wilber');
  await alex.getByText(wordOf('button.accept-hand-over'), { exact: true }).last().waitFor();
  await type('accept');
  await type('mitigated', 'incident-mitigated', 'watch-passed');
  await type('close', 'incident-closed');
  await picture('closed');
  await expectEditedInPlace();
});
