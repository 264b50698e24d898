/** Single keys for those who keep their hands on the keyboard; they can be switched off, and never work while one types. */
import { at, fill, h } from './dom.js';
import { ask } from './house.js';
import { t } from './words.js';

const KEY = 'baton.single-keys';

/** @type {[key: string, words: string, act: () => void][]} */
let keys = [];

/** @param {[key: string, words: string, act: () => void][]} wanted */
export function startShortcuts(wanted) {
  keys = wanted;
  at('keys').addEventListener('click', openHelp);
  at('help-close').addEventListener('click', () => helpBox().close());
  helpBox().addEventListener('click', (event) => {
    if (event.target === helpBox()) helpBox().close();
  });
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !singleKeys()) return;
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.closest('input, textarea, select, dialog, [contenteditable]')) return;
    const found = keys.find(([key]) => key === event.key);
    if (!found) return;
    event.preventDefault();
    found[2]();
  });
}

function singleKeys() {
  return localStorage.getItem(KEY) !== 'off';
}

function helpBox() {
  return /** @type {HTMLDialogElement} */ (at('help'));
}

export async function openHelp() {
  const toggle = h('input', {
    type: 'checkbox',
    id: 'single-keys',
    checked: singleKeys(),
    onchange: (/** @type {Event} */ event) => {
      localStorage.setItem(KEY, /** @type {HTMLInputElement} */ (event.target).checked ? 'on' : 'off');
    },
  });
  fill(
    at('help-keys'),
    keys.map(([key, words]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, t(words)))),
    h('div', {}, h('dt', {}, h('kbd', {}, 'Esc')), h('dd', {}, t('keys.escape'))),
    h('div', {}, h('dt', {}, h('kbd', {}, 'Tab')), h('dd', {}, t('keys.tab'))),
  );
  fill(at('help-toggle'), h('label', { for: 'single-keys' }, toggle, ' ', t('keys.single')));
  helpBox().showModal();
  /** @type {import('../wire.ts').Help | undefined} */
  const help = await ask('help').catch(() => undefined);
  if (!help) return;
  const guides = [...new Set(help.commands.map(({ guide }) => guide))];
  fill(
    at('help-commands'),
    guides.map((guide) =>
      h(
        'section',
        {},
        h('h3', {}, guide),
        h(
          'dl',
          {},
          help.commands
            .filter((command) => command.guide === guide)
            .map(({ usage, aliases, text }) =>
              h(
                'div',
                {},
                h(
                  'dt',
                  {},
                  h('code', {}, usage),
                  aliases.length > 0
                    ? h('span', { class: 'quiet' }, ` ${aliases.map((alias) => `/${alias}`).join(' ')}`)
                    : undefined,
                ),
                h('dd', {}, text),
              ),
            ),
        ),
      ),
    ),
  );
}
