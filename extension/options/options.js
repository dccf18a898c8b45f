// One of Tether's own pages other than the panel: shows the HTML that the core made and sends back what the engineer does. It decides nothing.
import { listen } from '../shared/actions.js';
import { Busy } from '../shared/busy.js';
import { connect, onSnapshot, sendCommand, sendImport } from '../shared/connection.js';
import { hideNotice, showNotice } from '../shared/notice.js';
import { saveAs } from '../shared/save-file.js';
import { View } from '../shared/view.js';

/** @typedef {import('../background/contract.js').Snapshot} Snapshot */

const page = document.body.dataset['page'] ?? '';
const main = document.querySelector('main');
if (!main) throw new Error('the page has no main');
const view = new View(main);
const busy = new Busy();

/** What is shown, so that the same snapshot or an older one that comes later is known for one. @type {Snapshot | undefined} */
let shown;

/** @param {Snapshot} snapshot */
function show(snapshot) {
  hideNotice();
  // An answer without news also ends the wait for one.
  busy.clear();
  if (shown && shown.run === snapshot.run && shown.number >= snapshot.number) return;
  shown = snapshot;
  if (snapshot.html !== null) view.render(snapshot.html);
}

/** @param {Awaited<ReturnType<typeof connect>>} answer */
function take(answer) {
  if ('snapshot' in answer) show(answer.snapshot);
  else showNotice(answer.problem, open);
}

/**
 * @param {string} name
 * @param {Record<string, string>} fields
 */
const command = async (name, fields) => take(await sendCommand(name, fields, { page }));

async function open() {
  take(await connect({ kind: 'page_opened', page }));
}

onSnapshot(show, `${page}_view`);
listen(
  main,
  busy,
  (name, fields) => void command(name, fields),
  (form) => view.forget(form),
);

main.addEventListener('change', ({ target }) => {
  if (
    !(
      target instanceof HTMLInputElement ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement
    )
  )
    return;
  if (target.matches('[data-import]') && target instanceof HTMLInputElement) void give(target);
  else if (target.form?.hasAttribute('data-save-on-change')) target.form.requestSubmit();
});

/** Reads the file that was chosen. The same one may be chosen again afterwards. @param {HTMLInputElement} input */
async function give(input) {
  const file = input.files?.[0];
  if (!file) return;
  const answer = await sendImport(file, { page });
  input.value = '';
  take(answer);
  document.getElementById('import-heading')?.focus();
}

main.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null;
  const { saveText, saveName, choose } = button?.dataset ?? {};
  if (saveText !== undefined) saveAs(saveName ?? '', saveText);
  if (choose !== undefined) document.getElementById(choose)?.click();
});

/** Words that were typed while the core was looking for others. @type {string | undefined} */
let wanted;
let finding = false;

/** One search at a time, and the last one always. @param {HTMLInputElement} field */
async function find({ value, dataset }) {
  wanted = value;
  if (finding) return;
  finding = true;
  while (wanted !== undefined) {
    const text = wanted;
    wanted = undefined;
    await command(dataset['find'] ?? '', { text });
  }
  finding = false;
}

main.addEventListener('input', ({ target }) => {
  if (target instanceof HTMLInputElement && target.matches('[data-find]')) void find(target);
});

main.addEventListener('keydown', (event) => {
  const { target } = event;
  if (event.key !== 'Escape' || event.isComposing) return;
  if (!(target instanceof HTMLInputElement && target.matches('[data-find]'))) return;
  event.preventDefault();
  target.value = '';
  void find(target);
});

addEventListener('pageshow', (event) => {
  if (event.persisted) void open();
});
void open();
