// Faults on demand: what a test wants to go wrong, and for which requests.

/**
 * @typedef {object} Fault
 * @property {string | RegExp | ((method: string, url: string) => boolean)} match  part of path and query, a pattern, or a question
 * @property {string} [method]       only this method
 * @property {number} [status]       answer this instead
 * @property {unknown} [body]        answer this instead: text as it is, anything else as JSON
 * @property {string} [contentType]  of the answer
 * @property {Record<string, string>} [headers]  added to the answer
 * @property {number} [delayMs]      wait so long before the answer
 * @property {() => Promise<unknown>} [hold]  wait for this before anything is done
 * @property {boolean} [hang]        never answer
 * @property {number} [truncate]     send so many bytes of the answer, then break the connection
 * @property {boolean} [loseAnswer]  do what was asked, but let no answer arrive: the asker sees a network error
 * @property {boolean} [dropConnection]  do what was asked, then close the connection without a word: browsers may send the request once
 *   more by themselves, so that what was asked can be done twice
 * @property {boolean} [applied]     do what was asked although `status` or `body` replace the answer
 * @property {number} [times]        so many requests, then the fault is over; left out: until it is removed
 */

/** 409 although nobody else writes: nothing was written. @satisfies {Partial<Fault>} */
export const DATABASE_CONFLICT = {
  status: 409,
  body: { error: 'DatabaseConflict', description: 'Database collision' },
  times: 1,
};

/** A firewall in front of the site refuses, whoever asks. @satisfies {Partial<Fault>} */
export const FIREWALL = {
  status: 403,
  contentType: 'text/html; charset=UTF-8',
  headers: { 'cf-mitigated': 'challenge' },
  body: '<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been blocked</h1></body></html>',
};

/** Not available, with the time to wait. @param {number} seconds @returns {Partial<Fault>} */
export const unavailable = (seconds) => ({
  status: 503,
  headers: { 'Retry-After': String(seconds) },
  body: { error: 'ServiceUnavailable', description: 'Temporarily unavailable' },
  times: 1,
});

/** The faults of one instance. */
export function createFaults() {
  /** @type {{fault: Fault, left: number, hits: number}[]} */
  let list = [];
  return {
    /**
     * @param {Fault} fault
     * @returns {{remove: () => void, hits: () => number}}
     */
    add(fault) {
      const entry = { fault, left: fault.times ?? Infinity, hits: 0 };
      list.push(entry);
      return {
        remove: () => {
          list = list.filter((other) => other !== entry);
        },
        hits: () => entry.hits,
      };
    },
    clear() {
      list = [];
    },
    /**
     * The first fault that is meant for this request; it is counted as used.
     * @param {string} method
     * @param {string} url  path and query, as asked; `match` sees it decoded too
     * @returns {Fault | undefined}
     */
    take(method, url) {
      let plain = url;
      try {
        plain = decodeURIComponent(url);
      } catch {
        /* not decodable: the address as asked serves */
      }
      for (const entry of list) {
        const { match, method: only } = entry.fault;
        if (entry.left < 1 || (only && only !== method)) continue;
        const hit =
          typeof match === 'function'
            ? match(method, plain)
            : typeof match === 'string'
              ? url.includes(match) || plain.includes(match)
              : url.search(match) >= 0 || plain.search(match) >= 0;
        if (!hit) continue;
        entry.left -= 1;
        entry.hits += 1;
        return entry.fault;
      }
      return undefined;
    },
  };
}
