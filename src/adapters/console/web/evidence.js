/** Takes files as evidence: chosen, dropped anywhere on the page, or pasted as a screenshot. */
import { show } from './answers.js';
import { at } from './dom.js';
import { ask } from './house.js';
import { freshId } from './orders.js';
import { toast } from './toast.js';
import { keepUnsent, sending } from './unsent.js';
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
    keepAll(picker.files ?? []);
    picker.value = '';
  });
  addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0 || incident === undefined) return;
    event.preventDefault();
    keepAll(files);
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
    keepAll(event.dataTransfer.files);
  });
}

/** @param {Iterable<File>} files for the incident that is shown as they are given */
function keepAll(files) {
  if (incident === undefined) return;
  for (const file of files) void keep(file, incident, freshId());
}

/** @param {File} file @param {string} to @param {string} id kept across tries */
async function keep(file, to, id) {
  const sendable = { key: id, what: file.name, incident: to, again: () => keep(file, to, id) };
  if (file.size > largest) {
    const why = t('file.too-large', { name: file.name, limit: Math.floor(largest / 1024 / 1024) });
    return keepUnsent({ ...sendable, again: undefined }, why);
  }
  toast(t('file.sending', { name: file.name }));
  const headers = { 'content-type': file.type || 'application/octet-stream' };
  const path = `incidents/${encodeURIComponent(to)}/evidence`;
  const extra = { id, name: file.name, text: file.name };
  const outcome = await sending(sendable, () => ask(path, extra, { method: 'POST', headers, body: file }));
  if (outcome) show(outcome, to);
}
