// Chromium: a paste event takes a DataTransfer that the script filled.
import { pasteEvent } from './paste-event.js';

/**
 * @param {string} html
 * @returns {ClipboardEvent | null} null where this is not how it is done
 */
export function pasteChromium(html) {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/html', html);
  return pasteEvent(html, { clipboardData });
}
