// Waiting for a condition, always with a limit, and leaving no timer and no observer behind.

/**
 * Asks `check` now and after every change below `root` until it answers something truthy or the time is over.
 * @template T
 * @param {Node} root
 * @param {number} limit in ms
 * @param {() => T} check
 * @returns {Promise<T>} the last answer of `check`
 */
export function until(root, limit, check) {
  return new Promise((resolve, reject) => {
    /** @param {boolean} over */
    const ask = (over) => {
      try {
        const answer = check();
        if (!answer && !over) return;
        end();
        resolve(answer);
      } catch (error) {
        end();
        reject(error);
      }
    };
    const observer = new MutationObserver(() => ask(false));
    const timer = setTimeout(() => ask(true), limit);
    const end = () => {
      observer.disconnect();
      clearTimeout(timer);
    };
    observer.observe(root, { childList: true, subtree: true, attributes: true, characterData: true });
    ask(false);
  });
}

/**
 * The next frame; a page that is not painted has none, so a timer stands in for it.
 * @returns {Promise<void>}
 */
export function frame() {
  return new Promise((resolve) => {
    const end = () => {
      cancelAnimationFrame(painted);
      clearTimeout(timer);
      resolve();
    };
    const painted = requestAnimationFrame(end);
    const timer = setTimeout(end, 100);
  });
}
