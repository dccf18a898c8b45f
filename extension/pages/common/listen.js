// Put into a page when the engineer asks for something. A script waits for a page job of its own kinds, carries it out and reports; until
// one comes it does nothing.
import { api } from '../../shared/api.js';
import { claim, world } from './claim.js';

/**
 * A page job that the page has, or had last.
 * @typedef {{effect: number, outcome?: object, line?: chrome.runtime.Port}} PageJob
 */

/**
 * One listener a mark, however often its script is put in. One whose extension was updated is dead and gets replaced.
 * @param {string} mark
 * @param {Record<string, (job: any) => Promise<object>>} jobs by kind; those of other kinds are another script's. An outcome may
 *   be thrown as well
 */
export function listen(mark, jobs) {
  if (!claim(mark)) return;
  api.runtime.onMessage.addListener((message, sender, sendResponse) => {
    const carryOut = jobs[message?.kind];
    if (!carryOut || sender.id !== api.runtime.id) return;
    const { effect } = message;
    /** @type {PageJob | undefined} */
    const last = world.pageJob;
    // A page job is carried out once, however often it is given.
    const known = last?.effect === effect;
    // One at a time may use the page, whichever script it is for.
    const busy = !known && last && !last.outcome;
    sendResponse(busy ? { accepted: false, why: 'busy' } : { accepted: true });
    if (busy || known) return;
    /** @type {PageJob} */
    const job = { effect };
    world.pageJob = job;
    carryOut(message)
      .catch((error) => (error.kind ? error : { kind: 'failed', why: error.message }))
      .then(async (outcome) => {
        // The work is done, whether anybody hears of it or not.
        job.outcome = outcome;
        // A background that the browser stopped while it listened starts again for the next word, and may be stopped again; what it
        // hears twice, it drops. One that heard says `true`: silence may be no error where it was stopped before it listened,
        // and nobody hears a word until it is wholly stopped. After an update or a removal nobody is left to hear it.
        for (let times = 9; times--; ) {
          try {
            if (await api.runtime.sendMessage({ kind: 'page_result', effect, outcome })) break;
          } catch {}
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
        job.line?.disconnect();
      });
  });
  // The background asks whether the page has a page job. The line breaks when the page goes, and so tells of it.
  api.runtime.onConnect.addListener((line) => {
    /** @type {PageJob | undefined} */
    const job = world.pageJob;
    const has = line.name === `${job?.effect}`;
    line.postMessage({ has, outcome: has ? job?.outcome : undefined });
    if (has && job) job.line = line;
  });
}
