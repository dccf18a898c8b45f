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
 * The channel as the page names it; empty when there is no switch. The label may be in any language.
 * @param {Element} pane
 * @param {Selectors} selectors
 */
export const channel = (pane, selectors) => {
  const found = button(pane, selectors);
  return attribute(found, 'data-channel') || attribute(found, 'aria-label');
};

/** The channels that are no ticket's composer: `native_messaging`, `sms`, `chat` and whatever else there may be. */
const OTHER = /^(?!(?:web|public|internal)$)./;

/**
 * @param {Element} pane
 * @param {Selectors} selectors
 * @returns {string} the channel if it is neither a public reply's nor an internal note's; otherwise empty
 */
export const otherChannel = (pane, selectors) =>
  OTHER.exec(attribute(button(pane, selectors), 'data-channel'))?.input ?? '';

/**
 * Whether the composer writes so. `data-channel` says it in every language. Names that contradict each other say neither.
 * @param {Element} pane
 * @param {Selectors} selectors
 * @param {Channel} wanted
 */
export function writes(pane, selectors, wanted) {
  const all = ['data-channel', 'aria-label'].map((name) =>
    attribute(button(pane, selectors), name),
  );
  const internal = all.some((name) => /^internal\b|\binternal[ _-]note\b/i.test(name));
  const open =
    /^web$/.test(all[0] ?? '') || all.some((name) => /^public\b|\bpublic[ _-]reply\b/i.test(name));
  return (
    internal !== open && (wanted === 'internal') === internal && !otherChannel(pane, selectors)
  );
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
  return (
    done() ||
    choose(() => button(pane, selectors), selectors[`channel_${wanted}`], done, may, [
      ...(selectors.submit_button ?? []),
      ...(selectors.submit_menu_button ?? []),
      '[data-test-id^="submit_button-"]',
    ])
  );
}
