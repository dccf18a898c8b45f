// Writing the note into the composer of one ticket.
import { caretAtEnd, paste } from './append.js';
import { channel, internal, makeInternal } from './channel.js';
import { look, ticketOfAddress } from './front.js';
import { linesOf, plain, standsAt } from './text.js';
import { frame, until } from './wait.js';

/** @typedef {import('./job.js').WriteNote} WriteNote */
/** @typedef {import('./job.js').Outcome} Outcome */

/** How long the page may need to bring the ticket to the front, and to mount its composer, in ms. */
const SETTLE = 1500;
const MOUNT = 5000;

/**
 * The links of the note, or nothing when one of them is not plain: a second fence behind the background's own.
 * @param {string} html
 * @returns {string[] | null}
 */
function linksOf(html) {
  const note = new DOMParser().parseFromString(html, 'text/html');
  const links = [...note.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '');
  return links.every((link) => /^(?:https:\/\/|mailto:)/i.test(link)) ? links : null;
}

/**
 * @param {WriteNote} job
 * @returns {Promise<Outcome>}
 */
export async function writeNote(job) {
  const { ticket, selectors } = job;
  const wanted = job.lines.map(plain).filter(Boolean);
  const links = linksOf(job.html);
  if (!wanted[0]) return { kind: 'failed', why: 'the note is empty' };
  if (!links) return { kind: 'failed', why: 'the note holds an unsafe link' };

  const now = () => look(ticket, selectors);
  const soon = async () => {
    // An address of another ticket is final; a pane or a tab may only be late.
    await until(document.body, SETTLE, () => /composer/.test(now().kind) || ticketOfAddress() !== ticket);
    await until(document.body, MOUNT, () => now().kind !== 'no_composer');
    return now();
  };
  /** @param {Element} pane @returns {Outcome} */
  const notInternal = (pane) => ({ kind: 'not_internal', channel: channel(pane, selectors) });

  let found = await soon();
  if (found.kind !== 'composer') return found;
  const { pane } = found;
  if (!await makeInternal(pane, selectors)) {
    found = now();
    return found.kind === 'wrong_ticket' ? found : notInternal(pane);
  }
  // The page may put another composer in place when the channel changes.
  await frame();
  found = await soon();
  if (found.kind !== 'composer') return found;
  const { editable } = found;

  const before = linesOf(editable);
  if (!job.again && before.some((_, start) => standsAt(before, wanted, start))) return { kind: 'already_there' };
  if (!await caretAtEnd(editable)) return { kind: 'failed', why: 'the caret does not stay at the end' };

  // Nothing may come between this look and the paste.
  found = now();
  if (found.kind !== 'composer') return found;
  if (found.editable !== editable) return { kind: 'failed', why: 'the composer was replaced' };
  if (!internal(found.pane, selectors)) return notInternal(found.pane);
  const kept = linesOf(editable);
  const linked = editable.querySelectorAll('a[href]').length;

  const arrived = (at = editable) => {
    const lines = linesOf(at);
    // In order, though an editor may have made links of other addresses in between.
    const missing = [...links];
    for (const link of [...at.querySelectorAll('a[href]')].slice(linked)) {
      if (link.getAttribute('href') === missing[0]) missing.shift();
    }
    return standsAt(lines, kept, 0) && standsAt(lines, wanted, kept.length) && !missing[0];
  };
  // Without an empty paragraph in front, the first line would run on from what the engineer typed.
  await paste(editable, (kept[0] ? '<p></p>' : '') + job.html, arrived);
  // The editor draws once more after a paste; only what stays counts.
  await frame();
  await frame();

  found = now();
  if (found.kind === 'wrong_ticket') return { kind: 'moved', front: found.front };
  const last = found.kind === 'composer' ? found.editable : editable;
  const text = linesOf(last).join('\n');
  if (found.kind !== 'composer' || !arrived(last)) return { kind: 'not_arrived', text };
  return internal(found.pane, selectors) ? { kind: 'written', text } : notInternal(found.pane);
}
