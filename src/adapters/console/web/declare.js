/** Declares an incident: a title and nothing else, from the page's home or from anywhere. */
import { at } from './dom.js';
import { freshId, press } from './orders.js';
import { toast } from './toast.js';
import { sending } from './unsent.js';

export function startDeclaring() {
  for (const form of document.querySelectorAll('form.declare')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void onDeclare(/** @type {HTMLFormElement} */ (form));
    });
  }
  at('declare').addEventListener('click', declare);
  at('declare-close').addEventListener('click', () => declareBox().close());
}

function declareBox() {
  return /** @type {HTMLDialogElement} */ (at('declare-box'));
}

/** Opens the one field that declaring needs. */
export function declare() {
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
  await send({ id, data: { command: 'declare', fields } }, said, form);
}

/** @param {{ id: string, data: Readonly<Record<string, unknown>> }} order @param {string} said @param {HTMLFormElement} form */
async function send(order, said, form) {
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem('title'));
  const { title } = JSON.parse(said);
  const sendable = { key: order.id, what: title, again: () => send(order, said, form) };
  const outcome = await sending(sendable, () => press(order));
  if (outcome?.outcome === 'done') {
    declared.delete(said);
    if (field.value.trim() === title) form.reset();
    declareBox().close();
    location.hash = `#/${outcome.incident}`;
  } else if (outcome?.outcome === 'refused') toast(outcome.text, 'bad');
}
