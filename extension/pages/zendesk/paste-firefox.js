// Firefox: a script's DataTransfer reaches the page empty; its own `dataType` and `data` do not.
import { pasteEvent } from './paste-event.js';

/**
 * @param {string} html
 * @returns {ClipboardEvent | null} null where this is not how it is done
 */
export function pasteFirefox(html) {
  return pasteEvent(html, { dataType: 'text/html', data: html });
}
