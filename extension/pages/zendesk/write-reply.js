// The public reply: a draft, and the status that it is to be submitted with. It is never submitted here.
import { place } from './place.js';
import { shared } from './shared.js';

/**
 * @param {import('./job.js').WriteReply} job
 * @returns {Promise<import('./job.js').Outcome>}
 */
export async function writeReply(job) {
  const outcome = await place(job, 'public');
  if (outcome.kind !== 'written') return outcome;
  // Where a click on an entry submits, the choice is the engineer's. Elsewhere the background puts a script in that chooses.
  const status =
    job.submit_menu === 'chooses' ? ((await shared.tetherStatus?.(job)) ?? 'not_found') : 'left';
  return { ...outcome, status };
}
