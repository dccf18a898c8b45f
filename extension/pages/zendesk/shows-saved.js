// Whether a ticket's page shows what was saved behind its back. Zendesk refuses what is submitted from a page that doesn't.
import { shared } from './shared.js';
import { linesOf, plain, standsAt } from './text.js';
import { until } from './wait.js';

/** @typedef {import('./job.js').Outcome} Outcome */

/** How long a page may need to load its ticket, and one that follows changes to show this one, in ms. */
const LOAD = 20_000;
const FOLLOW = 1000;

/** How often the lines are in an element, in one piece. @param {Element} element @param {string[]} wanted */
const times = (element, wanted) => {
  const lines = linesOf(element);
  return lines.filter((_, start) => standsAt(lines, wanted, start)).length;
};

/**
 * @param {import('./job.js').LookAtTicket} job
 * @returns {Promise<Outcome>}
 */
export async function showsSaved(job) {
  const { ticket, selectors } = job;
  const wanted = job.lines.map(plain).filter(Boolean);
  const now = () => shared.tetherComposer.look(ticket, selectors);
  // A page that was loaded since has read it.
  const isNew = performance.timeOrigin >= job.saved_ms;
  await until(isNew ? LOAD : FOLLOW, () => now().kind === 'composer');
  const isShown = () => {
    const at = now();
    // A text that is only in the composer is not saved.
    return (
      at.kind === 'composer' &&
      (isNew || (wanted.length > 0 && times(at.pane, wanted) > times(at.editable, wanted)))
    );
  };
  if (await until(isNew ? 0 : FOLLOW, isShown)) return { kind: 'shows_saved' };
  const at = now();
  return at.kind === 'composer' ? { kind: 'outdated' } : at;
}
