// Appending HTML to a composer, as one step that the engineer can undo.
import { pasteChromium } from './paste-chromium.js';
import { pasteFirefox } from './paste-firefox.js';
import { frame, until } from './wait.js';

/** How often the caret may be put back at the end before giving up. */
const TRIES = 5;
/** How long a paste may take to show, in ms. */
const LIMIT = 2000;

/**
 * Puts the caret at the end of the composer's text. With the side panel in front the page has no focus, so the
 * editor hears of focus and selection only from here; it may put its own old selection back once while it takes the
 * focus, so the caret must have stayed for two frames.
 * @param {HTMLElement} editable
 * @returns {Promise<boolean>}
 */
export async function caretAtEnd(editable) {
  editable.focus({ preventScroll: true });
  editable.dispatchEvent(new FocusEvent('focus'));
  await frame();
  const selection = /** @type {Selection} */ (getSelection());
  for (let attempt = 0; attempt < TRIES; attempt++) {
    selection.selectAllChildren(editable);
    selection.collapseToEnd();
    document.dispatchEvent(new Event('selectionchange'));
    await frame();
    await frame();
    if (!selection.isCollapsed || !editable.contains(selection.anchorNode)) continue;
    const rest = selection.getRangeAt(0).cloneRange();
    rest.setEnd(editable, editable.childNodes.length);
    if (!rest.toString().trim()) return true;
  }
  return false;
}

/**
 * Pastes once and waits until `arrived` holds. The second technique is tried only where nothing in the page took the first
 * paste: one that was taken may still arrive late, and the note must not stand there twice.
 * @param {HTMLElement} editable
 * @param {string} html
 * @param {() => boolean} arrived
 */
export async function paste(editable, html, arrived) {
  for (const technique of [pasteFirefox, pasteChromium]) {
    const event = new ClipboardEvent('paste', {
      ...technique(html),
      bubbles: true,
      cancelable: true,
      composed: true,
    });
    // A browser ignores unknown members, so the event would be empty.
    if (event.clipboardData?.getData('text/html') !== html) continue;
    const taken = !editable.dispatchEvent(event);
    if ((await until(taken ? LIMIT : 200, arrived)) || taken) return;
  }
}
