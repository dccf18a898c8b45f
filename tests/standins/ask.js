// The Zendesk stand-in on a plain port of this machine, for tests that need no browser.

import http from 'node:http';
import { createZendesk } from './zendesk/index.js';

/**
 * @typedef {object} Asked
 * @property {string} [method]
 * @property {unknown} [body]   sent as JSON
 * @property {string} [text]    sent as it is
 * @property {Record<string, string>} [headers]  one that is empty is not sent
 * @property {AbortSignal} [signal]
 *
 * @typedef {{status: number, body: any, headers: Headers}} Read
 */

const ORIGIN = 'https://gitlab.zendesk.com';

/**
 * @param {import('./world.js').World} world
 * @param {import('./zendesk/index.js').Options} [options]
 */
export async function serveZendesk(world, options = {}) {
  const zendesk = createZendesk(world, null, options);
  const session = zendesk.newSession();
  const server = http.createServer((req, res) => void zendesk.handle(req, res));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const base = `http://127.0.0.1:${address.port}`;

  /**
   * A request of the signed-in agent's page.
   * @param {string} path  below `/api/v2/`, or from the root with a slash
   * @param {Asked} [asked]
   */
  const ask = (path, { method = 'GET', body, text, headers = {}, signal } = {}) => {
    /** @type {Record<string, string>} */
    const all = { Cookie: session.cookie };
    if (method !== 'GET')
      Object.assign(all, {
        'Content-Type': 'application/json',
        Origin: ORIGIN,
        'X-CSRF-Token': session.csrf,
      });
    Object.assign(all, headers);
    for (const [name, value] of Object.entries(all)) if (!value) delete all[name];
    return fetch(base + (path.startsWith('/') ? path : `/api/v2/${path}`), {
      method,
      headers: all,
      redirect: 'manual',
      ...(text === undefined && body === undefined ? {} : { body: text ?? JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  };
  return {
    zendesk,
    session,
    ask,
    /**
     * The same with the answer's JSON.
     * @param {Parameters<typeof ask>} asked
     * @returns {Promise<Read>}
     */
    async read(...asked) {
      const answer = await ask(...asked);
      return { status: answer.status, body: await answer.json(), headers: answer.headers };
    },
    /**
     * A request to another of the hosts that the stand-in answers for, without cookies.
     * @param {string} url
     * @returns {Promise<{status: number, text: string, headers: http.IncomingHttpHeaders}>}
     */
    askHost(url) {
      const { host, pathname, search } = new URL(url);
      return new Promise((resolve, reject) => {
        http
          .get(base + pathname + search, { headers: { Host: host } }, (res) => {
            let text = '';
            res.setEncoding('utf8').on('data', (part) => {
              text += part;
            });
            res.on('end', () =>
              resolve({ status: res.statusCode ?? 0, text, headers: res.headers }),
            );
          })
          .on('error', reject);
      });
    },
    async close() {
      zendesk.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
