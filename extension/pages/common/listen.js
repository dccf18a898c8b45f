// Lets a page script wait for page jobs of its own kinds, carry them out and report their outcomes.
import { api } from '../../shared/api.js';
import { claim, world } from './claim.js';

/**
 * @typedef {import('../../shared/boundary.js').Job} Job
 * @typedef {import('../../shared/boundary.js').PageOutcome} PageOutcome
 *
 * A page job that the page has, or had last.
 * @typedef {{effect: number, outcome?: PageOutcome, line?: chrome.runtime.Port}} PageJob
 */

/**
 * Each mark has one listener, however often its script is put in.
 * @param {string} mark
 * @param {{[Kind in Job['kind']]?: (job: Extract<Job, {kind: Kind}>) => Promise<PageOutcome>}} jobs by kind; other kinds belong to
 *   other scripts. An outcome may also be thrown
 */
export function listen(mark, jobs) {
  if (!claim(mark)) return;
  api.runtime.onMessage.addListener((message, sender, sendResponse) => {
    /** @type {((job: any) => Promise<PageOutcome>) | undefined} */
    const carryOut = Reflect.get(jobs, message?.kind);
    if (!carryOut || sender.id !== api.runtime.id) return;
    const { effect } = message;
    /** @type {PageJob | undefined} */
    const last = world.pageJob;
    // A page job is carried out once, however often it is given.
    const known = last?.effect === effect;
    // Only one job at a time may use the page, whichever script carries it out.
    const busy = !known && last && !last.outcome;
    sendResponse(busy ? { accepted: false, why: 'busy' } : { accepted: true });
    if (busy || known) return;
    /** @type {PageJob} */
    const job = { effect };
    world.pageJob = job;
    carryOut(message)
      .catch((error) => (error.kind ? error : { kind: 'failed', why: error.message }))
      .then(async (outcome) => {
        // The work is done, whether or not the report arrives.
        job.outcome = outcome;
        // The browser may stop the background at any moment, and the next message starts it again;
        // a report that is already on its way is lost. Only `true` confirms it: a background that
        // is being stopped may return nothing without an error. After an update or removal of the
        // extension, nothing can receive it.
        for (let times = 9; times--; ) {
          try {
            if (await api.runtime.sendMessage({ kind: 'page_result', effect, outcome })) break;
          } catch {}
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
        job.line?.disconnect();
      })
      // In Firefox 153, a timer in a page that was closed in the meantime throws
      // NS_ERROR_NOT_INITIALIZED, and there is nothing left to report to.
      .catch(() => {});
  });
  // The background asks whether the page has a page job. If the page goes away, the connection
  // breaks, which the background notices.
  api.runtime.onConnect.addListener((line) => {
    /** @type {PageJob | undefined} */
    const job = world.pageJob;
    const has = line.name === `${job?.effect}`;
    line.postMessage({ has, outcome: has ? job?.outcome : undefined });
    if (has && job) job.line = line;
  });
}
