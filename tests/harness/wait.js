/** How long anything may take on a loaded machine before a test calls it broken, in milliseconds. */
export const PATIENCE = 60_000;

/** Asking costs the browser that is asked more than what it is busy with, so it is asked less and less often; milliseconds. */
const FIRST_PAUSE = 20;
const LONGEST_PAUSE = 200;

/**
 * Asks again and again until the answer is truthy; for conditions that no event announces.
 * @template T
 * @param {string} what  for the message when it never comes true
 * @param {() => Promise<T> | T} condition
 * @param {number} [timeout]  milliseconds
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(what, condition, timeout = PATIENCE) {
  const deadline = Date.now() + timeout;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    const answer = await condition();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`gave up after waiting ${timeout} ms until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/**
 * @template T
 * @param {string} what
 * @param {Promise<T>} promise
 * @param {number} [timeout]  milliseconds
 * @returns {Promise<T>}
 */
export function within(what, promise, timeout = PATIENCE) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${timeout} ms`)), timeout);
  });
  return /** @type {Promise<T>} */ (Promise.race([promise, late])).finally(() =>
    clearTimeout(timer),
  );
}
