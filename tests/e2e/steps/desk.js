// An engineer's desk: a browser with the shipped extension, both sites behind it, and nothing left over from another test.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch } from '../../harness/browser.js';
import { packedAndUnpacked, withProfile } from '../../harness/patched.js';
import { until } from '../../harness/wait.js';
import { startStandIns } from '../../standins/start.js';
import { AgentPage } from './agent.js';
import { Panel } from './panel.js';
import { Portal } from './portal.js';
import { Requests } from './requests.js';
import { BROWSERS, isItsTurn, turns } from './turns.js';

/**
 * @typedef {import('./turns.js').BrowserName} BrowserName
 * @typedef {Awaited<ReturnType<typeof startStandIns>>} Sites
 * @typedef {import('../../harness/browser.js').Browser} Browser
 *
 * @typedef {object} DeskOptions
 * @property {import('../../standins/portal/options.js').PortalOptions} [portal]
 * @property {Record<string, unknown>} [zendesk]
 * @property {BrowserName[]} [browsers]  only in these
 * @property {BrowserName} [turn]  of no concern to the other browser: it runs in this one, and in the other only if that is named
 * @property {boolean} [keepWelcome]  the page that Tether opens once it is installed stays
 * @property {unknown} [policy]  what the organization has set, in Firefox
 * @property {string} [policyFile]  a policy as the settings export it, installed for this browser alone
 * @property {boolean} [grantHosts]  false: Firefox has not granted the hosts
 * @property {Record<string, unknown>} [profile]  keys of the site profile that are other than shipped
 * @property {boolean} [packed]  as it comes out of the package for a store, in a folder that the test may change
 * @property {string[]} [grants]  patterns of hosts that are granted from the start, though they are asked for in a click
 * @property {string[]} [asks]  hosts other than Zendesk's that Tether may read
 * @property {import('../../standins/start.js').StartOptions['hosts']} [hosts]  other sites instead of the stand-ins
 */

/** So many pictures a second are drawn in Firefox: the tests take a twelfth less of the processor than with as many as it can. */
const PICTURES = 15;

/** Longest a test may take on a loaded machine, in ms. */
const LIMIT = 120_000;

const NAMES = /** @type {const} */ ({ chromium: 'Chromium', firefox: 'Firefox' });

/** @param {DeskOptions} options @returns {BrowserName[]} */
const browsers = ({ browsers: only, turn }) =>
  BROWSERS.filter(
    (name) => (only?.includes(name) ?? true) && (turn === undefined || isItsTurn(name, turn)),
  );

export class Desk {
  /** @param {Browser} browser @param {Sites} sites @param {string[]} [asks]  hosts other than Zendesk's that Tether may read */
  constructor(browser, sites, asks = /** @type {string[]} */ ([])) {
    this.asks = asks;
    this.browser = browser;
    /** Where the browser has the extension from. */
    this.folder = '';
    this.sites = sites;
    this.zendesk =
      /** @type {ReturnType<typeof import('../../standins/zendesk/index.js').createZendesk>} */ (
        sites.zendesk
      );
    this.requests = new Requests(sites.log);
    /** What is to be done after the browser is gone. @type {(() => Promise<void>) | undefined} */
    this.tidy = undefined;
  }

  /** Opens Tether's panel, or takes the one that is open. */
  async openPanel() {
    return new Panel(await this.browser.openPanel());
  }

  /**
   * Opens a ticket in a new tab, as a link in a mail does, and waits until one could write in it.
   * @param {number} ticket
   */
  async openTicket(ticket) {
    const page = await this.browser.newPage(`https://gitlab.zendesk.com/agent/tickets/${ticket}`);
    const agent = new AgentPage(page);
    await agent.ready(ticket);
    return agent;
  }

  /**
   * Opens a ticket with the panel open and looks at the pages of its chain, each by its address.
   * @param {import('./cases.js').Chain} chain
   */
  async fillCase(chain) {
    const agent = await this.openTicket(chain.ticket);
    const panel = await this.openPanel();
    await panel.showsTicket(chain.ticket);
    const portal = await this.openPortal(chain.proof);
    await panel.holds(chain.proof);
    await this.#lookOn(panel, portal, chain);
    return { agent, panel, portal };
  }

  /**
   * Looks at the pages of a chain, each by its address, until the panel holds it.
   * @param {Panel} panel
   * @param {Portal} portal
   * @param {import('./cases.js').Chain} chain
   */
  async look(panel, portal, chain) {
    await portal.visit(chain.proof);
    await panel.holds(chain.proof);
    await this.#lookOn(panel, portal, chain);
  }

  /**
   * Looks at what follows the proof.
   * @param {Panel} panel
   * @param {Portal} portal
   * @param {import('./cases.js').Chain} chain
   */
  async #lookOn(panel, portal, chain) {
    for (const record of [`order/${chain.order}`, `billing_account/${chain.account}`]) {
      await portal.visit(record);
      await panel.holds(record);
    }
  }

  /** Opens a page of the portal's admin in a new tab. @param {string} [path] below /admin/ */
  async openPortal(path = '') {
    return new Portal(
      await this.browser.newPage(`https://customers.gitlab.com/admin/${path}`),
      this.sites.portal.options.version ?? 'v3',
    );
  }

  /**
   * The tab that the panel opens when something in it is pressed, in front and loaded.
   * @param {() => Promise<unknown>} press
   */
  async tabOpenedBy(press) {
    const before = new Set(await this.browser.pages());
    await press();
    const page = await until('a new tab is there', async () =>
      (await this.browser.pages()).find((one) => !before.has(one)),
    );
    await page.waitForFunction(
      () => document.readyState === 'complete' && location.href !== 'about:blank',
    );
    return page;
  }

  /** The portal in the tab that the panel opens. @param {() => Promise<unknown>} press */
  async portalOpenedBy(press) {
    return new Portal(await this.tabOpenedBy(press), this.sites.portal.options.version ?? 'v3');
  }
}

/**
 * @param {BrowserName} name
 * @param {DeskOptions} options
 */
async function sitDown(name, options) {
  const sites = await startStandIns({
    portal: options.portal ?? {},
    zendesk: { autoSignIn: true, ...options.zendesk },
    hosts: options.hosts ?? {},
  });
  const shipped = fileURLToPath(new URL(`../../../dist/${name}`, import.meta.url));
  const patched = options.packed
    ? await packedAndUnpacked(shipped)
    : (options.profile ?? options.grants) &&
      (await withProfile(shipped, options.profile ?? {}, options.grants));
  try {
    const browser = await launch({
      browser: name,
      extension: patched?.folder ?? shipped,
      proxyPort: sites.proxyPort,
      grantHosts: options.grantHosts ?? true,
      keepWelcome: options.keepWelcome ?? false,
      policy: options.policy,
      ...(options.policyFile !== undefined && { policyFile: options.policyFile }),
      pictures: PICTURES,
    });
    const desk = new Desk(browser, sites, options.asks);
    desk.folder = patched?.folder ?? shipped;
    desk.tidy = patched?.remove;
    return desk;
  } catch (error) {
    await patched?.remove();
    await sites.close();
    throw error;
  }
}

/** @param {Desk | undefined} desk */
async function leave(desk) {
  await desk?.browser.close();
  await desk?.sites.close();
  await desk?.tidy?.();
}

/**
 * Sits down for something that is no test.
 * @template T
 * @param {BrowserName} name
 * @param {DeskOptions} options
 * @param {(desk: Desk) => Promise<T>} work
 */
export async function withDesk(name, options, work) {
  const desk = await sitDown(name, options);
  try {
    return await work(desk);
  } finally {
    await leave(desk);
  }
}

/**
 * What must hold at the end of a desk's tests: the browser reports no error, and only Zendesk was contacted.
 * @param {Desk} desk
 */
async function assertClean(desk) {
  assert.deepEqual(await desk.browser.errors(), []);
  desk.requests.assertNoneElsewhere(desk.asks);
}

/**
 * Registers a test for every browser, each at its own desk.
 * @param {string} title a sentence
 * @param {DeskOptions} options
 * @param {(desk: Desk) => Promise<void>} work
 */
export function atDesk(title, options, work) {
  for (const name of browsers(options)) {
    void test(`${title}, in ${NAMES[name]}`, { timeout: LIMIT }, async () => {
      const desk = await sitDown(name, options);
      try {
        await work(desk);
        await assertClean(desk);
      } finally {
        await leave(desk);
      }
    });
  }
}

/** @typedef {(title: string, work: (desk: Desk) => Promise<void>) => void} Add */

/**
 * Tests that share one desk for each browser, as an engineer's day does: each with a ticket of its own, its tabs closed afterwards.
 * @param {string} title
 * @param {DeskOptions} options
 * @param {(add: Add & {inTurn: Add}) => void} define  `add` is for every browser; `inTurn` for what is the core's, and the same in each
 */
export function atOneDesk(title, options, define) {
  for (const name of browsers(options)) {
    void describe(`${title}, in ${NAMES[name]}`, () => {
      /** @type {Desk} */
      let desk;
      before(
        async () => {
          desk = await sitDown(name, options);
        },
        { timeout: LIMIT },
      );
      after(() => leave(desk));
      /** @type {Add} */
      const add = (sentence, work) => {
        void test(`${sentence}, in ${NAMES[name]}`, { timeout: LIMIT }, async () => {
          const before = new Set(await desk.browser.pages());
          desk.sites.log.clear();
          try {
            await work(desk);
            await assertClean(desk);
          } finally {
            desk.zendesk.signIn();
            desk.zendesk.faults.clear();
            await desk.browser.clearErrors();
            for (const page of await desk.browser.pages())
              if (!before.has(page)) await page.close();
          }
        });
      };
      const isNext = options.turn === undefined ? turns(name) : () => true;
      define(Object.assign(add, {
        /** @type {Add} */
        inTurn: (sentence, work) => {
          if (isNext()) add(sentence, work);
        },
      }));
    });
  }
}
