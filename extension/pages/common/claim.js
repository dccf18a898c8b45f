// Keeps a script that is injected into a page more than once from working there twice.
import { isAlive } from '../../shared/api.js';

/** This extension's world in the page. @type {any} */
export const world = globalThis;

/**
 * Whether no living script has this mark in the page yet. One whose extension was updated or removed is dead and gets replaced.
 * @param {string} mark
 */
export function claim(mark) {
  // A page can put an element of this name here; it cannot be called.
  if (typeof world[mark] === 'function' && world[mark]()) return false;
  world[mark] = isAlive;
  return true;
}
