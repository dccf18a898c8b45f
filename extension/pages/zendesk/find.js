// Finds things in Zendesk's page by the selectors in the page job.

/**
 * What the first selector that matches anything finds. A selector that this browser does not understand is passed over,
 * since the lists may be changed by hand; a list that did not come with the job is empty.
 * @param {ParentNode} root where to look
 * @param {string[] | undefined} variants selectors, the best first
 * @param {(found: Element) => boolean} fits what else must hold
 * @returns {Element[]}
 */
export function first(root, variants, fits) {
  for (const variant of variants ?? []) {
    try {
      const found = [...root.querySelectorAll(variant)].filter(fits);
      if (found[0]) return found;
    } catch {
      // This is not a selector for this browser; the next one may be.
    }
  }
  return [];
}

/** @param {Element | null | undefined} element @param {string} name */
export const attribute = (element, name) => element?.getAttribute(name) ?? '';

/**
 * Whether a person can see it: every open ticket stays in the page, hidden.
 * @param {Element} element
 */
export const shown = (element) =>
  element.checkVisibility({ visibilityProperty: true }) &&
  !element.closest('[inert], [aria-hidden="true"]');

/**
 * Without those that stand inside another one.
 * @param {Element[]} found
 */
export const outermost = (found) =>
  found.filter((one) => !found.some((other) => other !== one && other.contains(one)));

/**
 * Whether a click on it would submit the ticket: it is, holds or is inside a button that does. Selectors may be changed by hand.
 * @param {Element} element
 * @param {string[] | undefined} buttons selectors of the submit button
 */
export function submits(element, buttons) {
  return [...(buttons ?? []), '[data-test-id="submit_button-button"]', '[type="submit"]'].some(
    (one) =>
      first(document, [one], (button) => button.contains(element) || element.contains(button))[0],
  );
}

/** The addresses of the links in it. @param {ParentNode} root */
export const linksIn = (root) =>
  [...root.querySelectorAll('a[href]')].map((link) => attribute(link, 'href'));
