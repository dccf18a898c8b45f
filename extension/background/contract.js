// What goes between this background and the core. The core decides; nothing here reads more of an event or effect than its row needs.

/**
 * Told to the core; `type` names it, the other members are its own.
 * @typedef {{type: string, [member: string]: unknown}} Event
 */

/**
 * A page job, passed on to the page's script as it is.
 * @typedef {{kind: string, effect: number, [member: string]: unknown}} Job
 */

/**
 * @typedef {{type: 'read', id: number, url: string, accept: string}
 *   | {type: 'wait', id: number, ms: number}
 *   | {type: 'fetch', id: number, url: string, follow: string | null}
 *   | {type: 'page', tab: number, job: Job}
 *   | {type: 'ask_page', tab: number, effect: number}
 *   | {type: 'open_tab', url: string, token: unknown}
 *   | {type: 'focus_tab', tab: number}
 *   | {type: 'settings', entries: Record<string, unknown>}
 *   | {type: 'release_host', origin: string}
 *   | {type: 'open_settings'}
 *   | {type: 'open_shortcuts'}
 *   | {type: 'remind', url: string, at_ms: number}
 *   | {type: 'forget', url: string}
 *   | {type: 'badge', text: string, color: string, title: string}} Effect
 */

/**
 * The settings as the browser keeps them, each value as JSON text: the engineer's by their entries' names, and the organization's.
 * @typedef {{sync: Record<string, string>, managed: string | null}} Settings
 */

/**
 * What the core answers to an event.
 * @typedef {object} Outcome
 * @property {Effect[]} effects
 * @property {[key: string, value: string | null | undefined][]} save entries of the session's storage; no value: remove
 * @property {[window: number, html: string][]} views the panels whose HTML changed, by their windows
 * @property {[page: string, html: string][]} pages those beside the panel whose HTML changed
 * @property {number | null | undefined} wake_at when the panel has to ask again, ms since 1970
 */

/**
 * What a panel is shown. `run` names this start of the background and `number` counts within it, so that a panel can tell an
 * older picture that arrives late.
 * @typedef {{html: string | null, wake_at: number | null, run: string, number: number}} Picture
 */

/** @typedef {Event | undefined | (Event | undefined)[]} Told */

/**
 * Tells the core something, after all that was told before. A function is asked when its turn comes, so that it sees the tabs as
 * they are then; it may find that there is nothing to tell, or several things.
 * @callback Dispatch
 * @param {Event | (() => Told | Promise<Told>)} event
 * @returns {Promise<void>} when the core has answered and the answer is saved; never rejects
 */

export {};
