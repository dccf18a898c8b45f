// axe-core in a page of the extension. It is brought in by the protocol, which the page's content security policy does not hold.
import axe from 'axe-core';

/**
 * @typedef {import('puppeteer-core').Page} Page
 */

/** @param {Page} page */
export async function bringAxe(page) {
  await page.evaluate(`${axe.source}; undefined`);
}

/** The rules whose answer another scheme may change: the others read names, roles and order, which are the same. */
export const OF_COLOUR = ['color-contrast', 'link-in-text-block'];
/** The rules whose answer another width may change. */
export const OF_WIDTH = [
  'target-size',
  'scrollable-region-focusable',
  'css-orientation-lock',
  'meta-viewport',
];

/**
 * What axe finds in a page as it is, each violation with the first elements that have it.
 * @param {Page} page after bringAxe
 * @param {string[]} [rules]  these alone, where the page was looked at before with all of them; default all that axe has on by itself
 *   and the size of what is pressed
 * @returns {Promise<string[]>}
 */
export const violations = (page, rules) =>
  page.evaluate(async (only) => {
    // A bar that sticks to the top hides what was scrolled under it, which axe takes for a fault of the layout.
    document.scrollingElement?.scrollTo(0, 0);
    const runner = /** @type {typeof import('axe-core')} */ (Reflect.get(globalThis, 'axe'));
    // Frames there are none, and what passed is not asked for.
    const found = await runner.run(document, {
      iframes: false,
      resultTypes: ['violations'],
      ...(only
        ? { runOnly: { type: 'rule', values: only } }
        : { rules: { 'target-size': { enabled: true } } }),
    });
    return found.violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(
            ({ html, any }) =>
              `${html.slice(0, 160)} (${any
                .map(({ message }) => message)
                .join('; ')
                .slice(0, 200)})`,
          )
          .join(' | ')}`,
    );
  }, rules);
