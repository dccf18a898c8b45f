// The composer in front of the engineer, if it is the wanted ticket's: the address, the active tab and the active pane
// must all say the same.

import { otherChannel } from './channel.js';
import { attribute, first, outermost, shown } from './find.js';
import { asTicket, wrongTicket } from './ticket.js';

/** @typedef {import('./job.js').Selectors} Selectors */
/** @typedef {import('./job.js').Outcome} Outcome */
/** @typedef {{kind: 'composer', pane: Element, editable: HTMLElement}} Composer */

const EDITABLE = '[contenteditable="true"]';
/** What names the ticket that a composer belongs to. */
const TRIGGER = 'data-channel-switcher-trigger-for-ticket-id';

/** Editors that are not for notes and replies, by what they or what is around them is called. @type {[kind: any, names: string[]][]} */
const OTHERS = [
  [
    'side_conversation',
    ['threadbody', 'side-conversation', 'side_conversation', 'sideconversation'],
  ],
  ['messaging_composer', ['omnicomposer-plain-text']],
  ['old_composer', ['standalone-']],
];
const NAMED = [
  'data-test-id',
  'data-testid',
  'id',
  'class',
  'name',
  'data-root-name',
  'aria-label',
];

/**
 * What kind of other editor it is; nothing if it may be the ticket's composer.
 * @param {Element} editable
 * @param {Element} pane
 */
function otherKind(editable, pane) {
  for (
    let one = /** @type {Element | null} */ (editable);
    one && one !== pane;
    one = one.parentElement
  ) {
    const names = NAMED.map((name) =>
      attribute(one, name).toLowerCase().replaceAll(' conversation', '-conversation'),
    ).join(' ');
    const found = OTHERS.find(([, parts]) => parts.some((part) => names.includes(part)));
    if (found) return found[0];
  }
  return undefined;
}

/**
 * @param {Element} element one that a `pane_ticket` selector matches
 * @returns {number | null}
 */
const ticketOf = (element) =>
  asTicket(
    attribute(element, 'data-ticket-id') ||
      /^ticket-(\d+)-/.exec(attribute(element, 'data-test-id'))?.[1],
  );

/**
 * The ticket that a pane belongs to: its own mark, else the nearest one around it, else those inside. Inside there may be
 * marks of linked tickets, so several different ones there say nothing.
 * @param {Element} pane
 * @param {string[] | undefined} variants
 * @returns {(number | null)[]}
 */
function ticketsOfPane(pane, variants) {
  const nearest = first(
    document,
    variants,
    (one) => one.contains(pane) && ticketOf(one) !== null,
  ).at(-1);
  return nearest
    ? [ticketOf(nearest)]
    : [...new Set(first(pane, variants, (one) => ticketOf(one) !== null).map(ticketOf))];
}

/**
 * @param {number} wanted ticket
 * @param {Selectors} selectors
 * @returns {Composer | Outcome} the composer, or the obstacle
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
  const other = [...pane.querySelectorAll(`[${TRIGGER}]`)]
    .filter(shown)
    .find((one) => asTicket(attribute(one, TRIGGER)) !== wanted);
  if (other) return { kind: 'composer_of_ticket', ticket: asTicket(attribute(other, TRIGGER)) };
  const messages = otherChannel(pane, selectors);
  if (messages) return { kind: 'messaging_composer', channel: messages };

  const all = [
    ...new Set(
      (selectors.composer ?? [])
        .flatMap((one) => first(pane, [one], () => true))
        .flatMap((one) => (one.matches(EDITABLE) ? [one] : [...one.querySelectorAll(EDITABLE)])),
    ),
  ];
  const own = all.filter((one) => !otherKind(one, pane));
  const [editable, otherEditable] = own.filter(shown);
  if (otherEditable) return ambiguous('composer');
  if (editable instanceof HTMLElement) return { kind: 'composer', pane, editable };
  if (own[0]) return { kind: 'hidden_composer' };
  // Any editable element, whether a selector matches it or not.
  const [foreign] = [...pane.querySelectorAll(EDITABLE)]
    .filter(shown)
    .flatMap((one) => otherKind(one, pane) ?? []);
  return { kind: foreign ?? 'no_composer' };
}
