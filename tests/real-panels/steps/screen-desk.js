// Two browser windows side by side on a screen, each with the real panel, as an engineer with two monitors has them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Desk } from '../../e2e/steps/desk.js';
import { BROWSERS } from '../../e2e/steps/turns.js';
import { launch } from '../../harness/browser.js';
import { withProfile } from '../../harness/patched.js';
import { missingTools, openScreen } from '../../harness/screen.js';
import { until } from '../../harness/wait.js';
import { LICENSE_TEST_PUBLIC_KEY } from '../../standins/license-key.js';
import { startStandIns } from '../../standins/start.js';
import { RealWindow } from './window.js';

/**
 * @typedef {import('../../e2e/steps/turns.js').BrowserName} BrowserName
 * @typedef {import('../../harness/screen.js').Screen} Screen
 */

const NAMES = /** @type {const} */ ({ chromium: 'Chromium', firefox: 'Firefox' });

/** Longest a test may take on a loaded machine, in ms. */
const LIMIT = 120_000;

/** Each of the two windows, in pixels. */
const WIDTH = 1200;
const HEIGHT = 1000;

/** By which class X knows the windows of a browser. */
const CLASSES = { chromium: ['chromium', 'chrome'], firefox: ['firefox'] };

export class ScreenDesk extends Desk {
  /**
   * @param {Desk['browser']} browser
   * @param {Desk['sites']} sites
   * @param {Screen} screen
   */
  constructor(browser, sites, screen) {
    super(browser, sites, ['customers.gitlab.com']);
    this.screen = screen;
    /** @type {RealWindow[]} */
    this.windows = [];
  }

  /** The window that all tests share; its first tab stays. */
  get left() {
    return /** @type {RealWindow} */ (this.windows[0]);
  }

  /** A new window for the test beside the other one. */
  async openRight() {
    return this.addWindow(
      await this.browser.puppeteer.defaultBrowserContext().newPage({ type: 'window' }),
    );
  }

  /** Takes a window that has just been opened, and places it beside the others. @param {import('puppeteer-core').Page} page its tab */
  async addWindow(page) {
    const known = new Set(this.windows.map(({ id }) => id));
    const frames = new Set(this.windows.map(({ frame }) => frame));
    const frame = await until('the window is on the screen', async () =>
      (await this.screen.windows(CLASSES[this.browser.kind])).find((one) => !frames.has(one)),
    );
    const id = await until('the browser knows the window', async () =>
      (await this.browser.windowIds()).find((one) => !known.has(one)),
    );
    const place = { x: this.windows.length * WIDTH, y: 0, width: WIDTH, height: HEIGHT };
    await this.screen.place(frame, place);
    const window = new RealWindow(this.browser, this.screen, { id, frame, place, page });
    this.windows.push(window);
    return window;
  }

  /** Closes everything but the first tab of the first window, which shows nothing then. */
  async tidyUp() {
    const { page: base } = this.left;
    for (const page of await this.browser.pages()) if (page !== base) await page.close();
    this.windows.splice(1);
    await base.goto('about:blank');
    await until('one window is left', async () => (await this.browser.windowIds()).length === 1);
  }

  /** Reloads the extension, as an update does, and nothing else. */
  async updateExtension() {
    // Puppeteer would go on speaking to the worker of the version before.
    await this.browser.stopWorker();
    await this.browser.puppeteer.installExtension(this.folder);
    await until('the extension has started', () => this.browser.backgroundRunning());
  }
}

/** @param {BrowserName} name */
async function sitDown(name) {
  const shipped = fileURLToPath(new URL(`../../../dist/${name}`, import.meta.url));
  const sites = await startStandIns({ zendesk: { autoSignIn: true } });
  const patched = await withProfile(shipped, { license_keys: [LICENSE_TEST_PUBLIC_KEY] });
  /** @type {Screen | undefined} */
  let screen;
  try {
    screen = await openScreen({ width: 2 * WIDTH, height: HEIGHT });
    const browser = await launch({
      browser: name,
      extension: patched.folder,
      proxyPort: sites.proxyPort,
      headless: false,
      display: screen.display,
      width: WIDTH,
      height: HEIGHT,
    });
    const desk = new ScreenDesk(browser, sites, screen);
    desk.folder = patched.folder;
    desk.tidy = patched.remove;
    const [first] = await browser.pages();
    assert.ok(first, 'the browser has a tab');
    await desk.addWindow(first);
    // A portal page that was looked at this morning: its session is what the background asks with.
    await first.goto('https://customers.gitlab.com/admin/');
    await first.goto('about:blank');
    return desk;
  } catch (error) {
    await keepPicture(screen, `${name} at its start`);
    await screen?.close();
    await sites.close();
    await patched.remove();
    throw error;
  }
}

/** @param {ScreenDesk | undefined} desk */
async function leave(desk) {
  await desk?.browser.close();
  await desk?.screen.close();
  await desk?.sites.close();
  await desk?.tidy?.();
}

/** What both windows show when a test fails. @param {Screen | undefined} screen @param {string} name */
async function keepPicture(screen, name) {
  const file = new URL(
    `../../out/real-panels/${name.replace(/\W+/g, '-').slice(0, 80)}.png`,
    import.meta.url,
  );
  await screen?.picture(fileURLToPath(file)).catch(() => undefined);
}

/**
 * @param {ScreenDesk} desk
 * @param {string} sentence
 * @param {(desk: ScreenDesk) => Promise<void>} work
 */
async function atWork(desk, sentence, work) {
  desk.sites.log.clear();
  try {
    await work(desk);
    assert.deepEqual(await desk.browser.errors(), []);
    desk.requests.assertNoneElsewhere(desk.asks);
  } catch (error) {
    await keepPicture(desk.screen, `${desk.browser.kind} ${sentence}`);
    throw error;
  } finally {
    desk.zendesk.faults.clear();
    desk.sites.portal.faults.clear();
    await desk.tidyUp();
    await desk.browser.clearErrors();
  }
}

/**
 * Tests with the real panels, which share two windows for each browser; each has tickets of its own.
 * @param {string} title
 * @param {(add: (title: string, work: (desk: ScreenDesk) => Promise<void>) => void) => void} define
 */
export function onScreen(title, define) {
  const missing = missingTools();
  for (const name of BROWSERS) {
    void describe(`${title}, in ${NAMES[name]}`, () => {
      /** @param {string} sentence */
      const called = (sentence) => `${sentence}, in ${NAMES[name]}`;
      if (missing.length > 0) {
        define((sentence) =>
          void test(called(sentence), {
            skip: `no screen: this machine has no ${missing.join(', no ')}`,
          }));
        return;
      }
      /** @type {ScreenDesk} */
      let desk;
      before(
        async () => {
          desk = await sitDown(name);
        },
        { timeout: LIMIT },
      );
      after(() => leave(desk));
      define((sentence, work) =>
        void test(called(sentence), { timeout: LIMIT }, () => atWork(desk, sentence, work)));
    });
  }
}
