// What the scripts in a page share. Each script stays small, and is put into the page before those that need it.

/**
 * @typedef {object} Shared
 * @property {{channel: typeof import('./channel.js').channel, look: typeof import('./front.js').look,
 *   switchTo: typeof import('./channel.js').switchTo, writes: typeof import('./channel.js').writes}} tetherComposer
 * @property {typeof import('./field.js').findField} tetherField
 * @property {typeof import('./status.js').chooseStatus} [tetherStatus]
 */

/** This extension's world in the page. @type {Shared} */
export const shared = /** @type {any} */ (globalThis);
