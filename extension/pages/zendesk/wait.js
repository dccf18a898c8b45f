// Waits for a condition, always with a limit, and leaves no timer or observer behind.

/**
 * The next change of the page.
 * @param {number} limit in ms
 * @returns {Promise<void>}
 */
const change = (limit) =>
  new Promise((resolve) => {
    const end = () => {
      observer.disconnect();
      clearTimeout(timer);
      resolve();
    };
    const observer = new MutationObserver(end);
    const timer = setTimeout(end, limit);
    observer.observe(document, {
      childList: true,
      subtree: true,
      attributes: true,
      characterData: true,
    });
  });

/**
 * Asks `check` now and after every change until it answers something truthy or the time is over.
 * @template T
 * @param {number} limit in ms
 * @param {() => T} check
 * @returns {Promise<T>} the last answer of `check`
 */
export async function until(limit, check) {
  const end = Date.now() + limit;
  for (;;) {
    const answer = check();
    const left = end - Date.now();
    if (answer || left <= 0) return answer;
    await change(left);
  }
}

/**
 * The next frame; a page that is not painted has none, so a timer replaces it.
 * @returns {Promise<void>}
 */
export const frame = () =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, 100);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
