/** What only Firefox's own (privileged) JavaScript can do. Needs `--remote-allow-system-access`; tried with Firefox ESR 153. */
import { until } from './wait.js';

/**
 * @typedef {import("./errors.js").BrowserError} BrowserError
 * @typedef {{send: (method: string, params: object) => Promise<{result: any}>}} Connection
 */

/**
 * What Firefox (ESR 153) itself writes when an answer of the extension's interface comes for a page or background that is gone or put
 * aside by then: the page that sent it was left, the background was stopped by the test. Nothing in that page runs any more, so nothing
 * there could catch it, and Firefox says it only now and then, by which of the two was faster. A rejection that nobody handles in a page
 * that lives has other words and is still an error.
 */
const LEFT_BEHIND =
  '^Promise (?:resolved|rejected) (?:while context is inactive|after context unloaded)';

/** The browser's windows by the ids that the extension knows, and what the extension shows in the sidebar of one. */
const WINDOWS = `
  const { windowTracker } = extension.apiManager.global;
  const windows = [...Services.wm.getEnumerator("navigator:browser")].map((each) => [windowTracker.getId(each), each]);
  const sidebarOf = (id) => {
    const controller = windows.find(([own]) => own === id)?.[1].SidebarController;
    return controller?.isOpen ? controller.browser.contentDocument?.getElementById("webext-panels-browser") : undefined;
  };
`;

/** Runs in the sidebar's frame, with the browser's rights: the text of a function of the answer's name and of the code. */
const IN_SIDEBAR = JSON.stringify(`async ([name, code]) => {
  const answer = {};
  try {
    const sandbox = new Cu.Sandbox(content.document.nodePrincipal, { sandboxPrototype: content, wantXrays: false, sameZoneAs: content });
    answer.value = JSON.stringify(await Cu.evalInSandbox(code, sandbox));
  } catch (error) {
    answer.error = String(error);
  }
  sendAsyncMessage(name, answer);
}`);

/**
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} extensionId
 */
export async function chromeContext(browser, extensionId) {
  const connection = /** @type {{connection: Connection}} */ (/** @type {unknown} */ (browser))
    .connection;
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const context = String(tree.result.contexts[0].context);

  /**
   * Everything passes as JSON: values of the chrome context do not survive the protocol's own serialization.
   * @param {string} body  of an async function; sees `args`, `extension` and `main` (the first browser window)
   * @param {...unknown} args
   * @returns {Promise<any>}
   */
  async function run(body, ...args) {
    const expression = `(async () => {
      const args = ${JSON.stringify(args)};
      const extension = WebExtensionPolicy.getByID(${JSON.stringify(extensionId)})?.extension;
      const main = [...Services.wm.getEnumerator("navigator:browser")][0];
      return JSON.stringify((await (async () => { ${body} })()) ?? null);
    })()`;
    const { result } = await connection.send('script.evaluate', {
      expression,
      target: { context },
      awaitPromise: true,
    });
    if (result.type === 'exception')
      throw new Error(`in Firefox's chrome context: ${result.exceptionDetails.text}`);
    return JSON.parse(result.result.value);
  }

  async function backgroundRunning() {
    return Boolean(await run(`return extension.backgroundState === "running";`));
  }

  return {
    backgroundRunning,

    /** Makes the idle timer's call, without its exceptions (an open port, a debugger, a listener still at work). */
    async stopBackground() {
      await until('the background has started or stopped', () =>
        run(
          `return extension.backgroundState === "running" || extension.backgroundState === "stopped";`,
        ),
      );
      if (!(await backgroundRunning())) return;
      // It may be started again at once, by whatever waited for it.
      await run(
        `const background = () => [...extension.views].find((view) => view.viewType === "background");
         const before = background();
         await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
         while (before && background() === before) await new Promise((done) => main.setTimeout(done, 20));`,
      );
    },

    /**
     * Closes the main window's tab of that address, if one is there.
     * @param {string} address
     * @returns {Promise<{closed: boolean, tabs: string[]}>}  and what every tab showed
     */
    async closeTab(address) {
      return run(
        `const address = (tab) => tab.linkedBrowser.currentURI.spec;
         const found = [...main.gBrowser.tabs].find((tab) => address(tab) === args[0]);
         const shown = [...main.gBrowser.tabs].map(address);
         if (found) main.gBrowser.removeTab(found);
         return { closed: Boolean(found), tabs: shown };`,
        address,
      );
    },

    async focusMainWindow() {
      await run(`main.focus();`);
    },

    /** @param {string} name @param {number} value */
    async setPreference(name, value) {
      await run(`Services.prefs.setIntPref(args[0], args[1]);`, name, value);
    },

    /** @returns {Promise<string>} */
    async readClipboard() {
      // Headless Firefox has its own clipboard in the parent process, where it needs no permission.
      return run(`return main.navigator.clipboard.readText();`);
    },

    /** @param {boolean} granted @param {string[]} origins */
    async setHostAccess(granted, origins) {
      await run(
        `const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
         await ExtensionPermissions[args[0] ? "add" : "remove"](extension.id, { permissions: [], origins: args[1] }, extension);`,
        granted,
        origins,
      );
    },

    /**
     * BiDi sends keys to the page, which never reach the extension's shortcuts; the key's own element takes the command.
     * @param {string} command
     * @param {Record<string, {suggested_key?: {default?: string}}>} commands
     */
    async fireCommand(command, commands) {
      const shortcut = commands[command]?.suggested_key?.default;
      const key = shortcut?.split('+').pop();
      if (!key) throw new Error(`the manifest gives no shortcut for ${command}`);
      const fired = await run(
        `const keys = [...main.document.querySelectorAll("keyset[id^='ext-keyset'] key")];
         const key = keys.find((each) => each.getAttribute("key") === args[0] || each.getAttribute("keycode") === "VK_" + args[0]);
         key?.doCommand();
         return Boolean(key);`,
        key.toUpperCase(),
      );
      if (!fired) throw new Error(`Firefox knows no shortcut ${shortcut}`);
    },

    /** @returns {Promise<string | null>} */
    async sidebarAddress() {
      return run(
        `if (!main.SidebarController.isOpen) return null;
         return main.SidebarController.browser.contentDocument?.getElementById("webext-panels-browser")?.currentURI?.spec;`,
      );
    },

    /** @returns {Promise<number[]>} */
    async windowIds() {
      return run(`${WINDOWS} return windows.map(([id]) => id);`);
    },

    /** @param {number} window @param {string} address */
    async hasSidebar(window, address) {
      return Boolean(
        await run(
          `${WINDOWS} return sidebarOf(args[0])?.currentURI?.spec === args[1];`,
          window,
          address,
        ),
      );
    },

    /**
     * Evaluates in the page of a window's sidebar, which is in the extension's own process: there is no other way to it than a script for
     * its frame. It runs in a sandbox beside the page, because the page's policy forbids code from a text.
     * @param {number} window
     * @param {string} code  an expression; its value passes as JSON
     * @returns {Promise<any>}
     */
    async askSidebar(window, code) {
      const answer = await run(
        `${WINDOWS}
         const { messageManager } = sidebarOf(args[0]) ?? {};
         if (!messageManager) return { error: "the sidebar is closed" };
         const name = "test-answer-" + Math.random();
         const answered = new Promise((done) => {
           const take = ({ data }) => {
             messageManager.removeMessageListener(name, take);
             done(data);
           };
           messageManager.addMessageListener(name, take);
         });
         messageManager.loadFrameScript("data:application/javascript," + encodeURIComponent("(" + ${IN_SIDEBAR} + ")(" + JSON.stringify([name, args[1]]) + ")"), false);
         return answered;`,
        window,
        code,
      );
      if (answer.error !== undefined) throw new Error(`in the sidebar: ${answer.error}`);
      return answer.value === undefined ? undefined : JSON.parse(answer.value);
    },

    /** @param {string} address */
    async discardTab(address) {
      const done = await run(
        `${WINDOWS}
         for (const [, window] of windows) {
           const tab = [...window.gBrowser.tabs].find((each) => each.linkedBrowser.currentURI.spec === args[0]);
           if (!tab) continue;
           await window.gBrowser.prepareDiscardBrowser(tab);
           return window.gBrowser.discardBrowser(tab, true);
         }
         return false;`,
        address,
      );
      if (!done) throw new Error(`no tab of ${address} could be discarded`);
    },

    /**
     * Takes the errors out of the browser console. Warnings, and what the browser says of itself, are left out.
     * @param {string} extensionOrigin
     * @returns {Promise<BrowserError[]>}
     */
    async takeErrors(extensionOrigin) {
      return run(
        `const found = Services.console.getMessageArray()
           .filter((message) => message instanceof Ci.nsIScriptError)
           .filter((message) => !(message.flags & Ci.nsIScriptError.warningFlag) && !(message.flags & Ci.nsIScriptError.infoFlag))
           .filter((message) => message.sourceName.startsWith(args[0]) || message.sourceName.startsWith("https:"))
           .filter((message) => !new RegExp(args[1]).test(message.errorMessage))
           .map((message) => ({
             kind: message.category.startsWith("CSP") ? "security" : "exception",
             where: message.sourceName,
             text: message.errorMessage,
           }));
         Services.console.reset();
         return found;`,
        extensionOrigin,
        LEFT_BEHIND,
      );
    },
  };
}
