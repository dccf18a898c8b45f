// The composer in front of the engineer, if it is the wanted ticket's: the address, the active tab and the active pane
// must all say the same.
import { attribute, first, outermost, shown } from './find.js';
import { asTicket, wrongTicket } from './ticket.js';

/** @typedef {import('./job.js').Selectors} Selectors */
/** @typedef {import('./job.js').Outcome} Outcome */
/** @typedef {{kind: 'composer', pane: Element, editable: HTMLElement}} Composer */

const EDITABLE = '[contenteditable="true"]';

/**
 * @param {Element} element one that a `pane_ticket` selector matches
 * @returns {number | null}
 */
const ticketOf = (element) => asTicket(attribute(element, 'data-ticket-id')
  || /^ticket-(\d+)-/.exec(attribute(element, 'data-test-id'))?.[1]);

/**
 * The ticket that a pane belongs to: its own mark, else the nearest one around it, else those inside. Inside there may be
 * marks of linked tickets, so several different ones there say nothing.
 * @param {Element} pane
 * @param {string[] | undefined} variants
 * @returns {(number | null)[]}
 */
function ticketsOfPane(pane, variants) {
  const nearest = first(document, variants, (one) => one.contains(pane) && ticketOf(one) !== null).at(-1);
  return nearest ? [ticketOf(nearest)] : [...new Set(first(pane, variants, (one) => ticketOf(one) !== null).map(ticketOf))];
}

/**
 * @param {number} wanted ticket
 * @param {Selectors} selectors
 * @returns {Composer | Outcome} the composer, or what stands in the way
 */
export function look(wanted, selectors) {
  /** @param {string} what @returns {Outcome} */
  const ambiguous = (what) => ({ kind: 'ambiguous', what });

  const wrong = wrongTicket(wanted, selectors);
  if (wrong) return wrong;
  const [pane, otherPane] = outermost(first(document, selectors.active_pane, shown));
  if (otherPane) return ambiguous('active pane');
  if (!pane) return { kind: 'no_composer' };
  const [ticket, otherTicket] = ticketsOfPane(pane, selectors.pane_ticket);
  if (!ticket || otherTicket) return ambiguous('ticket of the pane');
  if (ticket !== wanted) return { kind: 'wrong_ticket', front: ticket };
  const [editable, otherEditable] = first(pane, selectors.composer, shown)
    .flatMap((one) => (one.matches(EDITABLE) ? [one] : [...one.querySelectorAll(EDITABLE)]));
  if (otherEditable) return ambiguous('composer');
  return editable instanceof HTMLElement ? { kind: 'composer', pane, editable } : { kind: 'no_composer' };
}
