/**
 * A paste event, if it carries the HTML: a browser ignores what it does not know, and the event would be empty.
 * @param {string} html
 * @param {ClipboardEventInit | {dataType: string, data: string}} init
 * @returns {ClipboardEvent | null}
 */
export function pasteEvent(html, init) {
  const event = new ClipboardEvent('paste', { ...init, bubbles: true, cancelable: true, composed: true });
  return event.clipboardData?.getData('text/html') === html ? event : null;
}
