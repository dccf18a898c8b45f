/**
 * Chromium: a paste event takes a DataTransfer that the script filled.
 * @param {string} html
 * @returns {ClipboardEventInit} how a paste event is made
 */
export function pasteChromium(html) {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/html', html);
  return { clipboardData };
}
