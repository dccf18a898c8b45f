// Chooses the status that a ticket will get once the engineer submits it, without pressing the
// submit button.
import { first, shown } from './find.js';
import { choose } from './menu.js';
import { wrongTicket } from './ticket.js';

/** @typedef {import('./job.js').WriteReply} WriteReply */

/** @param {Element | undefined} element */
const textOf = (element) => element?.textContent?.trim() ?? '';

/**
 * @param {WriteReply} job
 * @returns {Promise<'chosen' | 'not_found'>}
 */
export async function chooseStatus({ ticket, status, selectors }) {
  const submit = () => textOf(first(document, selectors.submit_button, shown)[0]);
  const before = submit();
  let already = false;
  const chosen = await choose(
    () => first(document, selectors.submit_menu_button, shown)[0],
    selectors.submit_menu_entry?.map((entry) => entry.replaceAll('{status}', status)),
    () => submit() !== before,
    (entry) => {
      already = textOf(entry) === before;
      return !already && before !== '' && !wrongTicket(ticket, selectors);
    },
    selectors.submit_button,
  );
  return chosen || already ? 'chosen' : 'not_found';
}
