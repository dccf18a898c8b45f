// Clicks and forms become commands: `data-command` names one, the form's controls and `data-field-<name>` are its fields.

import { copy } from './clipboard.js';
import { requestAccess } from './connection.js';
import { saveAs } from './save-file.js';

/**
 * @typedef {import('./busy.js').Busy} Busy
 * @callback Send
 * @param {string} name
 * @param {Record<string, string>} fields
 * @returns {void}
 */

/**
 * @param {Element} element
 * @returns {Record<string, string>} what its attributes `data-field-<name>` say
 */
function ownFields(element) {
  const fields = [...element.attributes].filter(({ name }) => name.startsWith('data-field-'));
  return Object.fromEntries(
    fields.map(({ name, value }) => [name.slice('data-field-'.length), value]),
  );
}

/**
 * @param {Element} element the button, link or form with the command
 * @param {HTMLFormElement | null} form
 */
function fieldsOf(element, form) {
  /** @type {Record<string, string>} */
  const fields = {};
  if (form) {
    for (const [name, value] of new FormData(form))
      if (typeof value === 'string') fields[name] = value;
    Object.assign(fields, ownFields(form));
  }
  return Object.assign(fields, ownFields(element));
}

/** A click that the browser would answer with a new tab or window is the browser's. @param {MouseEvent} event */
const isPlain = (event) =>
  event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

/**
 * @param {HTMLElement} root
 * @param {Busy} busy
 * @param {Send} send
 * @param {(form: HTMLFormElement) => void} submitted what was typed there has been taken
 */
export function listen(root, busy, send, submitted) {
  /**
   * @param {Element} element
   * @param {string} name
   * @param {HTMLFormElement | null} form
   */
  const give = (element, name, form) => {
    const fields = fieldsOf(element, form);
    if (!busy.begin(JSON.stringify([name, fields]), element)) return;
    if (form) submitted(form);
    send(name, fields);
  };

  root.addEventListener('click', (event) => {
    const clicked =
      event.target instanceof Element
        ? event.target.closest('[data-command], [data-copy-text], [data-grant], [data-save-file]')
        : null;
    // A form's own command waits for the form's submission, which the browser validates first.
    // A choice is made when it changes, not when its list opens.
    if (clicked instanceof HTMLSelectElement) return;
    if (!(clicked instanceof HTMLElement) || clicked instanceof HTMLFormElement) return;
    if (clicked.getAttribute('aria-disabled') === 'true') {
      event.preventDefault();
      return;
    }
    if (clicked instanceof HTMLAnchorElement && !isPlain(event)) return;
    event.preventDefault();
    const { command, grant, copyText, copyHtml, saveFile, saveFrom } = clicked.dataset;
    if (grant !== undefined) {
      // Granted or not, the browser informs the background; the command carries the result, too.
      const asked = requestAccess(grant.split(' ').filter(Boolean)).catch(() => false);
      if (command !== undefined)
        void asked.then((ok) => send(command, { ...ownFields(clicked), ok: String(ok) }));
    } else if (saveFile !== undefined) {
      // What is saved is what the preview shows.
      saveAs(saveFile, document.getElementById(saveFrom ?? '')?.textContent ?? '');
    } else if (copyText !== undefined) {
      void copy(copyText, copyHtml).then((ok) => {
        if (command !== undefined) send(command, { ...ownFields(clicked), ok: String(ok) });
      });
    } else if (command !== undefined) {
      // A button may belong to a form that it is not in.
      const form = clicked instanceof HTMLButtonElement ? clicked.form : clicked.closest('form');
      const submits = clicked instanceof HTMLButtonElement && clicked.type === 'submit';
      if (!submits || !form || form.reportValidity()) give(clicked, command, form);
    }
  });

  root.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLSelectElement) || target.dataset['command'] === undefined) return;
    const fields = { ...ownFields(target), [target.name]: target.value };
    if (busy.begin(JSON.stringify([target.dataset['command'], fields]), target))
      send(target.dataset['command'], fields);
  });

  root.addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const button = event.submitter ?? form;
    const name = form.dataset['command'];
    if (name !== undefined) give(button, name, form);
  });
}
