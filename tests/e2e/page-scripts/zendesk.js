// The page scripts on the stand-in's own agent page, with its REST API behind it.
import { readFileSync } from 'node:fs';
import { startStandIns } from '../../standins/start.js';
import { createWorld } from '../../standins/world.js';
import { createPageSettings } from '../../standins/zendesk/agent-page.js';
import { start } from './browser.js';
import { buildExtension } from './build.js';

/** @typedef {import('./browser.js').BrowserName} BrowserName */

/** The selectors of the shipped profile. @type {Record<string, string[]>} */
const shipped = JSON.parse(
  readFileSync(new URL('../../../extension/site-profile.json', import.meta.url), 'utf8'),
).zendesk.selectors;

/** With those that the profile may not have yet. @type {Record<string, string[]>} */
export const SELECTORS = {
  channel_public: [
    '[data-test-id="omnichannel-channel-switcher-menuitem-public"]',
    '[data-test-id="omnichannel-channel-switcher-menuitem-web"]',
  ],
  submit_button: ['[data-test-id="submit_button-button"]'],
  submit_menu_button: ['[data-test-id="submit_button-menu-button"]'],
  submit_menu_entry: ['[data-test-id="submit_button-menu-{status}"]'],
  user_pane: [
    '[data-test-id^="user-"][data-is-active="true"]',
    '[data-user-id][data-is-active="true"]',
  ],
  organization_field: ['[data-test-id="user-organization-input"]', '#user_organization'],
  organization_labels: ['Organization'],
  ...shipped,
};

/**
 * A browser with the scripts, a page of Zendesk, and orders to it.
 * @param {BrowserName} name
 */
export async function startZendesk(name) {
  const world = createWorld();
  const sites = await startStandIns({ world, zendesk: { autoSignIn: true } });
  const zendesk =
    /** @type {ReturnType<typeof import('../../standins/zendesk/index.js').createZendesk>} */ (
      /** @type {unknown} */ (sites.zendesk)
    );
  const extension = await buildExtension();
  const { browser, control } = await start(name, extension.folder, sites.proxyPort).catch(
    async (error) => {
      await Promise.all([sites.close(), extension.remove()]);
      throw error;
    },
  );
  const page = await browser.newPage();
  let effect = 0;

  return {
    browser,
    control,
    page,
    world,
    sites,
    zendesk,

    async close() {
      await browser.close();
      await sites.close();
      await extension.remove();
    },

    /** What every test begins with: nothing goes wrong, nothing was asked, the page is plain. */
    reset() {
      zendesk.faults.clear();
      zendesk.resetLimits();
      zendesk.signIn();
      zendesk.delayMs = 0;
      Object.assign(zendesk.page, createPageSettings());
      sites.log.clear();
    },

    /**
     * Loads a page and waits until `selector` can be seen in it.
     * @param {string} path
     * @param {string} selector
     */
    async open(path, selector) {
      await page.goto(`https://gitlab.zendesk.com${path}`);
      await page.bringToFront();
      await page.waitForSelector(selector, { visible: true });
    },

    /** Follows one of the page's own links. @param {string} path */
    async follow(path) {
      await page.evaluate((wanted) => {
        const link = [...document.querySelectorAll(`a[href="${wanted}"]`)].find((one) =>
          one.checkVisibility(),
        );
        if (!(link instanceof HTMLElement)) throw new Error(`no link to ${wanted}`);
        link.click();
      }, path);
      await page.waitForFunction((wanted) => location.pathname === wanted, { polling: 50 }, path);
    },

    /** @param {object} job without its number */
    async order(job) {
      effect += 1;
      const answer = await control.evaluate((sent) => globalThis.control.order(sent), {
        selectors: SELECTORS,
        ...job,
        effect,
      });
      return { answer, effect };
    },

    /** @param {number} of */
    outcome: (of) => control.evaluate((wanted) => globalThis.control.outcome(wanted), of),

    /** Orders something and waits for what the page reports. @param {object} job */
    async carryOut(job) {
      const { answer, effect: own } = await this.order(job);
      if (answer?.accepted !== true) throw new Error(`not accepted: ${answer?.why}`);
      return this.outcome(own);
    },

    /** The writes that Zendesk was asked for. */
    writes: () =>
      sites.log
        .entries()
        .filter((one) => one.method !== 'GET')
        .map((one) => `${one.method} ${one.path} ${one.status}`),
  };
}
