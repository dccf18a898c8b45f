// Files of settings: one that is given is read, one that is wanted is saved by the browser.

/** Larger files are not read, bytes: the core refuses what is longer than all that the browser keeps of settings. */
const LARGEST = 1024 * 1024;

/**
 * @param {File} file
 * @returns {Promise<string>} its text; of a file that is too large its first part, which the core refuses
 */
export const textOf = (file) => file.slice(0, LARGEST).text();

/**
 * @param {string} name
 * @param {string} text
 */
export function saveAs(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after the click has ended.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
