/** Starts the page and moves it between incidents: who I am, what I look at, and what the stream brings. */
import { answersFor, notSent, pressed, startAnswers, toast } from './answers.js';
import { drawBoard } from './board.js';
import { drawCalls, drawPing, startCalls } from './calls.js';
import { hideOptions, lineFor, startCommandLine, startLine } from './command-line.js';
import { at, fill, h, icon } from './dom.js';
import { evidenceFor, startEvidence } from './evidence.js';
import { ask, speakAs, Unanswered } from './house.js';
import { clearIncident, drawIncident } from './incident.js';
import { freshId, press } from './orders.js';
import { openHelp, startShortcuts } from './shortcuts.js';
import { askToken, askWho, enter, forget, remembered } from './sign-in.js';
import { listen } from './stream.js';
import { startTheme } from './theme.js';
import { tick } from './time.js';
import { addEntries, clearTimeline, lastEntry, startTimeline } from './timeline.js';
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
  startTimeline();
  startCommandLine();
  startEvidence(started.largestFile);
  startAnswers((incident) => {
    location.hash = `#/${incident}`;
  });
  startCalls((data) => void pressed({ data }));
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
  for (const form of document.querySelectorAll('form.declare')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void onDeclare(/** @type {HTMLFormElement} */ (form));
    });
  }
  at('declare').addEventListener('click', declare);
  at('declare-close').addEventListener('click', () => declareBox().close());
  at('me').addEventListener('click', () => void becomeSomebody());
  addEventListener('hashchange', look);
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
  const { people } = await ask('start');
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
  const id = decodeURIComponent(location.hash.replace(/^#\/?/, '')) || undefined;
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

/** The house may have lost its people or want its token again: this tab says once more who it is. */
async function comeInAgain() {
  try {
    await ask('me');
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    const me = remembered();
    if (error.problem === 'problem.token-wanted') await askToken();
    else if (error.problem === 'problem.stranger' && me) await enter(me.name).catch(() => undefined);
    else return;
    look();
  }
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
      title = `${data.id} · ${data.title} – Baton`;
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

function declareBox() {
  return /** @type {HTMLDialogElement} */ (at('declare-box'));
}

function declare() {
  declareBox().showModal();
  at('declare-title').focus();
}

/** One id per title: pressing twice declares once. @type {Map<string, string>} */
const declared = new Map();

/** @param {HTMLFormElement} form */
async function onDeclare(form) {
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem('title'));
  const drill = /** @type {HTMLInputElement | null} */ (form.elements.namedItem('drill'));
  const wanted = field.value.trim();
  if (wanted === '') return field.focus();
  const fields = { title: wanted, ...(drill?.checked ? { drill: true } : {}) };
  const said = JSON.stringify(fields);
  const id = declared.get(said) ?? freshId();
  declared.set(said, id);
  try {
    const outcome = await press({ id, data: { command: 'declare', fields } });
    if (outcome.outcome === 'done') {
      declared.delete(said);
      form.reset();
      declareBox().close();
      location.hash = `#/${outcome.incident}`;
    } else if (outcome.outcome === 'refused') toast(outcome.text, 'bad');
  } catch (error) {
    notSent(error, () => void onDeclare(form));
  }
}

addEventListener('unhandledrejection', (event) => {
  const { reason } = event;
  if (!(reason instanceof Unanswered) || reason.status !== 401) return;
  // The house has forgotten this name: it was started anew without its people.
  event.preventDefault();
  forget();
  void becomeSomebody();
});

void start();
