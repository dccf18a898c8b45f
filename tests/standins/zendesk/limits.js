// Rate limits: the account's requests, updates of one user, updates of tickets, jobs.

import { tooMany } from './answers.js';

/** @typedef {import('./answers.js').Answer} Answer */

/**
 * @param {object} options
 * @param {number} options.requestsPerMinute  of the whole account
 * @param {() => number} options.now  milliseconds
 */
export function createLimits({ requestsPerMinute, now }) {
  /** @type {Map<string, number[]>} */
  const used = new Map();
  /** @type {{remaining: number, retryAfter: number, until: number} | undefined} */
  let forced;

  /**
   * Counts one use of a window that slides; over the limit it is refused and not counted.
   * @param {string} key
   * @param {number} limit
   * @param {number} windowMs
   * @returns {{left: number, waitSeconds: number}}  `waitSeconds` above 0 means refused
   */
  function use(key, limit, windowMs) {
    const recent = (used.get(key) ?? []).filter((time) => time > now() - windowMs);
    const oldest = recent[0];
    if (recent.length >= limit && oldest !== undefined) {
      used.set(key, recent);
      return { left: 0, waitSeconds: Math.max(1, Math.ceil((oldest + windowMs - now()) / 1000)) };
    }
    recent.push(now());
    used.set(key, recent);
    return { left: limit - recent.length, waitSeconds: 0 };
  }

  /**
   * @param {string} key
   * @param {number} limit
   * @param {number} windowMs
   * @returns {Answer | undefined}
   */
  const refusal = (key, limit, windowMs) => {
    const { waitSeconds } = use(key, limit, windowMs);
    return waitSeconds ? tooMany(waitSeconds) : undefined;
  };

  return {
    /**
     * From now on `remaining` more requests pass, then 429 for `retryAfter` seconds, then all is as before.
     * @param {{remaining?: number, retryAfter?: number}} [wanted]
     */
    force({ remaining = 0, retryAfter = 1 } = {}) {
      forced = { remaining, retryAfter, until: 0 };
    },
    reset() {
      used.clear();
      forced = undefined;
    },
    /**
     * One API request of the account.
     * @returns {{refused?: Answer, headers: Record<string, string>}}
     */
    request() {
      const limit = {
        'X-Rate-Limit': String(requestsPerMinute),
        'ratelimit-limit': String(requestsPerMinute),
        'ratelimit-reset': '60',
      };
      /** @param {number} count */
      const remaining = (count) => ({
        ...limit,
        'X-Rate-Limit-Remaining': String(count),
        'ratelimit-remaining': String(count),
      });
      if (forced) {
        if (forced.remaining > 0) {
          forced.remaining -= 1;
          return { headers: remaining(forced.remaining) };
        }
        if (!forced.until) forced.until = now() + forced.retryAfter * 1000;
        if (now() < forced.until) {
          const wait = Math.max(1, Math.ceil((forced.until - now()) / 1000));
          return { refused: tooMany(wait), headers: remaining(0) };
        }
        forced = undefined;
      }
      const { left, waitSeconds } = use('account', requestsPerMinute, 60_000);
      return {
        ...(waitSeconds ? { refused: tooMany(waitSeconds) } : {}),
        headers: remaining(left),
      };
    },
    /** @param {number} userId  @returns {Answer | undefined} */
    userUpdate: (userId) => refusal(`user ${userId}`, 5, 60_000),
    /** @param {number} agentId  @param {number} ticketId  @returns {Answer | undefined} */
    ticketUpdate: (agentId, ticketId) =>
      refusal('tickets', 100, 60_000) ?? refusal(`ticket ${ticketId} ${agentId}`, 30, 600_000),
  };
}
