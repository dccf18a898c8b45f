// Removes a drafted reply from the composer, provided that it is unchanged and nothing follows it.
import { linksIn } from './find.js';
import { remove } from './remove.js';
import { shared } from './shared.js';
import { linesOf, plain } from './text.js';
import { frame } from './wait.js';

/** @typedef {import('./job.js').Outcome} Outcome */

/** What the lines of a text don't show. */
const UNREAD = 'img:not([data-cke-filler]), table, hr, video, iframe';

/** @param {string[]} these @param {string[]} those */
const same = (these, those) => these.join('\n') === those.join('\n');

/**
 * Where the text begins among the composer's blocks, if it is all that they hold from there on.
 * @param {HTMLElement} editable
 * @param {import('./job.js').TakeReplyOut} job
 * @returns {number | undefined}
 */
function startOf(editable, { lines, links }) {
  const wanted = lines.map(plain).filter(Boolean);
  const all = [...editable.children];
  for (let from = all.length; from--; ) {
    const blocks = all.slice(from);
    if (!wanted[0] || !same(blocks.flatMap(linesOf), wanted)) continue;
    const more = blocks.some((one) => one.matches(UNREAD) || one.querySelector(UNREAD));
    return !more && same(blocks.flatMap(linksIn), links) ? from : undefined;
  }
  return undefined;
}

/**
 * @param {import('./job.js').TakeReplyOut} job
 * @returns {Promise<Outcome>}
 */
export async function takeOut(job) {
  const { ticket, selectors } = job;
  const { channel, look, writes } = shared.tetherComposer;
  const at = look(ticket, selectors);
  if (at.kind !== 'composer') return at;
  const { pane, editable } = at;
  if (!writes(pane, selectors, 'public'))
    return { kind: 'not_public', channel: channel(pane, selectors) };
  const from = startOf(editable, job);
  if (from === undefined) return { kind: 'draft_changed' };
  const rest = [...editable.children].slice(0, from).flatMap(linesOf);
  const isOut = () => same(linesOf(editable), rest);
  // The caret takes time to stay, in which the engineer may write on.
  await remove(editable, () => startOf(editable, job) === from && from, isOut);
  // The editor renders again; only what remains counts.
  await frame();
  await frame();
  const then = look(ticket, selectors);
  if (then.kind === 'wrong_ticket') return { kind: 'moved', front: then.front };
  if (then.kind === 'composer' && then.editable === editable && isOut())
    return { kind: 'taken_out' };
  return { kind: 'not_arrived', text: linesOf(editable).join('\n') };
}
