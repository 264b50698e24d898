/** Starts the page and moves it between incidents: who I am, what I look at, and what the stream brings. */
import { answersFor, pressed, startAnswers } from './answers.js';
import { drawBoard } from './board.js';
import { drawCalls, drawPing, startCalls } from './calls.js';
import { hideOptions, lineFor, startCommandLine, startLine } from './command-line.js';
import { declare, startDeclaring } from './declare.js';
import { at, fill, h, icon } from './dom.js';
import { evidenceFor, startEvidence } from './evidence.js';
import { ask, onStranger, speakAs, Unanswered, whoAmI } from './house.js';
import { clearIncident, drawIncident } from './incident.js';
import { openHelp, startShortcuts } from './shortcuts.js';
import { askToken, askWho, enter, remembered } from './sign-in.js';
import { listen } from './stream.js';
import { startTheme } from './theme.js';
import { tick } from './time.js';
import { addEntries, clearTimeline, lastEntry, startTimeline } from './timeline.js';
import { toast } from './toast.js';
import { startUnsent } from './unsent.js';
import { languageNow, speak, t, translateFrame } from './words.js';

/** @typedef {import('../wire.ts').Board} Board */
/** @typedef {import('../wire.ts').Mine} Mine */
/** @typedef {import('../wire.ts').Start} Start */

const LANGUAGE = 'baton.language';

/** @type {Board} */
let board = { open: [], closed: [] };
/** @type {Mine} */
let mine = { pages: [] };
/** @type {string | undefined} */
let here;
let title = 'Baton';
let boarded = false;
let stop = () => {};

async function start() {
  const languages = await learnWords(localStorage.getItem(LANGUAGE) ?? navigator.language);
  const showTheme = startTheme();
  document.body.removeAttribute('data-starting');
  startLanguages(languages, showTheme);
  const started = await patiently(() => ask('start'));
  onStranger(async () => {
    const me = remembered();
    if (!me) return false;
    await enter(me.name);
    return true;
  });
  startTimeline();
  startCommandLine();
  startEvidence(started.largestFile);
  startAnswers((incident) => {
    location.hash = `#/${incident}`;
  });
  startCalls((press) => void pressed(press));
  startUnsent();
  startShortcuts([
    ['/', 'keys.line', () => startLine('/')],
    ['m', 'keys.mine', () => (at('mine').hidden ? at('card') : at('mine-cards')).focus()],
    ['c', 'keys.card', () => at('card').focus()],
    ['t', 'keys.timeline', () => at('timeline-scroll').focus()],
    ['j', 'keys.next', () => step(1)],
    ['k', 'keys.previous', () => step(-1)],
    ['n', 'keys.declare', declare],
    ['?', 'keys.help', () => void openHelp()],
  ]);
  fill(at('line-send'), icon('send'));
  fill(at('attach'), icon('clip'));
  for (const close of document.querySelectorAll('dialog .close')) fill(close, icon('close'));
  startDeclaring();
  at('me').addEventListener('click', () => void becomeSomebody());
  document.querySelector('.skip')?.addEventListener('click', (event) => {
    // The address names what is looked at: where focus goes is no part of it.
    event.preventDefault();
    at('main').focus();
  });
  addEventListener('hashchange', () => {
    if (/^(#\/|$)/.test(location.hash)) look();
  });
  setInterval(tick, 1_000);

  const me = remembered();
  if (me) {
    speakAs(me.id);
    showMe(me.name);
  } else showMe((await askWho(started.people)).name);
  look();
}

/** @param {string} wanted @returns the languages there are */
async function learnWords(wanted) {
  /** @type {import('../wire.ts').PageWords} */
  const { words, language, languages } = await patiently(() => ask('words', { lang: wanted }));
  speak({ ...words }, language);
  translateFrame();
  return languages;
}

/** The house may only be starting, or ask for its token first. @template T @param {() => Promise<T>} question @returns {Promise<T>} */
async function patiently(question) {
  for (;;) {
    try {
      const answer = await question();
      at('lost').hidden = true;
      return answer;
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      if (error.problem === 'problem.token-wanted') await askToken();
      else {
        at('lost').hidden = false;
        await new Promise((resolve) => setTimeout(resolve, 1_500));
      }
    }
  }
}

/** @param {import('../wire.ts').PageWords['languages']} languages @param {() => void} showTheme */
function startLanguages(languages, showTheme) {
  const choice = /** @type {HTMLSelectElement} */ (at('language'));
  fill(
    choice,
    languages.map(({ id, name }) => h('option', { value: id, lang: id }, name)),
  );
  choice.value = languageNow();
  choice.addEventListener('change', async () => {
    localStorage.setItem(LANGUAGE, choice.value);
    await learnWords(choice.value);
    showTheme();
    showMe(remembered()?.name ?? '');
    look();
  });
}

async function becomeSomebody() {
  // Without those whom the house knows a name can be typed all the same, and what is wrong is said beside it.
  const { people } = await ask('start').catch(() => ({ people: [] }));
  showMe((await askWho(people)).name);
  look();
}

/** @param {string} name */
function showMe(name) {
  at('me-name').textContent = name;
  at('me').setAttribute('aria-label', t('me', { name }));
}

/** Turns the page to what its address names. */
function look() {
  stop();
  const id = location.hash.startsWith('#/') ? decodeURIComponent(location.hash.slice(2)) || undefined : undefined;
  const moved = id !== here;
  here = id;
  clearTimeline(id);
  clearIncident();
  hideOptions();
  answersFor(id);
  lineFor(id);
  evidenceFor(id);
  show(id === undefined ? 'home' : 'waiting');
  if (moved && id !== undefined) boardSoon();
  stop = listen(id, {
    heard,
    last: lastEntry,
    refused: () => void comeInAgain(),
    connection: (now) => {
      at('lost').hidden = now === 'connected';
      document.body.toggleAttribute('data-lost', now === 'lost');
    },
  });
}

/** The stream was refused: where that was for want of a name or a token, both are shown again. */
async function comeInAgain() {
  const before = whoAmI();
  await patiently(() => ask('me'));
  if (whoAmI() !== before) look();
}

/** @param {'home' | 'waiting' | 'incident' | 'gone'} what */
function show(what) {
  document.body.dataset.shows = what;
  for (const part of ['home', 'incident', 'gone']) at(part).hidden = part !== what;
  at('side').hidden = what !== 'incident';
  if (what === 'home') title = t('title');
  document.title = title;
}

function boardSoon() {
  drawBoard(board, mine, here);
}

/** @param {string} kind @param {any} data */
function heard(kind, data) {
  switch (kind) {
    case 'board':
      board = data;
      boarded = true;
      boardSoon();
      return drawHome();
    case 'mine':
      mine = data;
      drawCalls(mine, title);
      return boardSoon();
    case 'entries':
      return data.incident === here ? addEntries(data.entries, data.upTo) : undefined;
    case 'view': {
      if (data.id !== here) return;
      const first = document.body.dataset.shows !== 'incident';
      show('incident');
      title = `${data.drill ? `${t('drill')}: ` : ''}${data.id} · ${data.title} – Baton`;
      drawIncident(data);
      drawCalls(mine, title);
      if (first) at('timeline-scroll').scrollTop = at('timeline-scroll').scrollHeight;
      return;
    }
    case 'ping':
      return drawPing(data, (text) => toast(text));
    case 'gone':
      return show('gone');
  }
}

function drawHome() {
  if (!boarded) return;
  at('home').dataset.calm = String(board.open.length === 0);
  at('home-title').textContent =
    board.open.length === 0 ? t('home.calm') : t('home.open', { count: board.open.length });
  at('home-text').textContent = board.open.length === 0 ? t('home.calm.text') : t('home.open.text');
}

/** @param {number} by */
function step(by) {
  const ids = board.open.map(({ id }) => id);
  if (ids.length === 0) return;
  const now = ids.indexOf(here ?? '');
  const next = now < 0 ? (by > 0 ? 0 : ids.length - 1) : (now + by + ids.length) % ids.length;
  location.hash = `#/${ids[next]}`;
}

void start();
