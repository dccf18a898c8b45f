// A write through the API, as the page itself would make it.
import { changed } from './expected.js';
import { inFront, obstacle } from './page.js';
import { send } from './send.js';
import { freshToken, isStale, ownToken } from './token.js';

/** @typedef {import('./job.js').Outcome} Outcome */

/**
 * @param {import('./job.js').Request} job
 * @returns {Promise<Outcome>}
 */
export async function request(job) {
  const url = new URL(job.path, location.origin);
  if (
    url.origin !== location.origin ||
    !job.path.startsWith('/api/v2/') ||
    !url.pathname.startsWith('/api/v2/')
  ) {
    throw new Error('the address is not one of the API');
  }
  if (!['PUT', 'POST'].includes(job.method)) throw new Error('the method is not one of a write');
  const body = JSON.stringify(job.body);

  let standing = await inFront(job);
  if (standing) return standing;
  let token = ownToken() || (await freshToken());
  for (let last = false; ; last = true) {
    if (typeof token !== 'string') return token;
    // This takes time, in which the engineer may have turned to something else.
    standing = (await changed(job)) ?? obstacle(job);
    if (standing) return standing;
    const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': token };
    const answer = await send(url, { method: job.method, headers, body });
    // Retry once, and only for this reason: any other write without a good answer may have been
    // done.
    if (last || !isStale(answer)) return { kind: 'answered', answer };
    token = await freshToken();
  }
}
