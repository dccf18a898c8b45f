// Which ticket the page shows, by its address and its active tab.
import { attribute, first, shown } from './find.js';

/** @typedef {import('./job.js').Selectors} Selectors */

/** @param {string} [text] @returns {number | null} */
export const asTicket = (text) => Number(text) || null;

/** @returns {number | null} */
export const ticketOfAddress = () =>
  asTicket(/^\/agent\/tickets\/(\d+)(?:\/|$)/.exec(location.pathname)?.[1]);

/**
 * @param {number} wanted ticket
 * @param {Selectors | undefined} selectors
 * @returns {{kind: 'wrong_ticket', front: number | null} | undefined} nothing when it is the wanted one's
 */
export function wrongTicket(wanted, selectors) {
  const tabs = first(document, selectors?.active_tab, shown).map(
    (tab) => asTicket(attribute(tab, 'data-entity-id')) ?? wanted,
  );
  const front = [ticketOfAddress(), ...tabs].find((ticket) => ticket !== wanted);
  return front === undefined ? front : { kind: 'wrong_ticket', front };
}
