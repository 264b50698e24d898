/** The line at the bottom: notes as they are, commands with a slash, and what can come next while one types. */
import { show } from './answers.js';
import { at, fill, h } from './dom.js';
import { tell, Unanswered } from './house.js';
import { freshId, say } from './orders.js';
import { sending } from './unsent.js';
import { announce, t } from './words.js';

/** @typedef {import('../wire.ts').Completion} Completion */

/** Lines kept for the arrow up. */
const KEPT = 50;

/** @type {string | undefined} */
let incident;
/** @type {Completion | undefined} */
let completion;
/** What was written when that was asked for: more may have been typed since. */
let completed = '';
/** Index of the option chosen by arrow keys; -1 for none. */
let chosen = -1;
/** @type {AbortController | undefined} */
let asking;
/** @type {string[]} */
const history = [];
let back = 0;
/** @typedef {{ id: string, line: string, incident: string | undefined }} Said */

/** By what and where: a line keeps its id until it is answered, however often it is sent. @type {Map<string, Said>} */
const unanswered = new Map();
/** What is being written stays with its incident: one Enter elsewhere would keep it in the wrong record. @type {Map<string | undefined, string>} */
const drafts = new Map();

/** @returns {HTMLInputElement} */
function input() {
  return /** @type {HTMLInputElement} */ (at('line'));
}

/** @param {string | undefined} id */
export function lineFor(id) {
  if (id !== incident) {
    drafts.set(incident, input().value);
    input().value = drafts.get(id) ?? '';
  }
  incident = id;
  input().placeholder = t(id === undefined ? 'line.placeholder.none' : 'line.placeholder');
  hideOptions();
}

/** @param {string} text */
export function startLine(text) {
  const line = input();
  line.value = text;
  line.focus();
  line.setSelectionRange(text.length, text.length);
  void ask();
}

export function startCommandLine() {
  const line = input();
  line.addEventListener('input', () => void ask());
  line.addEventListener('click', () => void ask());
  line.addEventListener('keydown', onKey);
  line.addEventListener('blur', () => setTimeout(hideOptions, 120));
  at('line-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
}

async function submit() {
  const line = input().value.trim();
  if (line === '') return;
  const said = JSON.stringify([incident, line]);
  const sent = unanswered.get(said) ?? { id: freshId(), line, incident };
  unanswered.set(said, sent);
  hideOptions();
  await send(sent, said);
}

/** @param {Said} sent @param {string} said what it is kept under @returns {Promise<void>} */
async function send(sent, said) {
  const { id: key, line: what, incident: to } = sent;
  at('line-form').setAttribute('aria-busy', 'true');
  // The line stays where it is: it was written at three in the morning and nobody will write it twice.
  const sendable = { key, what, incident: to, again: () => send(sent, said) };
  const outcome = await sending(sendable, () => say(sent)).finally(() => at('line-form').removeAttribute('aria-busy'));
  if (!outcome) return;
  unanswered.delete(said);
  if (outcome.outcome === 'problem' && to === incident) return showProblem(outcome.text);
  if (outcome.outcome !== 'problem') {
    remember(what);
    if (to === incident && input().value.trim() === what) input().value = '';
    if (to !== incident && drafts.get(to)?.trim() === what) drafts.delete(to);
  }
  show(outcome, to);
}

/** @param {string} text */
function showProblem(text) {
  fill(at('line-help'), h('span', { class: 'line-problem' }, text));
  at('line-panel').hidden = false;
  announce(text, 'at once');
}

/** @param {string} text */
function remember(text) {
  if (history.at(-1) !== text) history.push(text);
  if (history.length > KEPT) history.shift();
  back = history.length;
}

async function ask() {
  const line = input();
  const text = line.value;
  asking?.abort();
  if (!text.startsWith('/')) {
    hideOptions();
    return;
  }
  asking = new AbortController();
  try {
    const caret = line.selectionStart ?? text.length;
    const found = await tell('complete', { line: text, caret, incident }, asking.signal);
    if (line.value !== text || document.activeElement !== line) return;
    completion = found;
    completed = text;
    drawOptions();
  } catch (error) {
    // Completion is a courtesy: without it the line still works.
    if (!(error instanceof Unanswered) && !(error instanceof DOMException)) throw error;
  }
}

function drawOptions() {
  if (!completion) return;
  const { options, help } = completion;
  chosen = -1;
  fill(
    at('line-options'),
    options.map((option, n) =>
      h(
        'div',
        {
          id: `line-option-${n}`,
          role: 'option',
          'aria-selected': 'false',
          onmousedown: (/** @type {Event} */ event) => {
            event.preventDefault();
            take(n);
          },
        },
        h('span', { class: 'option-label' }, option.label),
        option.detail ? h('span', { class: 'option-detail' }, option.detail) : undefined,
      ),
    ),
  );
  fill(at('line-help'), help ? helpLine(help) : h('span', { class: 'line-keys' }, t('line.pick')));
  at('line-options').hidden = options.length === 0;
  at('line-panel').hidden = options.length === 0 && !help;
  input().setAttribute('aria-expanded', String(options.length > 0));
  input().removeAttribute('aria-activedescendant');
}

/** @param {NonNullable<Completion['help']>} help */
function helpLine(help) {
  return [
    h('span', { class: 'help-text' }, help.text),
    h(
      'span',
      { class: 'help-fields' },
      help.fields.map((field) =>
        h(
          'span',
          {
            class: `help-field ${field.value === undefined ? '' : 'filled'} ${field.now ? 'now' : ''}`,
            title: field.name,
          },
          field.value === undefined
            ? field.required
              ? field.label
              : `[${field.label}]`
            : h('span', {}, `${field.label}: `, h('strong', {}, field.value)),
        ),
      ),
    ),
  ];
}

export function hideOptions() {
  asking?.abort();
  completion = undefined;
  chosen = -1;
  at('line-panel').hidden = true;
  at('line-options').replaceChildren();
  input().setAttribute('aria-expanded', 'false');
  input().removeAttribute('aria-activedescendant');
}

/** @param {number} n */
function choose(n) {
  const rows = [...at('line-options').children];
  chosen = (n + rows.length) % rows.length;
  for (const [index, row] of rows.entries()) row.setAttribute('aria-selected', String(index === chosen));
  rows[chosen]?.scrollIntoView({ block: 'nearest' });
  input().setAttribute('aria-activedescendant', `line-option-${chosen}`);
}

/** @param {number} n */
function take(n) {
  const option = completion?.options[n];
  if (!completion || !option) return;
  const line = input();
  const { from } = completion;
  // What was typed since belongs to the word that is completed.
  const typed = line.value.startsWith(completed.slice(0, completion.to)) ? line.value.length - completed.length : 0;
  const to = completion.to + typed;
  // What was offered is taken: a fast Enter after it sends the line rather than taking it again.
  hideOptions();
  line.value = line.value.slice(0, from) + option.insert + line.value.slice(to).replace(/^ /, '');
  const caret = from + option.insert.length;
  line.setSelectionRange(caret, caret);
  line.focus();
  void ask();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const open = at('line-options').childElementCount > 0 && !at('line-panel').hidden;
  if (event.isComposing) return;
  if (event.key === 'ArrowDown' && open) choose(chosen + 1);
  else if (event.key === 'ArrowUp' && open) choose(chosen === -1 ? -1 : chosen - 1);
  else if (event.key === 'Tab' && !event.shiftKey && open && input().value.startsWith('/') && needsTab()) {
    take(Math.max(chosen, 0));
  } else if (event.key === 'Enter' && open && chosen >= 0) take(chosen);
  else if (event.key === 'Escape' && !at('line-panel').hidden) hideOptions();
  else if (event.key === 'ArrowUp' && history.length > 0 && back > 0) recall(back - 1);
  else if (event.key === 'ArrowDown' && back < history.length) recall(back + 1);
  else return;
  event.preventDefault();
}

/** Tab completes only what is begun; otherwise it leaves the line, as everywhere. */
function needsTab() {
  return chosen >= 0 || (completion !== undefined && completion.to > completion.from);
}

/** @param {number} n */
function recall(n) {
  back = n;
  input().value = history[back] ?? '';
}
