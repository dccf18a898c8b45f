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
  // If a click on an entry submits, the engineer chooses it. Otherwise, the background injects a
  // script that chooses it.
  const status =
    job.submit_menu === 'chooses' ? ((await shared.tetherStatus?.(job)) ?? 'not_found') : 'left';
  return { ...outcome, status };
}
