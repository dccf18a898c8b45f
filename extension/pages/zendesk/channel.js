// Public reply or internal note: the switch beside the composer.
import { first, shown } from './find.js';
import { until } from './wait.js';

/** @typedef {import('./job.js').Selectors} Selectors */

/** How long a menu may take to open, and the switch to follow the choice, in ms. */
const LIMIT = 3000;

/** @param {Element | undefined} element @returns {HTMLElement | null} it, if it can be clicked */
const usable = (element) =>
  (element instanceof HTMLElement && !element.matches(':disabled, [aria-disabled="true"]') ? element : null);

/**
 * @param {Element} pane
 * @param {Selectors} selectors
 */
const button = (pane, selectors) => first(pane, selectors.channel_button, shown)[0];

/**
 * The channel as the page names it; empty when there is no switch. The label is translated, so the attribute goes first.
 * @param {Element} pane
 * @param {Selectors} selectors
 */
export function channel(pane, selectors) {
  const found = button(pane, selectors);
  return found?.getAttribute('data-channel') ?? found?.getAttribute('aria-label') ?? '';
}

/**
 * @param {Element} pane
 * @param {Selectors} selectors
 */
export const internal = (pane, selectors) => /^internal\b|\binternal[ _-]note\b/i.test(channel(pane, selectors));

/**
 * Makes the pane's composer write an internal note. A menu without such an entry is closed again.
 * @param {Element} pane
 * @param {Selectors} selectors
 * @returns {Promise<boolean>} whether it writes an internal note now
 */
export async function makeInternal(pane, selectors) {
  if (internal(pane, selectors)) return true;
  const opener = usable(button(pane, selectors));
  if (!opener) return false;
  const open = () => button(pane, selectors)?.getAttribute('aria-expanded') === 'true';
  if (!open()) opener.click();
  // The menu may be drawn anywhere in the page, and hidden tickets have menus of their own.
  const find = () => first(document, selectors.channel_internal, shown);
  await until(document.body, LIMIT, () => find()[0]);
  const [entry, other] = find();
  const choice = usable(entry);
  if (choice && !other) {
    choice.click();
    if (await until(document.body, LIMIT, () => internal(pane, selectors))) return true;
  }
  if (open()) opener.click();
  return false;
}
