/**
 * One interface over a real Chromium and a real Firefox with the extension loaded.
 *
 *     const browser = await launch({ browser: "firefox", extension: "dist/firefox", proxyPort });
 *     const page = await browser.newPage("https://gitlab.zendesk.com/agent/tickets/1");
 *     const panel = await browser.openPanel();
 *     …
 *     assert.deepEqual(await browser.errors(), []);
 *     await browser.close();
 */
import { launchChromium } from './chromium.js';
import { launchFirefox } from './firefox.js';

/**
 * @typedef {import("puppeteer-core").Page} Page
 * @typedef {import("./errors.js").BrowserError} BrowserError
 *
 * @typedef {object} LaunchOptions
 * @property {"chromium" | "firefox"} browser
 * @property {string} extension  folder of the built extension
 * @property {number} proxyPort  of a CONNECT proxy on 127.0.0.1; every https request goes through it
 * @property {boolean} [headless]  default true
 * @property {string} [display]  an X display such as `:99`, which the windows are drawn on; without `headless: false` nothing is
 * @property {"light" | "dark"} [colorScheme]  default light
 * @property {number} [width]  of the window, CSS pixels; default 1280
 * @property {number} [height]  default 900
 * @property {number} [pictures]  a second, at most; Firefox only. Fewer than usual, because nobody looks: drawing them costs more than a test does
 * @property {string} [profileDir]  default: a temporary one, removed on close
 * @property {boolean} [grantHosts]  default true; false: Firefox starts with no host permission granted (Chromium always grants)
 * @property {string} [panelPath]  default "panel/panel.html"
 * @property {boolean} [keepWelcome]  default false: the page that the extension opens once it is installed is closed again
 * @property {string} [policyFile]  a policy as the settings export it, installed for this browser alone; see `policy-file.js`
 * @property {unknown} [policy]  what an organization's policy sets in the extension's `storage.managed`, by a file of the user's own. Firefox only
 *
 * @typedef {object} PanelOptions
 * @property {number} [width]  CSS pixels; default 360, as Chromium opens it
 * @property {number} [height]  default 800
 * @property {boolean} [ownWindow]  Chromium: the panel's page in a popup window instead of the real side panel. Firefox always has its
 *   own window, since WebDriver BiDi does not see the sidebar (Firefox 153)
 *
 * @typedef {object} ScreenshotOptions
 * @property {number} [width]
 * @property {number} [height]
 * @property {"light" | "dark"} [colorScheme]
 *
 * @typedef {object} Comfort  what an engineer may have set in their system; what is left out is as usual
 * @property {boolean} [reducedMotion]
 * @property {boolean} [forcedColors]  high contrast
 *
 * @typedef {Pick<Page, "evaluate">} Evaluates
 *
 * @typedef {object} Browser
 * @property {"chromium" | "firefox"} kind
 * @property {import("puppeteer-core").Browser} puppeteer
 * @property {string} extensionId
 * @property {string} extensionOrigin  without a slash at its end
 * @property {number} pid  of the browser's main process
 * @property {(url?: string) => Promise<Page>} newPage  a tab of the main window, in front, loaded
 * @property {() => Promise<Page[]>} pages  every tab but the panel
 * @property {(options?: PanelOptions) => Promise<Page>} openPanel  the page in front of the main window stays the active tab
 * @property {() => Promise<void>} closePanel
 * @property {() => Promise<Page | undefined>} welcomePage  the page that the extension opened once it was installed, if it is there now
 * @property {(path: string) => Promise<Page>} openExtensionPage  e.g. "options/options.html", in a tab
 * @property {() => Promise<boolean>} backgroundRunning
 * @property {() => Promise<void>} stopWorker  what the browser does with an idle background, now; resolves when it is gone
 * @property {<A extends unknown[], R>(fn: (...args: A) => R, ...args: A) => Promise<Awaited<R>>} evaluateInWorker  Chromium: in the service
 *   worker, which must run. Firefox: in the panel's page, which has the same APIs and storage but not the background's variables
 * @property {(command: string) => Promise<void>} fireCommand  Firefox only: as if the shortcut of that `commands` entry were pressed
 * @property {() => Promise<string | null>} sidebarAddress  Firefox only: what the real sidebar shows
 * @property {() => Promise<number[]>} windowIds  of the browser's windows, as the extension knows them
 * @property {(window: number) => Promise<Evaluates | undefined>} panelOf  the real side panel or sidebar of a window, if it is open there
 * @property {(address: string) => Promise<void>} discardTab  what the memory saver does with the tab of that address, which must not be in front
 * @property {(granted: boolean) => Promise<void>} setHostAccess  Firefox only
 * @property {() => Promise<string>} readClipboard
 * @property {(scheme: "light" | "dark") => Promise<void>} setColorScheme
 * @property {(comfort: Comfort) => Promise<void>} setComfort  in the panel, which is open
 * @property {(page: Page, file: string, options?: ScreenshotOptions) => Promise<void>} screenshot  a PNG
 * @property {() => Promise<BrowserError[]>} errors  of pages, panel, content scripts and background; failed requests are not among them
 * @property {() => Promise<BrowserError[]>} networkErrors  Chromium only; always empty in Firefox
 * @property {() => Promise<void>} clearErrors
 * @property {() => Promise<void>} close  kills it if it does not go by itself; may be called twice
 */

/**
 * @param {LaunchOptions} options
 * @returns {Promise<Browser>}
 */
export function launch(options) {
  return options.browser === 'firefox' ? launchFirefox(options) : launchChromium(options);
}
