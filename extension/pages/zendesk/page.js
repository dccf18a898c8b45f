// Checks that the page is the one that a page job is for, and in front of the engineer.
import { wrongTicket } from './ticket.js';
import { until } from './wait.js';

/** @typedef {import('./job.js').Outcome} Outcome */

/** How long the background may need to bring the page to the front, in ms. */
const LIMIT = 1500;

/** @param {number | null | undefined} user @returns {Outcome | undefined} */
const wrongUser = (user) =>
  user && /^\/agent\/users\/(\d+)(?:\/|$)/.exec(location.pathname)?.[1] !== String(user)
    ? { kind: 'wrong_page', front: location.pathname.slice(0, 200) }
    : undefined;

/**
 * The current obstacle.
 * @param {{ticket?: number | null, user?: number | null, selectors?: import('./job.js').Selectors}} job
 * @returns {Outcome | undefined}
 */
export const obstacle = ({ ticket, user, selectors }) =>
  (ticket ? wrongTicket(ticket, selectors) : undefined) ??
  wrongUser(user) ??
  (document.hidden ? { kind: 'hidden' } : undefined);

/**
 * The obstacle that remains when the page's time is over.
 * @param {Parameters<typeof obstacle>[0]} job
 */
export async function inFront(job) {
  const clear = () => !obstacle(job);
  // A page may come to the front without changing itself.
  const over = new AbortController();
  const turned = new Promise((resolve) => {
    document.addEventListener('visibilitychange', () => resolve(true), {
      once: true,
      signal: over.signal,
    });
  });
  if (await Promise.race([turned, until(LIMIT, clear).then(() => false)]))
    await until(LIMIT, clear);
  over.abort();
  return obstacle(job);
}
