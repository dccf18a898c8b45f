// What passes between this background, the core and the pages that show the core's answers. The
// core's own types are generated.

/**
 * @typedef {import('../shared/boundary.js').Event} Event
 * @typedef {import('../shared/boundary.js').Effect} Effect
 * @typedef {import('../shared/boundary.js').Job} Job
 * @typedef {import('../shared/boundary.js').Turn} Turn
 */

/**
 * What a page of the extension is shown. `run` names this start of the background and `number` counts within it, so that a page can
 * tell when an older snapshot arrives late.
 * @typedef {{html: string | null, wake_at: number | null, run: string, number: number}} Snapshot
 */

/** @typedef {Event | undefined | (Event | undefined)[]} Told */

/**
 * Gives the core an event, after all earlier ones. A function is called when its turn comes, so that it sees the tabs as they are
 * then; it may answer with no event or with several.
 * @callback Dispatch
 * @param {Event | (() => Told | Promise<Told>)} event
 * @returns {Promise<void>} when the core has answered and the answer is saved; never rejects
 */

export {};
