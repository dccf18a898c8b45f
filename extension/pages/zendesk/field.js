// Finds the Organization field of a user's page: by selectors, otherwise by label.
import { attribute, first, outermost, shown } from './find.js';

/** @typedef {import('./job.js').Outcome} Outcome */
/** @typedef {{kind: 'field', input: HTMLInputElement}} Field */

const INPUTS =
  'input:not([type]), input[type="text"], input[type="search"], input[role="combobox"]';
/** How far apart a field and a text beside it may be, in elements upwards. */
const BESIDE = 2;

/** @param {Element | null | undefined} found @returns {HTMLInputElement[]} */
const fieldsIn = (found) =>
  (found ? [found, ...found.querySelectorAll(INPUTS)] : []).flatMap((one) =>
    one instanceof HTMLInputElement &&
    one.matches(INPUTS) &&
    shown(one) &&
    !one.disabled &&
    !one.readOnly
      ? [one]
      : [],
  );

/**
 * The texts below an element that are one of the labels.
 * @param {Element} root
 * @param {(text: string | null | undefined) => boolean} named
 */
function labelsIn(root, named) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let at = walker.nextNode(); at; at = walker.nextNode()) {
    if (named(at.nodeValue) && at.parentElement && shown(at.parentElement))
      found.push(at.parentElement);
  }
  return found;
}

/**
 * The fields that a label belongs to: its own, the one in its Garden field, or one beside it without its own label.
 * @param {Element} text
 * @returns {HTMLInputElement[]}
 */
function fieldsOf(text) {
  const own = fieldsIn(text.closest('label')?.control);
  if (own[0]) return own;
  const garden = fieldsIn(text.closest('[data-garden-id="forms.field"]'));
  if (garden[0]) return garden;
  let box = text.parentElement;
  for (let level = 0; box && level < BESIDE; level++, box = box.parentElement) {
    const beside = fieldsIn(box);
    if (beside[0]) return beside.filter((one) => !one.labels?.length && !one.ariaLabel);
  }
  return [];
}

/**
 * @param {Element} root
 * @param {string[]} labels
 */
function byLabel(root, labels) {
  const wanted = labels.map((label) => label.trim().toLowerCase());
  const named = (/** @type {string | null | undefined} */ text) =>
    wanted.includes((text ?? '').trim().toLowerCase());
  return [
    ...fieldsIn(root).filter((one) => named(attribute(one, 'aria-label'))),
    ...labelsIn(root, named).flatMap(fieldsOf),
  ];
}

/**
 * Whether the page adds an organization to those that the user has: behind a click, or in a field that holds several.
 * @param {Element} pane
 * @param {HTMLInputElement | undefined} input
 */
function adds(pane, input) {
  const list = document.getElementById(attribute(input, 'aria-controls'));
  return (
    attribute(list, 'aria-multiselectable') === 'true' ||
    [...pane.querySelectorAll('button, a, [role="button"]')].some(
      (one) =>
        shown(one) &&
        (/add[-_]?organi[sz]ation|organi[sz]ation[-_]?add/i.test(attribute(one, 'data-test-id')) ||
          /^\W*add (?:an )?organi[sz]ation\W*$/i.test(one.textContent ?? '')),
    )
  );
}

/**
 * @param {{user: number, selectors: import('./job.js').Selectors}} job
 * @returns {Field | Outcome} the field of the user in front, or the obstacle
 */
export function findField({ user, selectors }) {
  const [pane, otherPane] = outermost(first(document, selectors.user_pane, shown));
  if (otherPane) return { kind: 'ambiguous', what: 'user pane' };
  const own =
    attribute(pane, 'data-user-id') || /^user-(\d+)/.exec(attribute(pane, 'data-test-id'))?.[1];
  if (own && own !== String(user))
    return { kind: 'wrong_page', front: `/agent/users/${own}`.slice(0, 200) };
  // Elsewhere in the page are the fields of other users and tickets.
  if (!pane) return { kind: 'no_field' };
  const marked = first(
    pane,
    selectors.organization_field,
    (one) => fieldsIn(one).length > 0,
  ).flatMap(fieldsIn);
  const [input, other] = new Set(
    marked[0] ? marked : byLabel(pane, selectors.organization_labels ?? []),
  );
  if (other) return { kind: 'ambiguous', what: 'organization field' };
  if (adds(pane, input)) return { kind: 'several_organizations' };
  return input ? { kind: 'field', input } : { kind: 'no_field' };
}
