/**
 * Firefox: a script's DataTransfer reaches the page empty; its own `dataType` and `data` do not.
 * @param {string} data HTML
 * @returns {object} how a paste event is made
 */
export const pasteFirefox = (data) => ({ dataType: 'text/html', data });
