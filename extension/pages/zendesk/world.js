// What the scripts in a page share. Each stays small enough for a page that is not ours, and is put there before the ones that need it.

/**
 * @typedef {object} Shared
 * @property {{channel: typeof import('./channel.js').channel, look: typeof import('./front.js').look,
 *   switchTo: typeof import('./channel.js').switchTo, writes: typeof import('./channel.js').writes}} tetherComposer
 * @property {typeof import('./field.js').findField} tetherField
 * @property {typeof import('./status.js').chooseStatus} [tetherStatus]
 */

/** This extension's world in the page. @type {any} */
export const world = globalThis;

/** What other scripts put there. @type {Shared} */
export const shared = world;
