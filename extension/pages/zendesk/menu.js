// Chooses an entry of a menu that a button opens.
import { attribute, first, shown, submits } from './find.js';
import { until } from './wait.js';

/** How long a menu may take to open, and the page to follow the choice, in ms. */
const LIMIT = 3000;

/** @param {Element | undefined} element @returns {HTMLElement | false | undefined} it, if it can be clicked */
const usable = (element) =>
  !element?.matches(':disabled, [aria-disabled="true"]') &&
  /** @type {HTMLElement | undefined} */ (element);

/**
 * A menu whose choice did not come about is closed again.
 * @param {() => Element | undefined} button that opens it
 * @param {string[] | undefined} entries selectors of the wanted entry
 * @param {() => boolean} done whether the page follows the choice
 * @param {(entry: Element) => boolean} may the last word before the click
 * @param {string[] | undefined} submit selectors of what is never clicked
 * @returns {Promise<boolean>} whether it does now
 */
export async function choose(button, entries, done, may, submit) {
  const opener = usable(button());
  if (!opener) return false;
  /** @param {Element} element */
  const guard = (element) => {
    if (submits(element, submit)) throw { kind: 'submit_button' };
  };
  guard(opener);
  const open = () => attribute(button(), 'aria-expanded') === 'true';
  if (!open()) opener.click();
  // The menu may be drawn anywhere in the page, and hidden tickets have menus of their own.
  const find = () => first(document, entries, shown);
  await until(LIMIT, () => find()[0]);
  const [entry, other] = find();
  const choice = usable(entry);
  try {
    if (choice && !other) guard(choice);
    if (choice && !other && may(choice)) {
      choice.click();
      if (await until(LIMIT, done)) return true;
    }
    return false;
  } finally {
    if (!done() && open()) opener.click();
  }
}
