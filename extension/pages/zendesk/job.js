// What the background orders and what it hears back.

/**
 * Each name with its selectors, the best first (site profile, `zendesk.selectors`).
 * @typedef {Record<'active_pane' | 'pane_ticket' | 'active_tab' | 'composer' | 'channel_button' | 'channel_internal', string[]>} Selectors
 */

/**
 * @typedef {object} WriteNote
 * @property {'write_note'} kind
 * @property {number} effect names the order; comes back with the outcome
 * @property {number} ticket
 * @property {string} html safe HTML of the note
 * @property {string[]} lines the same note, one entry a line
 * @property {boolean} again write it even if it stands there already
 * @property {Selectors} selectors
 */

/**
 * @typedef {{kind: 'written', text: string}
 *   | {kind: 'already_there'}
 *   | {kind: 'wrong_ticket', front: number | null}
 *   | {kind: 'no_composer'}
 *   | {kind: 'not_internal', channel: string}
 *   | {kind: 'not_arrived', text: string}
 *   | {kind: 'moved', front: number | null}
 *   | {kind: 'ambiguous', what: string}
 *   | {kind: 'failed', why: string}} Outcome
 */

export {};
