/** What an element says, on one line. @param {Element | null} element */
export const textOf = (element) => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
