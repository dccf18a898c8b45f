// The panel's page, opened while the background is stopped, as after a pause; and what it shows before the core has started.
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

/**
 * @param {Browser} browser
 * @param {Page} page
 * @param {string} path of a file of the extension
 */
export async function goTo(browser, page, path) {
  const url = `${browser.extensionOrigin}/${path}`;
  // Firefox never says that it has loaded such an address.
  if (browser.kind === 'firefox') void page.goto(url, { timeout: 1 }).catch(() => undefined);
  else await page.goto(url);
  await until(`${path} is loaded`, () =>
    page
      .evaluate((to) => location.href === to && document.readyState === 'complete', url)
      .catch(() => false),
  );
}

/** From now on the panel's messages wait until they are let go. @param {Page} page */
const holdMessages = (page) =>
  page.evaluateOnNewDocument(() => {
    /** @type {typeof chrome} */
    const api = Reflect.get(globalThis, 'browser') ?? Reflect.get(globalThis, 'chrome');
    const send = api?.runtime?.sendMessage;
    if (!send) return;
    /** @type {(value?: unknown) => void} */
    let release = () => undefined;
    const released = new Promise((resolve) => {
      release = resolve;
    });
    Reflect.set(globalThis, '__letGo', release);
    Reflect.set(api.runtime, 'sendMessage', (/** @type {unknown[]} */ ...args) =>
      released.then(() => Reflect.apply(send, api.runtime, args)),
    );
  });

/** @param {Page} page */
const letGo = (page) =>
  page.evaluate(() => /** @type {() => void} */ (Reflect.get(globalThis, '__letGo'))());

/**
 * Opens the panel's page while the background is stopped. It hears nothing of the core until it is let go.
 * @param {Browser} browser
 * @param {Page} page the panel's
 * @returns {Promise<() => Promise<void>>} lets it go
 */
export async function reopen(browser, page) {
  // The page that goes away tells the background, which starts it: so first that, then the stop.
  await goTo(browser, page, 'icons/tether.svg');
  await browser.stopWorker();
  const hold = await holdMessages(page);
  await goTo(browser, page, 'panel/panel.html');
  await page.removeScriptToEvaluateOnNewDocument(hold.identifier);
  return () => letGo(page);
}

/** What the panel shows, and whether any of it can be used. @param {Page} page */
export const firstSight = (page) =>
  page.evaluate(() => {
    const main = document.querySelector('main');
    const control = main?.querySelector('button:not(:disabled)');
    if (control instanceof HTMLElement) control.focus();
    return {
      title: document.querySelector('h1')?.textContent ?? '',
      verdict: document.getElementById('verdict')?.textContent ?? '',
      says: document.getElementById('refreshing')?.textContent ?? '',
      inert: main?.inert ?? false,
      busy: main?.getAttribute('aria-busy') === 'true',
      focusable: control !== null && document.activeElement === control,
    };
  });
