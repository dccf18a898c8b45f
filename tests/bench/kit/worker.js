// Stops an extension's background so that the next message has to start it, with no debugger attached, as on a user's machine.

import { until } from '../../harness/wait.js';

/** How long a background has to be stopped to count as stopped, in ms. */
const SETTLED_MS = 300;

/**
 * @typedef {import('../../harness/browser.js').Browser} Browser
 * @typedef {import('puppeteer-core').Page} Page
 */

/**
 * @param {Browser} browser
 * @param {Page} own a page of the extension
 * @returns {Promise<() => Promise<void>>} stops the background
 */
export async function stopper(browser, own) {
  if (browser.kind === 'firefox') return () => browser.stopWorker();
  const session = await own.createCDPSession();
  // Puppeteer attaches to every worker and has it wait meanwhile, which would be measured too: some milliseconds each time. The one that
  // runs now has it attached and would wait for it at its next start, so it goes first; and after the next line puppeteer knows of none.
  await browser.stopWorker();
  await session.connection()?.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: 'page', exclude: true }, { type: 'service_worker', exclude: true }, {}],
  });
  await session.send('ServiceWorker.enable');
  /** @type {Map<string, string>} */
  const status = new Map();
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    for (const version of versions) status.set(version.versionId, version.runningStatus);
  });
  return async () => {
    await session.send('ServiceWorker.stopAllWorkers');
    /** @type {number | undefined} */
    let since;
    // An event that is on its way starts it again at once, so it has to stay stopped for a while.
    await until('the background stays stopped', async () => {
      if ([...status.values()].every((one) => one === 'stopped')) {
        since ??= Date.now();
        return Date.now() - since > SETTLED_MS;
      }
      since = undefined;
      await session.send('ServiceWorker.stopAllWorkers');
      return false;
    });
  };
}
