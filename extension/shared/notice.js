// What the panel says when the core can not: above the view, which stays.
import { api } from './api.js';
import { copy } from './clipboard.js';
import { restart } from './connection.js';

/** @typedef {import('./connection.js').Problem} Problem */

const notice = document.querySelector('#notice');
const text = notice?.querySelector('p');
const button = notice?.querySelector('button');

/**
 * @param {Problem} problem
 * @param {() => void} again asks the background once more
 */
export function showNotice(problem, again) {
  if (!(notice instanceof HTMLElement) || !text || !button) return;
  const { words, label, act } = explain(problem, again);
  text.textContent = words;
  button.textContent = label;
  button.hidden = label === '';
  button.onclick = act;
  offerReport(problem);
  notice.hidden = false;
  // A panel that has shown nothing yet would say "Starting…" for ever.
  document.querySelector('main > .busy:only-child')?.remove();
}

/** Copies an error report; there only while the core cannot make a better one. @type {HTMLButtonElement | undefined} */
let copies;

/** @param {Problem} problem */
function offerReport(problem) {
  copies?.remove();
  copies = undefined;
  if (problem.kind !== 'broken' && problem.kind !== 'silent') return;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy error report';
  button.addEventListener('click', () => {
    void copy(reportOf(problem), undefined).then((ok) => {
      button.textContent = ok ? 'Copied' : 'Not copied';
    });
  });
  notice?.append(button);
  copies = button;
}

/**
 * The versions and the kind of error, and nothing that an error says: it may hold an address.
 * @param {Extract<Problem, {kind: 'broken' | 'silent'}>} problem
 */
function reportOf(problem) {
  const version = api.runtime.getManifest().version;
  const browser = /(?:Firefox|Edg|OPR|Vivaldi|Chrome)\/[\d.]+/.exec(navigator.userAgent)?.[0];
  const error = problem.kind === 'broken' ? problem.name : 'the background did not answer';
  return `### Tether ${version} in ${browser ?? 'a browser'}: it did not start\n\n- Error: ${error}\n`;
}

export function hideNotice() {
  if (notice instanceof HTMLElement) notice.hidden = true;
}

/**
 * @param {Problem} problem
 * @param {() => void} again
 */
function explain(problem, again) {
  switch (problem.kind) {
    case 'updated':
      return { words: 'Tether was updated: close and open this panel.', label: '', act: null };
    case 'silent':
      return { words: 'Tether’s background did not answer.', label: 'Try again', act: again };
    case 'broken':
      return { words: `Tether has stopped: ${problem.why}`, label: 'Restart Tether', act: restart };
    case 'unreadable':
      return {
        words: `“${problem.name}” cannot be read. Choose the file itself, where it is now.`,
        label: '',
        act: null,
      };
  }
}
