// What the panel says when the core can not: above the view, which stays.
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
  notice.hidden = false;
  // A panel that has shown nothing yet would say "Starting…" for ever.
  document.querySelector('main > .busy:only-child')?.remove();
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
