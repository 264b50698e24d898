/** Draws one incident: its head, the commander's card, what waits for its reader, the seats and the people. */
import { pressed } from './answers.js';
import { drillPill, phasePill, severityPill } from './board.js';
import { drawCard, replaceCards } from './card.js';
import { at, fill, h, icon } from './dom.js';
import { address } from './house.js';
import { clock, moment, running } from './time.js';
import { announce, t } from './words.js';

/** @typedef {import('../wire.ts').View} View */

/** @type {View | undefined} */
let before;

/** Forgets what was drawn: another incident, or none. */
export function clearIncident() {
  before = undefined;
}

/** @param {View} view */
export function drawIncident(view) {
  document.body.toggleAttribute('data-drill', view.drill);
  drawHead(view);
  replaceCards(at('card'), [drawCard(view.card, (press) => void pressed(press))]);
  replaceCards(
    at('mine-cards'),
    view.mine.map((card) =>
      h(
        'div',
        { class: 'mine-card' },
        drawCard(card, (press) => void pressed(press)),
      ),
    ),
  );
  at('mine').hidden = view.mine.length === 0;
  drawSeats(view);
  drawPeople(view);
  drawRecord(view);
  if (before && before.id === view.id && before.nextLine !== view.nextLine) {
    announce(t('card.next', { line: view.nextLine }));
  }
  before = view;
}

/** @param {View} view */
function drawHead(view) {
  const held = at('head').contains(document.activeElement) ? document.activeElement?.id : undefined;
  fill(
    at('head'),
    h(
      'div',
      { class: 'head-words' },
      h(
        'p',
        { class: 'head-marks' },
        severityPill(view),
        phasePill(view.phase),
        view.drill ? drillPill() : undefined,
        h('span', { class: 'head-id' }, view.id),
        view.service ? h('span', { class: 'head-fact' }, view.service) : undefined,
        h('span', { class: 'head-fact' }, sinceText(view)),
      ),
      h('h1', { id: 'title', tabIndex: -1 }, view.title),
    ),
    h('div', { class: 'head-tools' }, view.phase === 'closed' ? recordLinks(view, 'button') : callTools(view)),
  );
  if (held) document.getElementById(held)?.focus();
}

/** @param {View} view */
function sinceText(view) {
  if (view.phase === 'closed') return t('head.closed', { at: moment(view.closedAt ?? view.declaredAt) });
  const since = running(h('span', { class: 'head-running' }), view.declaredAt);
  return h('span', {}, `${t('head.since', { at: moment(view.declaredAt) })} · `, since);
}

/** @param {View} view */
function callTools(view) {
  const { onCall } = view.me;
  const link = view.call && /^(https?|tel|sips?|msteams):/i.test(view.call) ? view.call : undefined;
  const press = (/** @type {string} */ command) =>
    void pressed({ data: { command, incident: view.id }, button: document.getElementById('here') ?? undefined });
  return [
    link
      ? h(
          'a',
          { class: 'button', href: link, target: '_blank', rel: 'noopener noreferrer' },
          icon('phone'),
          t('call.open'),
        )
      : undefined,
    h(
      'button',
      {
        id: 'here',
        type: 'button',
        class: onCall ? 'here on' : 'here',
        onclick: () => press(onCall ? 'leave-call' : 'join-call'),
      },
      h('span', { class: 'dot', 'aria-hidden': 'true' }),
      t(onCall ? 'call.on' : 'call.join'),
      onCall ? h('span', { class: 'here-leave' }, t('call.leave')) : undefined,
    ),
  ];
}

/** @param {View} view */
function drawSeats(view) {
  at('seats-box').hidden = view.seats.length === 0 || view.phase === 'closed';
  fill(
    at('seats'),
    view.seats.map((seat) =>
      h(
        'li',
        { class: 'seat', data: { status: seat.status } },
        h('span', { class: 'dot', 'aria-hidden': 'true' }),
        h('span', { class: 'seat-wanted' }, seat.wanted),
        h(
          'span',
          { class: 'seat-status' },
          [seat.person?.name, seat.label, seat.since === undefined ? undefined : clock(seat.since)]
            .filter(Boolean)
            .join(' · '),
        ),
      ),
    ),
  );
}

/** @param {View} view */
function drawPeople(view) {
  const there = view.people.filter(({ onCall }) => onCall).length;
  at('people-count').textContent = view.phase === 'closed' ? '' : t('people.count', { count: there });
  fill(
    at('people'),
    view.people.length === 0 ? h('li', { class: 'quiet' }, t('people.none')) : undefined,
    view.people.map((person) =>
      h(
        'li',
        { class: 'person', data: { on: String(person.onCall) } },
        h('span', { class: 'face', 'aria-hidden': 'true' }, initials(person.name)),
        h(
          'span',
          { class: 'person-name' },
          person.name,
          person.me ? h('span', { class: 'quiet' }, ` ${t('people.me')}`) : undefined,
        ),
        h('span', { class: 'person-state' }, stateOf(person, view)),
      ),
    ),
  );
}

/** @param {View['people'][number]} person @param {View} view */
function stateOf(person, view) {
  const role = person.commander ? t(view.acting ? 'people.acting' : 'people.commander') : undefined;
  // The ring around a face says "on the call" to the eye; where a role stands instead, it is said to the ear.
  if (view.phase === 'closed') return role;
  if (person.onCall)
    return role ? [role, h('span', { class: 'unseen' }, `, ${t('people.on-call')}`)] : t('people.on-call');
  const state = person.resting ? 'people.resting' : person.released ? 'people.released' : 'people.away';
  return [role, t(state)].filter(Boolean).join(' · ');
}

/** @param {string} name */
function initials(name) {
  // What stands in brackets is said of a name, and is no part of it.
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase();
}

/** @param {View} view */
function drawRecord(view) {
  fill(at('record-links'), recordLinks(view, ''));
  fill(
    at('files'),
    view.files.map(({ id, text }) =>
      h(
        'li',
        {},
        h(
          'a',
          { href: address(`attachments/${encodeURIComponent(id)}`), target: '_blank', rel: 'noopener' },
          icon('file'),
          text,
        ),
      ),
    ),
  );
}

/** @param {View} view @param {string} look */
function recordLinks(view, look) {
  const link = (/** @type {string} */ ending, /** @type {string} */ key) =>
    h(
      'a',
      { class: look, href: `/incidents/${encodeURIComponent(view.id)}/${ending}`, target: '_blank', rel: 'noopener' },
      look ? icon('file') : undefined,
      t(key),
    );
  return [
    link('record.md', 'record.md'),
    link('record.json', 'record.json'),
    link('timeline.svg', 'record.picture'),
    link('timeline.png', 'record.png'),
  ];
}
