/** Chromium (tried with 156), over the DevTools protocol. */
import { resolve } from 'node:path';
import puppeteer from 'puppeteer-core';
import { pinOf } from '../standins/proxy.js';
import { closeOrKill, screenshot } from './artifacts.js';
import { ErrorLog } from './errors.js';
import { underPolicy } from './policy-file.js';
import {
  closeWithProcess,
  onDisplay,
  QUIET,
  removeProfile,
  SIGNALS_OFF,
  temporaryProfile,
} from './processes.js';
import { PATIENCE, until, within } from './wait.js';
import { greets, WELCOME } from './welcome.js';

/**
 * @typedef {import("puppeteer-core").Page} Page
 * @typedef {import("puppeteer-core").Target} Target
 * @typedef {import("puppeteer-core").CDPSession} CDPSession
 */

/**
 * Accepting certificates over the protocol does not reach the service worker's requests; a flag does. By its pin the certificate counts as a
 * good one. With errors that are ignored, Chromium (156) caches nothing, neither what it fetched nor the scripts that it compiled.
 * @param {number} proxyPort
 */
export function acceptCertificate(proxyPort) {
  const pin = pinOf(proxyPort);
  return [
    pin === undefined
      ? '--ignore-certificate-errors'
      : `--ignore-certificate-errors-spki-list=${pin}`,
  ];
}

/**
 * What every Chromium here is started with.
 * @param {number} proxyPort
 */
export const chromiumArguments = (proxyPort) => [
  `--proxy-server=127.0.0.1:${proxyPort}`,
  ...acceptCertificate(proxyPort),
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The address bar's list of suggestions is two pages, and to load them takes a second of the processor at each start (Chromium 156).
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup',
  '--lang=en-US',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * @param {import("./browser.js").LaunchOptions} options
 * @returns {Promise<import("./browser.js").Browser>}
 */
export async function launchChromium(options) {
  const { width = 1280, height = 900, panelPath = 'panel/panel.html' } = options;
  let scheme = options.colorScheme ?? 'light';
  const profile = options.profileDir ?? temporaryProfile();
  const ownProfile = options.profileDir === undefined ? profile : undefined;
  const executable = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const policy =
    options.policyFile === undefined
      ? undefined
      : underPolicy('chromium', executable, options.policyFile);
  const browser = await puppeteer
    .launch({
      executablePath: policy?.executable ?? executable,
      headless: options.headless ?? true,
      ...(options.display !== undefined && { env: onDisplay(options.display) }),
      // Extensions can be loaded over the pipe only, and with it the browser dies with this process.
      pipe: true,
      enableExtensions: [resolve(options.extension)],
      defaultViewport: null,
      protocolTimeout: PATIENCE,
      timeout: PATIENCE,
      userDataDir: profile,
      ...SIGNALS_OFF,
      ...QUIET,
      args: [
        ...chromiumArguments(options.proxyPort),
        `--window-size=${width},${height}`,
        // Without it the protocol's Extensions domain, which clicks the toolbar button, is missing.
        '--enable-unsafe-extension-debugging',
      ],
    })
    .catch((error) => {
      if (ownProfile !== undefined) removeProfile(ownProfile);
      policy?.remove();
      throw error;
    });
  const forget = closeWithProcess({
    close,
    pid: browser.process()?.pid,
    temporaryProfile: ownProfile,
  });
  try {
    return await wrap();
  } catch (error) {
    await close();
    throw error;
  }

  async function close() {
    await closeOrKill(browser);
    if (ownProfile !== undefined) removeProfile(ownProfile);
    policy?.remove();
    forget();
  }

  /** @returns {Promise<import("./browser.js").Browser>} */
  async function wrap() {
    const log = new ErrorLog();
    browser.on('targetcreated', (target) => void watch(target, log));
    const worker = await browser.waitForTarget(isWorker, { timeout: PATIENCE });
    const extensionId = new URL(worker.url()).host;
    const extensionOrigin = `chrome-extension://${extensionId}`;
    const panelUrl = `${extensionOrigin}/${panelPath}`;
    for (const target of browser.targets()) await watch(target, log);
    /** @type {Page | undefined} */
    let panel;
    /** @type {CDPSession | undefined} */
    let comfort;

    const root = await browser.target().createCDPSession();

    /**
     * Asks the browser itself: puppeteer learns of a woken worker only after the worker has answered a page's message.
     * @returns {Promise<Target | undefined>}
     */
    async function workerTarget() {
      const { targetInfos } = await root.send('Target.getTargets');
      if (
        !targetInfos.some(
          ({ type, url }) => type === 'service_worker' && url.startsWith(extensionOrigin),
        )
      )
        return undefined;
      return browser.waitForTarget(
        (target) => isWorker(target) && target.url().startsWith(extensionOrigin),
        { timeout: PATIENCE },
      );
    }
    const isPanel = (/** @type {Target} */ target) =>
      target.type() === 'page' && target.url().split(/[?#]/)[0] === panelUrl;

    /** @type {WeakMap<Target, Promise<Page>>} */
    const panelPages = new WeakMap();

    /** One session for each panel, however often it is asked. It may be gone before it has one. @param {Target} target */
    function pageOfPanel(target) {
      const page = panelPages.get(target) ?? target.asPage();
      panelPages.set(target, page);
      return page.catch(() => undefined);
    }

    async function runningWorker() {
      const found = await (await workerTarget())?.worker();
      if (!found) throw new Error('the service worker is stopped: wake it with an event first');
      // A worker that was just started answers a moment before it has the extension's interfaces (seen in Chromium 156 after an update).
      await until('the service worker has its interfaces', () =>
        found.evaluate(() => typeof chrome === 'object' && chrome.runtime?.id !== undefined),
      );
      return found;
    }

    async function pages() {
      const targets = browser
        .targets()
        .filter((target) => target.type() === 'page' && !isPanel(target));
      const found = await Promise.all(targets.map((target) => target.page()));
      return found.filter((page) => page !== null);
    }

    /** The tab of the main window that a person would see. */
    async function pageInFront() {
      for (const page of await pages()) {
        // Puppeteer makes every page believe that it has the focus, but a tab behind another one still reports that it is hidden.
        if (await page.evaluate(() => document.visibilityState === 'visible')) return page;
      }
      throw new Error('no tab is in front');
    }

    /** @param {Page} page */
    const dress = (page) =>
      page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);

    /** @param {boolean} ownWindow @param {number} panelWidth @param {number} panelHeight */
    async function showPanel(ownWindow, panelWidth, panelHeight) {
      const running = await runningWorker();
      if (ownWindow) {
        await running.evaluate(
          (url, w, h) =>
            chrome.windows
              .create({ url, type: 'popup', width: w, height: h, focused: false })
              .then(() => undefined),
          panelUrl,
          panelWidth,
          panelHeight,
        );
        return;
      }
      // A click before the background has said what a click means does nothing, and a second click would close the panel again.
      await until('the toolbar button opens the panel', () =>
        running.evaluate(
          async () =>
            (await chrome.sidePanel.getPanelBehavior()).openPanelOnActionClick === true ||
            chrome.action.onClicked.hasListeners(),
        ),
      );
      const extension = (await browser.extensions()).get(extensionId);
      if (!extension) throw new Error('the extension is not loaded');
      await extension.triggerAction(await pageInFront());
    }

    for (const page of await pages()) await dress(page);

    /** @param {Target} target */
    const isWelcome = (target) =>
      target.type() === 'page' && target.url() === `${extensionOrigin}/${WELCOME}`;

    /** @type {import("./browser.js").Browser} */
    const wrapped = {
      kind: 'chromium',
      puppeteer: browser,
      extensionId,
      extensionOrigin,
      pid: browser.process()?.pid ?? 0,
      pages,
      close,
      async newPage(url) {
        const page = await browser.newPage();
        page.setDefaultTimeout(PATIENCE);
        await dress(page);
        if (url !== undefined) await page.goto(url);
        return page;
      },
      async openPanel(panelOptions = {}) {
        const size = { width: panelOptions.width ?? 360, height: panelOptions.height ?? 800 };
        if (!panel || panel.isClosed()) {
          await showPanel(panelOptions.ownWindow ?? false, size.width, size.height);
          const target = await browser.waitForTarget(isPanel, { timeout: PATIENCE });
          // The side panel's target is made as one of another type and announced only as that.
          await watch(target, log);
          panel = await target.asPage();
          panel.setDefaultTimeout(PATIENCE);
        }
        await panel.setViewport(size);
        await dress(panel);
        await panel.waitForFunction(() => document.readyState === 'complete');
        return panel;
      },
      async welcomePage() {
        return (await browser.targets().find(isWelcome)?.page()) ?? undefined;
      },
      async closePanel() {
        await panel?.close();
        panel = undefined;
        comfort = undefined;
      },
      async openExtensionPage(path) {
        const page = await browser.newPage();
        page.setDefaultTimeout(PATIENCE);
        await dress(page);
        await page.goto(`${extensionOrigin}/${path}`);
        return page;
      },
      async backgroundRunning() {
        return (await workerTarget()) !== undefined;
      },
      async stopWorker() {
        const target = await workerTarget();
        if (!target) return;
        const gone = new Promise((done) => {
          const look = (/** @type {Target} */ destroyed) => {
            if (destroyed !== target) return;
            browser.off('targetdestroyed', look);
            done(undefined);
          };
          browser.on('targetdestroyed', look);
        });
        const running = await target.worker();
        // It may be gone before puppeteer has let go of it.
        await running?.close().catch((error) => {
          if (!/No (?:session|target) with given id/.test(String(error))) throw error;
        });
        await within('stopping the service worker', gone);
      },
      async evaluateInWorker(fn, ...args) {
        const running = await runningWorker();
        return /** @type {any} */ (await running.evaluate(/** @type {any} */ (fn), ...args));
      },
      async fireCommand() {
        // The protocol's key events go to the page and never reach the browser's own accelerators.
        throw new Error('Chromium takes no shortcut from the protocol');
      },
      async sidebarAddress() {
        throw new Error('Chromium has a side panel: openPanel() opens the real one');
      },
      async windowIds() {
        const running = await runningWorker();
        return running.evaluate(async () =>
          (await chrome.windows.getAll({ windowTypes: ['normal'] })).map(({ id = -1 }) => id),
        );
      },
      async panelOf(window) {
        for (const target of browser.targets().filter(isPanel)) {
          await watch(target, log);
          const page = await pageOfPanel(target);
          const own = await page
            ?.evaluate(async () => (await chrome.windows.getCurrent()).id)
            .catch(() => undefined);
          if (own === window) return page;
        }
        return undefined;
      },
      async discardTab(address) {
        const running = await runningWorker();
        await running.evaluate(async (url) => {
          const [tab] = await chrome.tabs.query({ url });
          if (tab?.id === undefined || !(await chrome.tabs.discard(tab.id)))
            throw new Error(`no tab of ${url} could be discarded`);
        }, address);
      },
      async setHostAccess() {
        throw new Error('Chromium grants host permissions at install');
      },
      async readClipboard() {
        const page = panel && !panel.isClosed() ? panel : await pageInFront();
        // A page of an extension has an opaque origin to `URL`.
        const isOwn = page.url().startsWith(`${extensionOrigin}/`);
        const { origin } = new URL(page.url());
        const context = browser.defaultBrowserContext();
        await context.overridePermissions(isOwn ? extensionOrigin : origin, [
          'clipboard-read',
          'clipboard-sanitized-write',
        ]);
        return page.evaluate(() => navigator.clipboard.readText());
      },
      async setColorScheme(next) {
        scheme = next;
        for (const page of await pages()) await dress(page);
        if (panel && !panel.isClosed()) await dress(panel);
      },
      async setComfort({ reducedMotion = false, forcedColors = false }) {
        // Puppeteer's own call knows no forced colors. What is set lasts as long as the session.
        comfort ??= await panel?.createCDPSession();
        await comfort?.send('Emulation.setEmulatedMedia', {
          features: [
            { name: 'prefers-color-scheme', value: scheme },
            { name: 'prefers-reduced-motion', value: reducedMotion ? 'reduce' : 'no-preference' },
            { name: 'forced-colors', value: forcedColors ? 'active' : 'none' },
          ],
        });
      },
      screenshot(page, file, shot) {
        return screenshot(wrapped, page, file, shot);
      },
      async errors() {
        return log.errors();
      },
      async networkErrors() {
        return log.networkErrors();
      },
      async clearErrors() {
        log.clear();
      },
    };
    if (greets(options)) {
      const target = await browser.waitForTarget(isWelcome, { timeout: PATIENCE });
      if (!options.keepWelcome) await (await target.page())?.close();
    }
    return wrapped;
  }
}

/** @param {Target} target */
function isWorker(target) {
  return target.type() === 'service_worker' && target.url().startsWith('chrome-extension://');
}

/** @type {WeakSet<Target>} */
const watched = new WeakSet();

/**
 * Puppeteer's page events miss what happened before anybody listened; a session that enables Runtime gets past events too.
 * @param {Target} target
 * @param {ErrorLog} log
 */
async function watch(target, log) {
  if (watched.has(target) || !(isWorker(target) || target.type() === 'page')) return;
  watched.add(target);
  const where = () => (isWorker(target) ? 'background' : target.url());
  try {
    // A session of our own on a service worker keeps its target alive when the worker is stopped, and the next start of the worker
    // waits for a debugger for ever (Chromium 156): so the worker is watched through the session that puppeteer has anyway.
    const session = isWorker(target)
      ? (await target.worker())?.client
      : await target.createCDPSession();
    if (!session) return;
    listen(session, where, log);
    await session.send('Runtime.enable');
    await session.send('Log.enable');
  } catch (error) {
    // The page may be gone before it could be watched: then there is nothing to tell.
    if (!/closed|detached|No target/i.test(String(error)))
      log.add('other', where(), `cannot be watched: ${error}`);
  }
}

/**
 * @param {CDPSession} session
 * @param {() => string} where
 * @param {ErrorLog} log
 */
function listen(session, where, log) {
  session.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
    log.add(
      'exception',
      exceptionDetails.url ?? where(),
      exceptionDetails.exception?.description ?? exceptionDetails.text,
    );
  });
  session.on('Runtime.consoleAPICalled', ({ type, args }) => {
    if (type !== 'error' && type !== 'assert') return;
    log.add('console', where(), args.map((arg) => arg.value ?? arg.description ?? '').join(' '));
  });
  session.on('Log.entryAdded', ({ entry }) => {
    if (entry.level !== 'error') return;
    const kind =
      entry.source === 'network' ? 'network' : entry.source === 'security' ? 'security' : 'other';
    log.add(kind, entry.url ?? where(), entry.text);
  });
}
