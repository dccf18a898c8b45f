// Counts the elements that each selector matches, and asks the writing scripts what they would
// find.
import { attribute, first, outermost, shown } from './find.js';
import { shared } from './shared.js';
import { ticketOfAddress } from './ticket.js';

/**
 * @typedef {import('./job.js').Selectors} Selectors
 * @typedef {import('./job.js').Diagnose} Diagnose
 * @typedef {import('./job.js').Outcome} Outcome
 */

/**
 * How many one selector finds in the page, and how many of them a person sees where they are looked for; null if it is no
 * selector in this browser.
 * @param {string} selector
 * @param {ParentNode | undefined} place where it is looked for
 * @returns {[all: number, here: number] | null}
 */
function countOf(selector, place) {
  try {
    const all = [...document.querySelectorAll(selector)];
    return [all.length, all.filter((one) => place?.contains(one) && shown(one)).length];
  } catch {
    return null;
  }
}

/** Marks of a page's program, not of its content: a digit could be a part of a number or an ID. */
const MARK = /^[a-z][a-z_-]{2,79}$/i;

/**
 * Selectors of one mark each that find exactly one such element where it is looked for.
 * @param {ParentNode | undefined} place
 * @param {string} kind of element
 */
const offersIn = (place, kind) =>
  [...(place?.querySelectorAll(kind) ?? [])]
    .filter(shown)
    .flatMap((one) =>
      ['data-test-id', 'id', 'name']
        .filter((name) => MARK.test(attribute(one, name)))
        .map((name) => `[${name}="${attribute(one, name)}"]`),
    )
    .filter((selector) => place?.querySelectorAll(selector).length === 1)
    .slice(0, 20);

/**
 * @param {Diagnose} job
 * @returns {Outcome}
 */
export function count({ user, selectors }) {
  const { look, writes } = shared.tetherComposer;
  const [pane] = outermost(first(document, selectors.active_pane, shown));
  const [person] = outermost(first(document, selectors.user_pane, shown));
  /** Where each is looked for, by the beginning of its name. @type {[RegExp, ParentNode | undefined][]} */
  const places = [
    [/^(?:composer|channel|submit)/, pane],
    [/^organization/, person ?? document.body],
    [/^/, document],
  ];
  const { organization_labels: _, ...lists } = selectors;
  const counts = Object.fromEntries(
    Object.entries(lists).map(([name, variants]) => {
      const place = places.find(([names]) => names.test(name))?.[1];
      return [
        name,
        variants.map((variant) => countOf(variant.replace('{status}', 'solved'), place)),
      ];
    }),
  );
  const ticket = ticketOfAddress();
  const composer = ticket ? look(ticket, selectors) : undefined;
  const channel =
    pane &&
    /** @type {const} */ (['internal', 'public']).find((one) => writes(pane, selectors, one));
  return {
    kind: 'looked',
    path: location.pathname,
    hidden: document.hidden,
    counts,
    offers: {
      composer: offersIn(pane, '[contenteditable="true"]'),
      organization_field: offersIn(person, 'input:not([type]), input[type="text"]'),
    },
    composer: composer
      ? [composer.kind, composer.kind === 'ambiguous' ? composer.what : ''].join(' ').trim()
      : null,
    channel: channel ?? null,
    organization: user ? shared.tetherField({ user, selectors }).kind : null,
  };
}
