/**
 * Copies text and, for editors that take it, the same as HTML. To be called in the click itself.
 * @param {string} text
 * @param {string | undefined} html
 * @returns {Promise<boolean>} whether it was copied
 */
export async function copy(text, html) {
  try {
    if (html !== undefined) {
      const item = {
        'text/plain': new Blob([text], { type: 'text/plain' }),
        'text/html': new Blob([html], { type: 'text/html' }),
      };
      await navigator.clipboard.write([new ClipboardItem(item)]);
      return true;
    }
  } catch {
    // A browser without rich copies: plain text is better than nothing.
  }
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
