// What was asked of the sites, and by whom.
import assert from 'node:assert/strict';

/** @typedef {import('../../standins/log.js').LogEntry} LogEntry */

export class Requests {
  /** @param {import('../../standins/log.js').RequestLog} log */
  constructor(log) {
    this.log = log;
  }

  /**
   * What the extension asked by itself: `fetch` and not a document, and without the referrer that a page's own `fetch` has. (In
   * Firefox a background's request to a granted host says `same-origin`, as a page's does.)
   * @returns {LogEntry[]}
   */
  ofTether() {
    return this.log.entries().filter((one) => one.secFetchDest === 'empty' && one.referer === null);
  }

  /** How often Tether asked for what, by kind. */
  counts() {
    /** @type {Record<string, number>} */
    const counts = {};
    for (const { host, method, path } of this.ofTether()) {
      const kind = `${method} ${host}${path.replace(/\?.*$/, '').replace(/\/\d+/g, '/#')}`;
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  }

  /** The extension contacted only Zendesk and these hosts, and only read. @param {string[]} [hosts] */
  assertNoneElsewhere(hosts = []) {
    const odd = this.ofTether().filter(
      ({ host, method }) => ![...hosts, 'gitlab.zendesk.com'].includes(host) || method !== 'GET',
    );
    assert.deepEqual(odd, []);
  }
}
