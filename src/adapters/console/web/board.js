/** Draws the board: what is open, worst first, and what was closed lately. */
import { at, fill, h } from './dom.js';
import { moment, running } from './time.js';
import { t } from './words.js';

/** @typedef {import('../wire.ts').Board} Board */
/** @typedef {import('../wire.ts').BoardRow} BoardRow */
/** @typedef {import('../wire.ts').Mine} Mine */

/** @param {{ severity: string, rank: number }} row */
export function severityPill({ severity, rank }) {
  return h('span', { class: 'pill severity', data: { rank: String(Math.min(rank, 3)) } }, severity);
}

/** @param {string} phase */
export function phasePill(phase) {
  return h('span', { class: 'pill phase', data: { phase } }, t(`phase.${phase}`));
}

export function drillPill() {
  return h('span', { class: 'pill drill' }, t('drill'));
}

/** @param {Board} board @param {Mine} mine @param {string | undefined} current */
export function drawBoard(board, mine, current) {
  const focused = document.activeElement?.closest('#board a')?.getAttribute('href');
  const row = (/** @type {BoardRow} */ one) => item(one, mine, current);
  fill(
    at('board-open'),
    board.open.length > 0 ? board.open.map(row) : h('li', { class: 'board-none' }, t('board.none')),
  );
  fill(at('board-closed'), board.closed.map(row));
  at('board-lately').hidden = board.closed.length === 0;
  at('board-count').textContent = board.open.length > 0 ? String(board.open.length) : '';
  if (focused)
    document
      .querySelector(`#board a[href="${CSS.escape(focused)}"]`)
      ?.parentElement?.querySelector('a')
      ?.focus();
}

/** @param {BoardRow} row @param {Mine} mine @param {string | undefined} current */
function item(row, mine, current) {
  const calls = mine.pages.filter(({ incident }) => incident === row.id).length;
  const closed = row.phase === 'closed';
  const when = closed ? moment(row.closedAt ?? row.declaredAt) : running(h('span', {}), row.declaredAt);
  return h(
    'li',
    {},
    h(
      'a',
      { href: `#/${row.id}`, class: 'board-row', 'aria-current': row.id === current ? 'page' : undefined },
      h(
        'span',
        { class: 'board-marks' },
        closed ? phasePill('closed') : severityPill(row),
        !closed && row.phase !== 'open' ? phasePill(row.phase) : undefined,
        row.drill ? drillPill() : undefined,
        calls > 0 ? h('span', { class: 'pill call' }, t('board.paged')) : undefined,
      ),
      h('span', { class: 'board-title' }, row.title),
      h(
        'span',
        { class: 'board-facts' },
        h('span', {}, row.id),
        h('span', {}, when),
        closed ? undefined : h('span', {}, row.commander?.name ?? t('board.no-commander')),
      ),
    ),
  );
}
