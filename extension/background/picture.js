// What the panels show. There may be several, one a window, or none.
import { api } from './api.js';

/**
 * @typedef {import('./contract.js').Picture} Picture
 * @typedef {import('./contract.js').Outcome} Outcome
 * @typedef {import('./contract.js').Dispatch} Dispatch
 */

/** @type {Picture} */
let picture = { html: null, wake_at: null, run: crypto.randomUUID(), number: 0 };

/** How often a panel was opened: one that opens while another is found gone must not be taken for closed. */
let openings = 0;

export const current = () => picture;

export const countOpening = () => {
  openings += 1;
};

/**
 * Sends something to every panel. A panel that is there says `true`; other pages of the extension say nothing.
 * @param {{kind: string, [member: string]: unknown}} message
 * @param {Dispatch} dispatch
 */
async function send(message, dispatch) {
  const before = openings;
  // It rejects when no page of the extension is open, which is the usual case.
  const there = await api.runtime.sendMessage(message).catch(() => undefined);
  if (there !== true && before === openings) await dispatch({ type: 'panel_closed' });
}

/**
 * Shows what the core answered, if that changed.
 * @param {Outcome} outcome
 * @param {Dispatch} dispatch
 */
export function show(outcome, dispatch) {
  const html = outcome.view ?? null;
  const wake_at = outcome.wake_at ?? null;
  if (html === null && wake_at === picture.wake_at) return;
  picture = { html: html ?? picture.html, wake_at, run: picture.run, number: picture.number + 1 };
  if (html !== null || wake_at !== null) void send({ kind: 'view', ...picture }, dispatch);
}

/**
 * A panel said that it goes; the core is told when it was the last one.
 * @param {Dispatch} dispatch
 */
export const present = (dispatch) => send({ kind: 'present' }, dispatch);
