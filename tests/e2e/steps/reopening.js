// The panel's page, opened while the background is stopped, as after a pause; and what it shows before the core has started.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from '../../harness/wait.js';

/**
 * @typedef {import('puppeteer-core').Page} Page
 * @typedef {import('../../harness/browser.js').Browser} Browser
 */

/** Waits until a ticket's view is stored, or no longer is. @param {Page} own of the extension @param {number} ticket @param {boolean} [isThere] */
export const stored = (own, ticket, isThere = true) =>
  until(`the view of ${ticket} is ${isThere ? '' : 'not '}stored`, async () => {
    const keys = await own.evaluate(async () => {
      /** @type {typeof chrome} */
      const api = Reflect.get(globalThis, 'browser') ?? chrome;
      return Object.keys(await api.storage.session.get(null));
    });
    return keys.includes(`view:gitlab.zendesk.com:${ticket}`) === isThere;
  });

/** Takes a ticket's view out of the storage, for good: the background may be about to store it. @param {Page} own of the extension @param {number} ticket */
export const forget = (own, ticket) =>
  until(`the view of ${ticket} is forgotten`, () =>
    own.evaluate(async (key) => {
      /** @type {typeof chrome} */
      const api = Reflect.get(globalThis, 'browser') ?? chrome;
      await api.storage.session.remove(key);
      await new Promise((resolve) => {
        setTimeout(resolve, 300);
      });
      return !(key in (await api.storage.session.get(key)));
    }, `view:gitlab.zendesk.com:${ticket}`),
  );

/**
 * @param {Browser} browser
 * @param {Page} page
 * @param {string} file of the extension
 */
export async function goTo(browser, page, file) {
  const url = `${browser.extensionOrigin}/${file}`;
  // Firefox never says that it has loaded such an address.
  if (browser.kind === 'firefox') void page.goto(url, { timeout: 1 }).catch(() => undefined);
  else await page.goto(url);
  await until(`${file} is loaded`, () =>
    page
      .evaluate((to) => location.href === to && document.readyState === 'complete', url)
      .catch(() => false),
  );
}

/** Says in the storage of the extension's own pages that a panel's messages wait. */
const HOLD = 'test-hold';

/** In the panel's page, before its own script: its messages may have to wait until they are let go. */
const HOLDING = `
const api = globalThis.browser ?? chrome;
if (localStorage.getItem('${HOLD}')) {
  const send = api.runtime.sendMessage.bind(api.runtime);
  const released = new Promise((resolve) => { globalThis.__letGo = resolve; });
  api.runtime.sendMessage = (...args) => released.then(() => send(...args));
}`;

/**
 * Puts that script into a copy of the extension, of which the browser reads each file when it needs it.
 * @param {string} folder
 */
export async function makeHoldable(folder) {
  const file = path.join(folder, 'panel', 'panel.html');
  const html = await readFile(file, 'utf8');
  if (html.includes('holding.js')) return;
  await writeFile(path.join(folder, 'panel', 'holding.js'), HOLDING);
  await writeFile(file, html.replace('<script', '<script src="holding.js"></script><script'));
}

/** @param {Page} page */
const letGo = (page) =>
  page.evaluate(() => /** @type {() => void} */ (Reflect.get(globalThis, '__letGo'))());

/**
 * Opens the panel's page, which is holdable, while the background is stopped. The core hears nothing of it until it is let go.
 * @param {Browser} browser
 * @param {Page} page the panel's
 * @returns {Promise<() => Promise<void>>} lets it go
 */
export async function reopen(browser, page) {
  // The page that goes away tells the background, which starts it: so first that, then the stop.
  await page.evaluate((name) => localStorage.setItem(name, '1'), HOLD);
  await goTo(browser, page, 'icons/tether.svg');
  await browser.stopWorker();
  await goTo(browser, page, 'panel/panel.html');
  await page.evaluate((name) => localStorage.removeItem(name), HOLD);
  return () => letGo(page);
}

/** What the panel shows, and whether any of it can be used. @param {Page} page */
export const firstSight = (page) =>
  page.evaluate(() => {
    const main = document.querySelector('main');
    const buttons = /** @type {HTMLElement[]} */ ([
      ...(main?.querySelectorAll('button:not(:disabled)') ?? []),
    ]);
    const control = buttons.find((one) => one.checkVisibility());
    control?.focus();
    return {
      title: document.querySelector('h1')?.textContent ?? '',
      verdict: document.getElementById('verdict')?.textContent ?? '',
      says: document.getElementById('refreshing')?.textContent ?? '',
      inert: main?.inert ?? false,
      busy: main?.getAttribute('aria-busy') === 'true',
      focusable: control !== undefined && document.activeElement === control,
    };
  });
