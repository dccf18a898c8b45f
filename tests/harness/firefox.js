/** Firefox (tried with ESR 153), over WebDriver BiDi; what BiDi lacks is done in the browser's chrome context. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import puppeteer from 'puppeteer-core';
import { closeOrKill, screenshot } from './artifacts.js';
import { ErrorLog } from './errors.js';
import { chromeContext } from './firefox-chrome.js';
import { FEWER_PROCESSES, firefoxProfile } from './firefox-profile.js';
import { managedStorage } from './policy.js';
import { underPolicy } from './policy-file.js';
import { closeWithProcess, onDisplay, QUIET, removeProfile, SIGNALS_OFF } from './processes.js';
import { PATIENCE, until } from './wait.js';
import { greets, WELCOME } from './welcome.js';

/** @typedef {import("puppeteer-core").Page} Page */

/** Values of layout.css.prefers-color-scheme.content-override. */
const SCHEMES = { dark: 0, light: 1 };

/**
 * @param {import("./browser.js").LaunchOptions} options
 * @returns {Promise<import("./browser.js").Browser>}
 */
export async function launchFirefox(options) {
  const { width = 1280, height = 900, panelPath = 'panel/panel.html' } = options;
  const folder = resolve(options.extension);
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  const extensionId = String(manifest.browser_specific_settings.gecko.id);
  const uuid = randomUUID();
  const extensionOrigin = `moz-extension://${uuid}`;
  const executablePath = process.env['FIREFOX'] ?? '/usr/bin/firefox-esr';
  const profile = options.profileDir ?? (await firefoxProfile(executablePath));
  const ownProfile = options.profileDir === undefined ? profile : undefined;
  const policy =
    options.policy === undefined ? undefined : managedStorage(extensionId, options.policy);
  const installed =
    options.policyFile === undefined
      ? undefined
      : underPolicy('firefox', executablePath, options.policyFile);
  const browser = await puppeteer
    .launch({
      browser: 'firefox',
      env: {
        ...(options.display === undefined ? process.env : onDisplay(options.display)),
        ...(policy && { HOME: policy.home }),
      },
      executablePath: installed?.executable ?? executablePath,
      headless: options.headless ?? true,
      acceptInsecureCerts: true,
      defaultViewport: null,
      protocolTimeout: PATIENCE,
      timeout: PATIENCE,
      userDataDir: profile,
      ...SIGNALS_OFF,
      ...QUIET,
      args: ['--remote-allow-system-access', `--width=${width}`, `--height=${height}`],
      extraPrefsFirefox: {
        ...FEWER_PROCESSES,
        'network.proxy.type': 1,
        'network.proxy.ssl': '127.0.0.1',
        'network.proxy.ssl_port': options.proxyPort,
        // Unencrypted too, so that the proxy sees whatever the browser wants to reach.
        'network.proxy.http': '127.0.0.1',
        'network.proxy.http_port': options.proxyPort,
        'network.proxy.no_proxies_on': '',
        'extensions.webextensions.uuids': JSON.stringify({ [extensionId]: uuid }),
        // Since Firefox 127 an installation grants the host permissions, of a temporary add-on too; without this it is as it was before,
        // and as it is for people who take them back.
        'extensions.originControls.grantByDefault': options.grantHosts ?? true,
        // The background stops when a test says so and not when a slow machine happens to be idle.
        'extensions.background.idle.timeout': 3_600_000,
        // Grants permissions that an extension requests in a click, because nobody can answer the prompt.
        'extensions.webextOptionalPermissionPrompts': false,
        'layout.css.prefers-color-scheme.content-override': SCHEMES[options.colorScheme ?? 'light'],
        ...(options.pictures !== undefined && { 'layout.frame_rate': options.pictures }),
        // BiDi reports no console of an extension's background, and of a page of the extension none either: read it from the output.
        'devtools.console.stdout.content': true,
        'intl.locale.requested': 'en-US',
        ...(options.display !== undefined && { 'browser.newtabpage.enabled': false }),
        // Pages are told times in whole milliseconds otherwise, and much of what is measured takes two of them.
        'privacy.reduceTimerPrecision': false,
      },
    })
    .catch((error) => {
      if (ownProfile !== undefined) removeProfile(ownProfile);
      policy?.remove();
      installed?.remove();
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
    installed?.remove();
    forget();
  }

  /** @returns {Promise<import("./browser.js").Browser>} */
  async function wrap() {
    const log = new ErrorLog();
    readConsole(browser.process()?.stdout, log);
    readConsole(browser.process()?.stderr, log);
    const chrome = await chromeContext(browser, extensionId);
    await browser.installExtension(folder);
    /** @type {Page | undefined} */
    let panel;

    async function pages() {
      return (await browser.pages()).filter((page) => page !== panel);
    }

    /**
     * `goto` never resolves for an address of an extension, and `url()` stays about:blank, though the page works.
     * @param {"tab" | "window"} type
     * @param {string} path
     */
    async function extensionPage(type, path) {
      const page = await browser
        .defaultBrowserContext()
        .newPage(type === 'window' ? { type } : { type: 'tab' });
      page.setDefaultTimeout(PATIENCE);
      void page.goto(`${extensionOrigin}/${path}`, { timeout: 1 }).catch(() => undefined);
      await until(`${path} is loaded`, () =>
        // The document that is asked may be the one that goes away.
        page
          .evaluate(
            (origin) => location.href.startsWith(origin) && document.readyState === 'complete',
            extensionOrigin,
          )
          .catch(() => false),
      );
      return page;
    }

    async function openPanel(/** @type {import("./browser.js").PanelOptions} */ panelOptions = {}) {
      if (!panel || panel.isClosed()) {
        panel = await extensionPage('window', panelPath);
        // The panel's window must not be the last focused one: the sidebar whose place it takes is part of the main window.
        await chrome.focusMainWindow();
      }
      await panel.setViewport({
        width: panelOptions.width ?? 360,
        height: panelOptions.height ?? 800,
      });
      return panel;
    }

    /** The welcome page, whose address puppeteer does not know. */
    async function welcomePage() {
      for (const page of await pages()) {
        const address = await page.evaluate(() => location.href).catch(() => '');
        if (address === `${extensionOrigin}/${WELCOME}`) return page;
      }
      return undefined;
    }

    /** @type {import("./browser.js").Browser} */
    const wrapped = {
      kind: 'firefox',
      puppeteer: browser,
      extensionId,
      extensionOrigin,
      pid: browser.process()?.pid ?? 0,
      pages,
      close,
      openPanel,
      welcomePage,
      async newPage(url) {
        await chrome.focusMainWindow();
        const page = await browser.newPage();
        page.setDefaultTimeout(PATIENCE);
        if (url !== undefined) await page.goto(url);
        return page;
      },
      async closePanel() {
        await panel?.close();
        panel = undefined;
      },
      async openExtensionPage(path) {
        await chrome.focusMainWindow();
        return extensionPage('tab', path);
      },
      backgroundRunning: chrome.backgroundRunning,
      stopWorker: chrome.stopBackground,
      async evaluateInWorker(fn, ...args) {
        const page = await openPanel();
        return /** @type {any} */ (await page.evaluate(/** @type {any} */ (fn), ...args));
      },
      fireCommand: (command) => chrome.fireCommand(command, manifest.commands ?? {}),
      sidebarAddress: chrome.sidebarAddress,
      windowIds: chrome.windowIds,
      async panelOf(window) {
        if (!(await chrome.hasSidebar(window, `${extensionOrigin}/${panelPath}`))) return undefined;
        return {
          evaluate: (fn, ...args) =>
            chrome.askSidebar(window, `(${fn})(...${JSON.stringify(args)})`),
        };
      },
      discardTab: chrome.discardTab,
      setHostAccess: (granted) => chrome.setHostAccess(granted, manifest.host_permissions ?? []),
      readClipboard: chrome.readClipboard,
      setColorScheme: (scheme) =>
        chrome.setPreference('layout.css.prefers-color-scheme.content-override', SCHEMES[scheme]),
      async setComfort({ reducedMotion = false, forcedColors = false }) {
        await chrome.setPreference('ui.prefersReducedMotion', reducedMotion ? 1 : 0);
        // 2: the browser's colors in place of every page's, which is what high contrast means to a page.
        await chrome.setPreference('browser.display.document_color_use', forcedColors ? 2 : 0);
      },
      screenshot(page, file, shot) {
        return screenshot(wrapped, page, file, shot);
      },
      async errors() {
        for (const error of await chrome.takeErrors(extensionOrigin))
          log.add(error.kind, error.where, error.text);
        return log.errors();
      },
      async networkErrors() {
        return [];
      },
      async clearErrors() {
        await chrome.takeErrors(extensionOrigin);
        log.clear();
      },
    };
    if (greets(options)) {
      if (options.keepWelcome) await until('the welcome page is there', welcomePage);
      else await closeWelcome();
    }
    return wrapped;

    /** By Firefox itself: on a loaded machine it happened that the page was not seen over BiDi at all (ESR 153); why is not known. */
    async function closeWelcome() {
      /** @type {string[]} */
      let tabs = [];
      await until('the welcome page is there', async () => {
        const answer = await chrome.closeTab(`${extensionOrigin}/${WELCOME}`);
        ({ tabs } = answer);
        return answer.closed;
      }).catch((error) => {
        throw new Error(`${error.message}; there are ${tabs.join(', ')}`, { cause: error });
      });
    }
  }
}

/**
 * @param {import("node:stream").Readable | null | undefined} stream
 * @param {ErrorLog} log
 */
function readConsole(stream, log) {
  let rest = '';
  stream?.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      // Parts of the browser itself write their bare name and a colon first; a page's own text is in quotes.
      const found = /^console\.(?:error|assert): (?![A-Za-z][\w.-]*: )(.*)$/.exec(line);
      if (found) log.add('console', 'unknown', found[1] ?? '');
    }
  });
}
