// A field that offers a list while somebody types: Garden's combobox, and the older plain input
// with a list.
import { attribute, shown } from './find.js';

/** @param {string | null | undefined} text as it is compared: nothing but its edges and its encoding may differ */
export const exact = (text) => (text ?? '').trim().normalize('NFC');

/** @param {HTMLInputElement} input */
export const shownValue = (input) => exact(input.value);

const LISTS = '[role="listbox"], [role="menu"], ul';

/** The lists that can be seen now. @returns {Set<Element>} */
export const lists = () => new Set([...document.querySelectorAll(LISTS)].filter(shown));

/**
 * The list that belongs to the field: the one that it names, else the nearest one that was not there before.
 * @param {HTMLInputElement} input
 * @param {Set<Element>} earlier
 * @returns {Element | undefined}
 */
function listOf(input, earlier) {
  const named = document.getElementById(attribute(input, 'aria-controls'));
  if (named) return shown(named) ? named : undefined;
  for (let box = input.parentElement; box; box = box.parentElement) {
    const near = [...box.querySelectorAll(LISTS)].find((one) => shown(one) && !earlier.has(one));
    if (near) return near;
  }
  return undefined;
}

/**
 * The entries that the field offers now, without those that can't be chosen.
 * @param {HTMLInputElement} input
 * @param {Set<Element>} earlier
 * @returns {HTMLElement[]}
 */
export function options(input, earlier) {
  const list = listOf(input, earlier);
  const marked = list?.querySelectorAll('[role="option"], [role="menuitem"]') ?? [];
  return [...(marked.length ? marked : (list?.querySelectorAll('li') ?? []))].flatMap((one) =>
    one instanceof HTMLElement && shown(one) && !one.closest('[aria-disabled="true"]') ? [one] : [],
  );
}

/**
 * Chooses an entry the way a press of the mouse does; older lists listen to its parts.
 * @param {HTMLElement} option
 */
export function press(option) {
  const target = option.querySelector('a') ?? option;
  for (const type of ['mousedown', 'mouseup'])
    target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
  target.click();
}

/**
 * Gives the field the focus or takes it away. While the side panel has the keyboard, the page hears nothing of that by itself.
 * @param {HTMLInputElement} input
 * @param {'focus' | 'blur'} what
 */
export function turn(input, what) {
  if (what === 'focus') input.focus({ preventScroll: true });
  else input.blur();
  if (document.hasFocus()) return;
  input.dispatchEvent(new FocusEvent(what));
  input.dispatchEvent(new FocusEvent(what === 'focus' ? 'focusin' : 'focusout', { bubbles: true }));
}

/**
 * Puts a text into the field as if it had been typed. From this world of the page the value is set past the page's own watch on
 * it, which then finds it changed.
 * @param {HTMLInputElement} input
 * @param {string} text
 */
export function type(input, text) {
  input.value = text;
  input.dispatchEvent(
    new InputEvent('input', {
      bubbles: true,
      composed: true,
      data: text,
      inputType: 'insertReplacementText',
    }),
  );
}
