/** Takes files as evidence: chosen, dropped anywhere on the page, or pasted as a screenshot. */
import { notSent, show, toast } from './answers.js';
import { at } from './dom.js';
import { ask } from './house.js';
import { freshId } from './orders.js';
import { t } from './words.js';

/** @type {string | undefined} */
let incident;
let largest = Number.POSITIVE_INFINITY;

/** @param {string | undefined} id */
export function evidenceFor(id) {
  incident = id;
  at('attach').hidden = id === undefined;
}

/** @param {number} limit in bytes */
export function startEvidence(limit) {
  largest = limit;
  const picker = /** @type {HTMLInputElement} */ (at('attach-file'));
  at('attach').addEventListener('click', () => picker.click());
  picker.addEventListener('change', () => {
    for (const file of picker.files ?? []) void keep(file);
    picker.value = '';
  });
  addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0 || incident === undefined) return;
    event.preventDefault();
    for (const file of files) void keep(file);
  });
  const over = at('drop');
  addEventListener('dragover', (event) => {
    if (incident === undefined || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    over.hidden = false;
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) over.hidden = true;
  });
  addEventListener('drop', (event) => {
    over.hidden = true;
    if (incident === undefined || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    for (const file of event.dataTransfer.files) void keep(file);
  });
}

/** @param {File} file @param {string} [id] kept across tries */
async function keep(file, id = freshId()) {
  if (incident === undefined) return;
  if (file.size > largest) {
    toast(t('file.too-large', { name: file.name, limit: Math.floor(largest / 1024 / 1024) }), 'bad');
    return;
  }
  toast(t('file.sending', { name: file.name }));
  try {
    const headers = { 'content-type': file.type || 'application/octet-stream' };
    const path = `incidents/${encodeURIComponent(incident)}/evidence`;
    show(await ask(path, { id, name: file.name, text: file.name }, { method: 'POST', headers, body: file }));
  } catch (error) {
    notSent(error, () => void keep(file, id));
  }
}
