// Faults on demand: what a network or a broken server would do, for the requests that a test names.

/**
 * @typedef {object} Fault
 * @property {RegExp} match  on the path with its query string
 * @property {string} [method]
 * @property {number} [status]  answered instead of the real one
 * @property {number} [delayMs]
 * @property {boolean} [hang]  no answer until the fault is removed
 * @property {boolean} [reset]  the connection is cut without an answer
 * @property {string} [body]
 * @property {string} [contentType]
 * @property {number} [truncate]  only so many characters of the body
 * @property {string} [redirect]  302 to this address
 * @property {number} [times]  how often it strikes; for ever without it
 */

/** The faults that are set. */
export class Faults {
  /** @type {{fault: Fault, left: number}[]} */
  #set = [];
  /** @type {Set<() => void>} */
  #hanging = new Set();

  /**
   * @param {Fault} fault
   * @returns {() => void} removes it
   */
  add(fault) {
    const entry = { fault, left: fault.times ?? Infinity };
    this.#set.push(entry);
    return () => {
      this.#set = this.#set.filter((one) => one !== entry);
      if (fault.hang) this.release();
    };
  }

  /** Removes all faults and lets what hangs go on. */
  clear() {
    this.#set = [];
    this.release();
  }

  /** Lets everything go on that hangs now. */
  release() {
    for (const go of this.#hanging) go();
    this.#hanging.clear();
  }

  /** How many requests hang. */
  get hanging() {
    return this.#hanging.size;
  }

  /** @returns {Promise<void>} until `release` */
  hang() {
    return new Promise((resolve) => this.#hanging.add(resolve));
  }

  /**
   * The fault that strikes this request, used up by one time.
   * @param {string} method
   * @param {string} path
   * @returns {Fault|null}
   */
  take(method, path) {
    for (const entry of this.#set) {
      const { match, method: wanted } = entry.fault;
      match.lastIndex = 0;
      if (entry.left > 0 && match.test(path) && (wanted === undefined || wanted === method)) {
        entry.left -= 1;
        return entry.fault;
      }
    }
    return null;
  }
}
