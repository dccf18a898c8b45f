// Puts a text into the composer of one ticket, below its present content.
import { caretAtEnd, paste } from './append.js';
import { linksIn } from './find.js';
import { shared } from './shared.js';
import { linesOf, plain, standsAt } from './text.js';
import { ticketOfAddress } from './ticket.js';
import { frame, until } from './wait.js';

/** @typedef {import('./job.js').Text} Text */
/** @typedef {import('./job.js').Channel} Channel */
/** @typedef {import('./job.js').Outcome} Outcome */

/** How long the page may need to bring the ticket to the front, and to mount its composer, in ms. */
const SETTLE = 1500;
const MOUNT = 5000;

/**
 * An outcome that ends the page job early is thrown.
 * @param {Text} job
 * @param {Channel} to the channel that the composer shall write in
 * @returns {Promise<Outcome>}
 */
export async function place(job, to) {
  const { ticket, selectors } = job;
  const { channel, look, switchTo, writes } = shared.tetherComposer;
  const wanted = job.lines.map(plain).filter(Boolean);
  if (!wanted[0]) throw new Error('the text is empty');
  const links = linksIn(new DOMParser().parseFromString(job.html, 'text/html'));
  // A second safeguard besides the background's own.
  if (!links.every((link) => /^(?:https:\/\/|mailto:)/i.test(link)))
    throw new Error('it holds an unsafe link');

  const now = () => look(ticket, selectors);
  const found = () => {
    const at = now();
    if (at.kind === 'composer') return at;
    throw at;
  };
  const soon = async () => {
    // Another ticket in the URL is final; a pane or a tab may only be late.
    await until(
      SETTLE,
      () => /^(?:no_)?composer$/.test(now().kind) || ticketOfAddress() !== ticket,
    );
    await until(MOUNT, () => now().kind !== 'no_composer');
    return found();
  };
  /** @param {Element} pane */
  const right = (pane) => writes(pane, selectors, to);
  /** @param {Element} pane @returns {Outcome} */
  const wrong = (pane) => ({ kind: `not_${to}`, channel: channel(pane, selectors) });
  // Text that was written as an internal note may contain secrets, and a switch would make a public
  // draft of it.
  const draft = () => {
    const { pane, editable } = found();
    if (to === 'internal' || right(pane)) return '';
    return (
      linesOf(editable).join('\n') ||
      (editable.querySelector('img:not([data-cke-filler]), hr, table') ? '…' : '')
    );
  };

  const { pane } = await soon();
  if (draft() || !(await switchTo(pane, selectors, to, () => !draft()))) {
    const text = draft();
    return text ? { kind: 'internal_draft', text } : wrong(pane);
  }
  // The page may replace the composer when the channel changes.
  await frame();
  const { editable } = await soon();

  const before = linesOf(editable);
  if (!job.again && before.some((_, start) => standsAt(before, wanted, start)))
    return { kind: 'already_there' };
  if (!(await caretAtEnd(editable))) throw new Error('the caret does not stay at the end');

  // Nothing may happen between this look and the paste.
  const last = found();
  if (last.editable !== editable) throw new Error('the composer was replaced');
  if (!right(last.pane)) return wrong(last.pane);
  const kept = linesOf(editable);
  const linked = linksIn(editable).length;

  const arrived = (at = editable) => {
    const lines = linesOf(at);
    const added = linksIn(at).slice(linked);
    return (
      standsAt(lines, kept, 0) &&
      standsAt(lines, wanted, kept.length) &&
      links.every((link) => added.includes(link))
    );
  };
  // Without an empty paragraph in front, the first line would run on from what the engineer typed.
  await paste(editable, (kept[0] ? '<p></p>' : '') + job.html, arrived);
  // The editor renders again after a paste; only what remains counts.
  await frame();
  await frame();

  const then = now();
  if (then.kind === 'wrong_ticket') return { kind: 'moved', front: then.front };
  const at = then.kind === 'composer' ? then.editable : editable;
  const text = linesOf(at).join('\n');
  if (then.kind !== 'composer' || !arrived(at)) return { kind: 'not_arrived', text };
  return right(then.pane) ? { kind: 'written', text } : wrong(then.pane);
}
