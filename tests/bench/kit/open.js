// A browser with one of the extensions and the stand-ins behind it, and its page to measure from.

import { launch } from '../../harness/browser.js';
import { startStandIns } from '../../standins/start.js';
import { BENCH_PAGE } from './extensions.js';

/**
 * @typedef {import('../../tools/project.js').Browser} BrowserName
 * @typedef {import('../../harness/browser.js').Browser} Browser
 * @typedef {import('puppeteer-core').Page} Page
 * @typedef {import('../page/bench.js').Bench} Bench
 */

/**
 * Both sites, while something is measured.
 * @template T
 * @param {import('../../standins/start.js').StartOptions} options
 * @param {(sites: Awaited<ReturnType<typeof startStandIns>>) => Promise<T>} work
 */
export async function beside(options, work) {
  const sites = await startStandIns({
    ...options,
    zendesk: { autoSignIn: true, ...options.zendesk },
  });
  try {
    return await work(sites);
  } finally {
    await sites.close();
  }
}

/**
 * @param {BrowserName} name
 * @param {(browser: BrowserName) => Promise<import('./extensions.js').Extension>} make
 * @param {number} proxyPort
 */
export async function open(name, make, proxyPort) {
  const extension = await make(name);
  /** @type {Browser} */
  let browser;
  try {
    browser = await launch({ browser: name, extension: extension.folder, proxyPort });
  } catch (error) {
    await extension.remove();
    throw error;
  }
  return {
    browser,
    /** The extension's page to measure from, in a tab. */
    async benchPage() {
      const page = await browser.openExtensionPage(BENCH_PAGE);
      await page.waitForFunction(() => Reflect.has(globalThis, 'bench'));
      return page;
    },
    async close() {
      await browser.close();
      await extension.remove();
    },
  };
}

/**
 * How long a message to the background takes, ms.
 * @param {Page} page of the extension
 * @param {object} [message]
 */
export const ask = (page, message = { kind: 'bench' }) =>
  page.evaluate(
    (sent) => /** @type {Bench} */ (Reflect.get(globalThis, 'bench')).ask(sent),
    message,
  );

/** What the figures are called by. @type {Record<BrowserName, 'Chromium' | 'Firefox'>} */
export const NAMES = { chromium: 'Chromium', firefox: 'Firefox' };
