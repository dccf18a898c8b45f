// axe-core in a page of the extension. It is brought in by the protocol, which the page's content security policy does not hold.
import axe from 'axe-core';

/**
 * @typedef {import('puppeteer-core').Page} Page
 */

/** @param {Page} page */
export async function bringAxe(page) {
  await page.evaluate(`${axe.source}; undefined`);
}

/**
 * What axe finds in a page as it is, each violation with the first elements that have it.
 * @param {Page} page after bringAxe
 * @returns {Promise<string[]>}
 */
export const violations = (page) => page.evaluate(async () => {
  const runner = /** @type {typeof import('axe-core')} */ (Reflect.get(globalThis, 'axe'));
  // Frames there are none, and what passed is not asked for.
  const found = await runner.run(document, { iframes: false, resultTypes: ['violations'] });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, any }) =>
    `${html.slice(0, 160)} (${any.map(({ message }) => message).join('; ').slice(0, 200)})`).join(' | ')}`);
});
