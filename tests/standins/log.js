// Every request to the stand-ins in order, and the hosts that were refused.

/**
 * @typedef {object} LogEntry
 * @property {number} n  counts from 1 and never starts again
 * @property {number} time  milliseconds since the epoch
 * @property {string} host
 * @property {string} method
 * @property {string} path  with the query string
 * @property {number} status  0 while unanswered, and for good when the asker went away before the answer
 * @property {string|null} accept
 * @property {string|null} origin
 * @property {string|null} secFetchSite
 * @property {string|null} secFetchMode
 * @property {string|null} secFetchDest
 * @property {string|null} referer  a page's own requests have one; those of an extension's background don't
 * @property {boolean} cookie  whether any cookie came along
 * @property {number} bytes  of the answer's body
 *
 * @typedef {{n:number, time:number, host:string, method:string}} Refusal
 */

/** The log of all requests. Marks are numbers of entries: `since(mark)` gives what came after the mark was taken. */
export class RequestLog {
  /** @type {LogEntry[]} */
  #entries = [];
  /** @type {Refusal[]} */
  #refused = [];
  /** @type {Map<string, number>} */
  #reached = new Map();
  #count = 0;

  /**
   * Begins an entry; its status and bytes are filled in when the answer is complete.
   * @param {import('node:http').IncomingMessage} req
   * @param {import('node:http').ServerResponse} res
   * @param {string} host
   * @returns {LogEntry}
   */
  begin(req, res, host) {
    this.#count += 1;
    /** @type {LogEntry} */
    const entry = {
      n: this.#count,
      time: Date.now(),
      host,
      method: req.method ?? '',
      path: req.url ?? '',
      status: 0,
      accept: header(req, 'accept'),
      origin: header(req, 'origin'),
      secFetchSite: header(req, 'sec-fetch-site'),
      secFetchMode: header(req, 'sec-fetch-mode'),
      secFetchDest: header(req, 'sec-fetch-dest'),
      referer: header(req, 'referer'),
      cookie: header(req, 'cookie') !== null,
      bytes: 0,
    };
    this.#entries.push(entry);
    countBody(res, entry);
    res.on('finish', () => {
      entry.status = res.statusCode;
    });
    return entry;
  }

  /**
   * Writes down a host that the proxy does not know.
   * @param {string} host
   * @param {string} method
   */
  refuse(host, method) {
    this.#count += 1;
    this.#refused.push({ n: this.#count, time: Date.now(), host, method });
  }

  /** Writes down a host that the proxy was asked to reach, known or not. @param {string} host */
  reach(host) {
    this.#reached.set(host, (this.#reached.get(host) ?? 0) + 1);
  }

  /** Every host that the browser wanted to reach, with the number of connections: what its proxy sees of it, encrypted or not. */
  reached() {
    return new Map(this.#reached);
  }

  /** All requests since the start or the last `clear`. */
  entries() {
    return [...this.#entries];
  }

  /** The number to give to `since` later. */
  mark() {
    return this.#count;
  }

  /**
   * The requests after a mark.
   * @param {number} mark
   */
  since(mark) {
    return this.#entries.filter((entry) => entry.n > mark);
  }

  /** Refused hosts with the number of attempts each. Browsers ask for hosts of their own at start: they end up here too. */
  refused() {
    /** @type {Map<string, number>} */
    const byHost = new Map();
    for (const { host } of this.#refused) byHost.set(host, (byHost.get(host) ?? 0) + 1);
    return byHost;
  }

  /** Forgets everything but the numbering. */
  clear() {
    this.#entries = [];
    this.#refused = [];
    this.#reached.clear();
  }
}

/**
 * @param {import('node:http').IncomingMessage} req
 * @param {string} name
 */
function header(req, name) {
  const value = req.headers[name];
  return value === undefined ? null : String(value);
}

/**
 * Counts what is written as the body, before headers and encryption.
 * @param {import('node:http').ServerResponse} res
 * @param {LogEntry} entry
 */
function countBody(res, entry) {
  const { write, end } = res;
  /** @param {unknown} chunk */
  const count = (chunk) => {
    if (typeof chunk === 'string') entry.bytes += Buffer.byteLength(chunk);
    else if (chunk instanceof Uint8Array) entry.bytes += chunk.byteLength;
  };
  // Node's `end` may itself call `write` for a chunk that it was given: that one must not be counted twice.
  let ending = false;
  res.write = /** @type {typeof write} */ (
    (/** @type {any[]} */ ...args) => {
      if (!ending) count(args[0]);
      return Reflect.apply(write, res, args);
    }
  );
  res.end = /** @type {typeof end} */ (
    (/** @type {any[]} */ ...args) => {
      count(args[0]);
      ending = true;
      return Reflect.apply(end, res, args);
    }
  );
}
