// The composer in front of the engineer, if it is the wanted ticket's: the address, the active tab and the active pane
// must all say the same.
import { first, is, outermost, shown } from './find.js';

/** @typedef {import('./job.js').Selectors} Selectors */
/** @typedef {import('./job.js').Outcome} Outcome */
/** @typedef {{kind: 'composer', pane: Element, editable: HTMLElement}} Composer */

const EDITABLE = '[contenteditable="true"]';

/** @param {string | null | undefined} text @returns {number | null} */
const asTicket = (text) => (text && /^[1-9]\d*$/.test(text) ? Number(text) : null);

/** @returns {number | null} */
export const ticketOfAddress = () => asTicket(/^\/agent\/tickets\/(\d+)(?:\/|$)/.exec(location.pathname)?.[1]);

/**
 * @param {Element} element one that a `pane_ticket` selector matches
 * @returns {number | null}
 */
const ticketOf = (element) => asTicket(element.getAttribute('data-ticket-id')
  ?? /^ticket-(\d+)-/.exec(element.getAttribute('data-test-id') ?? '')?.[1]);

/**
 * The ticket that a pane belongs to: its own mark, else the nearest one around it, else those inside. Inside there may be
 * marks of linked tickets, so several different ones there say nothing.
 * @param {Element} pane
 * @param {string[]} variants
 * @returns {(number | null)[]}
 */
function ticketsOfPane(pane, variants) {
  const marked = (/** @type {Element} */ one) => ticketOf(one) !== null;
  for (let at = /** @type {Element | null} */ (pane); at; at = at.parentElement) {
    if (marked(at) && variants.some((variant) => is(at, variant))) return [ticketOf(at)];
  }
  return [...new Set(first(pane, variants, marked).map(ticketOf))];
}

/**
 * @param {number} wanted ticket
 * @param {Selectors} selectors
 * @returns {Composer | Outcome} the composer, or what stands in the way
 */
export function look(wanted, selectors) {
  /** @param {number | null} front @returns {Outcome} */
  const wrong = (front) => ({ kind: 'wrong_ticket', front });
  /** @param {string} what @returns {Outcome} */
  const ambiguous = (what) => ({ kind: 'ambiguous', what });

  const address = ticketOfAddress();
  if (address !== wanted) return wrong(address);
  for (const tab of first(document, selectors.active_tab, shown)) {
    const ticket = asTicket(tab.getAttribute('data-entity-id'));
    if (ticket !== null && ticket !== wanted) return wrong(ticket);
  }
  const [pane, otherPane] = outermost(first(document, selectors.active_pane, shown));
  if (otherPane) return ambiguous('active pane');
  if (!pane) return { kind: 'no_composer' };
  const [ticket, otherTicket] = ticketsOfPane(pane, selectors.pane_ticket);
  if (otherTicket) return ambiguous('ticket of the pane');
  if (!ticket) return { kind: 'failed', why: 'the pane names no ticket' };
  if (ticket !== wanted) return wrong(ticket);
  const [editable, otherEditable] = first(pane, selectors.composer, shown)
    .flatMap((one) => (is(one, EDITABLE) ? [one] : [...one.querySelectorAll(EDITABLE)]));
  if (otherEditable) return ambiguous('composer');
  return editable instanceof HTMLElement ? { kind: 'composer', pane, editable } : { kind: 'no_composer' };
}
