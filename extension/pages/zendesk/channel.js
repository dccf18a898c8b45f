// Public reply or internal note: the switch beside the composer.
import { attribute, first, shown } from './find.js';
import { choose } from './menu.js';

/** @typedef {import('./job.js').Selectors} Selectors */
/** @typedef {import('./job.js').Channel} Channel */

/**
 * @param {Element} pane
 * @param {Selectors} selectors
 */
const button = (pane, selectors) => first(pane, selectors.channel_button, shown)[0];

/**
 * The names that the page has for the channel, what it calls itself first: the label may be translated.
 * @param {Element} pane
 * @param {Selectors} selectors
 */
const names = (pane, selectors) => ['data-channel', 'aria-label'].map((name) => attribute(button(pane, selectors), name));

/**
 * The channel as the page names it; empty when there is no switch.
 * @param {Element} pane
 * @param {Selectors} selectors
 */
export const channel = (pane, selectors) => names(pane, selectors).find(Boolean) ?? '';

/**
 * Whether the composer writes so. Names that contradict each other say neither.
 * @param {Element} pane
 * @param {Selectors} selectors
 * @param {Channel} wanted
 */
export function writes(pane, selectors, wanted) {
  const all = names(pane, selectors);
  const internal = all.some((name) => /^internal\b|\binternal[ _-]note\b/i.test(name));
  const open = all.some((name) => /^public\b|\bpublic[ _-]reply\b/i.test(name));
  return internal !== open && (wanted === 'internal') === internal;
}

/**
 * Makes the pane's composer write so.
 * @param {Element} pane
 * @param {Selectors} selectors
 * @param {Channel} wanted
 * @param {() => boolean} may the last word before the switch
 */
export async function switchTo(pane, selectors, wanted, may) {
  const done = () => writes(pane, selectors, wanted);
  return done() || choose(() => button(pane, selectors), selectors[`channel_${wanted}`], done, may);
}
