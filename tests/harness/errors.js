/** What a browser complained about while a test ran. */

/**
 * @typedef {"exception" | "console" | "security" | "network" | "other"} ErrorKind
 * exception: thrown and not caught, or a rejection not handled; console: `console.error`; security: a CSP violation and the like;
 * network: a request that failed or was answered with an error status.
 * @typedef {{kind: ErrorKind, where: string, text: string}} BrowserError  `where` is an address, or "background"
 */

/** Keeps the complaints of one browser. */
export class ErrorLog {
  /** @type {BrowserError[]} */
  #entries = [];

  /**
   * @param {ErrorKind} kind
   * @param {string} where
   * @param {string} text
   */
  add(kind, where, text) {
    this.#entries.push({ kind, where, text });
  }

  /**
   * Without `network`: a stand-in answers with an error status on purpose, and what matters is what the product makes of it.
   * @returns {BrowserError[]}
   */
  errors() {
    return this.#entries.filter((entry) => entry.kind !== 'network');
  }

  /** @returns {BrowserError[]} Failed requests, by the browser's own account. */
  networkErrors() {
    return this.#entries.filter((entry) => entry.kind === 'network');
  }

  clear() {
    this.#entries.length = 0;
  }
}
