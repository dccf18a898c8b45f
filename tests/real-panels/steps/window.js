// A window of the browser on the screen, with the real side panel or sidebar, used with a real mouse and real keys.

import { AgentPage } from '../../e2e/steps/agent.js';
import { Panel } from '../../e2e/steps/panel.js';
import { until } from '../../harness/wait.js';

/**
 * @typedef {import('puppeteer-core').Page} Page
 * @typedef {import('../../harness/browser.js').Browser} Browser
 * @typedef {import('../../harness/browser.js').Evaluates} Evaluates
 * @typedef {import('../../harness/screen.js').Screen} Screen
 * @typedef {import('../../harness/screen.js').Place} Place
 * @typedef {{x: number, y: number}} Spot
 */

/** Width of a panel at the window's edge in which the mouse is surely within it, in pixels. */
const WITHIN_PANEL = 120;

/**
 * The middle of what an expression finds, by the page's own measure; brought into sight before. Nothing while it moves or is covered.
 * @param {string} kind
 * @param {string} wanted
 */
function middleOf(kind, wanted) {
  const text = (/** @type {Element} */ one) =>
    (one.getAttribute('aria-label') ?? one.textContent ?? '').replace(/\s+/g, ' ').trim();
  const pattern = kind === 'selector' ? undefined : new RegExp(wanted);
  const all =
    kind === 'selector'
      ? [...document.querySelectorAll(wanted)]
      : kind === 'field'
        ? [...document.querySelectorAll('label')]
            .filter((one) => pattern?.test(text(one)))
            .map((one) => one.control ?? one)
        : [...document.querySelectorAll('button, a[href], summary')].filter(
            (one) =>
              !one.matches(':disabled, [aria-disabled=true], [data-settling]') &&
              pattern?.test(text(one)),
          );
  const found = all.find((one) => one.checkVisibility());
  if (!found) {
    // As an engineer does: unfold what holds it, from the outside in.
    all[0]?.closest('details:not([open])')?.querySelector('summary')?.click();
    return null;
  }
  found.scrollIntoView({ block: 'nearest' });
  const { x, y, width, height } = found.getBoundingClientRect();
  const spot = { x: x + width / 2, y: y + height / 2 };
  return found.contains(document.elementFromPoint(spot.x, spot.y)) ? spot : null;
}

/**
 * Where the page's corner is on the screen. Firefox says it; in Chromium the mouse does, once it has moved over the page.
 * @param {boolean} afresh
 */
function cornerOf(afresh) {
  const x = Reflect.get(window, 'mozInnerScreenX');
  if (typeof x === 'number') return { x, y: Number(Reflect.get(window, 'mozInnerScreenY')) };
  if (afresh) {
    Reflect.deleteProperty(window, '__corner');
    addEventListener(
      'mousemove',
      (event) => {
        Reflect.set(window, '__corner', {
          x: event.screenX - event.clientX,
          y: event.screenY - event.clientY,
        });
      },
      { capture: true, once: true },
    );
  }
  return /** @type {Spot | undefined} */ (Reflect.get(window, '__corner')) ?? null;
}

/** The panel of a window. What it says is read in its page; what is pressed is pressed with the mouse. */
export class RealPanel extends Panel {
  /** @param {RealWindow} window @param {Evaluates} page */
  constructor(window, page) {
    super(/** @type {Page} */ (/** @type {unknown} */ (page)));
    this.window = window;
  }

  /** Where on the screen the control or field of that name is. @param {string | RegExp} name @param {'control' | 'field'} [kind] */
  spot(name, kind = 'control') {
    const pattern =
      typeof name === 'string'
        ? `^${name.replace(/[^\w\s]/g, '\\$&')}${kind === 'field' ? '' : '$'}`
        : name.source;
    return this.window.spotIn(this.page, this.window.nearPanel(), kind, pattern);
  }

  /** @override @param {string | RegExp} name @param {{count?: number}} [options] */
  async press(name, options = {}) {
    await this.settled();
    const { x, y } = await this.spot(name);
    await this.window.screen.click(x, y, options);
  }

  /** @override @param {string} label */
  async choose(label) {
    await this.settled();
    const { x, y } = await this.spot(label, 'field');
    await this.window.screen.click(x, y);
  }
}

export class RealWindow {
  /**
   * @param {Browser} browser
   * @param {Screen} screen
   * @param {{id: number, frame: string, place: Place, page: Page}} own  the browser's number of it, the screen's, where it is, and its first tab
   */
  constructor(browser, screen, { id, frame, place, page }) {
    this.browser = browser;
    this.screen = screen;
    this.id = id;
    this.frame = frame;
    this.place = place;
    this.page = page;
  }

  /** Takes the window to the front, as a click into its title does. */
  activate() {
    return this.screen.activate(this.frame);
  }

  /** A point that is surely in the panel: Chromium has it on the right, Firefox on the left. @returns {Spot} */
  nearPanel() {
    const { x, y, width, height } = this.place;
    return {
      x: this.browser.kind === 'chromium' ? x + width - WITHIN_PANEL : x + WITHIN_PANEL,
      y: y + height / 2,
    };
  }

  /** A point that is surely in the page. @returns {Spot} */
  #nearPage() {
    const { x, y, width, height } = this.place;
    return {
      x: this.browser.kind === 'chromium' ? x + width / 3 : x + (width * 2) / 3,
      y: y + height / 2,
    };
  }

  /**
   * The spot on the screen of what is found in a page, once it rests there and nothing covers it.
   * @param {Evaluates} page
   * @param {Spot} near  surely within the page
   * @param {'control' | 'field' | 'selector'} kind
   * @param {string} wanted
   * @returns {Promise<Spot>}
   */
  async spotIn(page, near, kind, wanted) {
    let before = '';
    const middle = await until(`${kind} ${wanted} is there to be pressed`, async () => {
      const at = await page.evaluate(middleOf, kind, wanted);
      const rests = at !== null && JSON.stringify(at) === before;
      before = JSON.stringify(at);
      return rests ? at : undefined;
    });
    let corner = await page.evaluate(cornerOf, true);
    for (let n = 0; corner === null; n += 1) {
      await this.screen.move(near.x + (n % 9), near.y + (n % 7));
      corner = await until(
        'the mouse is over the page',
        () => page.evaluate(cornerOf, false),
        500,
      ).catch(() => null);
      if (n > 40) throw new Error('the mouse does not reach the page');
    }
    return { x: corner.x + middle.x, y: corner.y + middle.y };
  }

  /** Where on the screen a selector's first element of a tab in front is. @param {Page} page @param {string} selector */
  spotOf(page, selector) {
    return this.spotIn(
      /** @type {Evaluates} */ (/** @type {unknown} */ (page)),
      this.#nearPage(),
      'selector',
      selector,
    );
  }

  /** Clicks with the mouse in a tab that is in front in this window. @param {Page} page @param {string} selector @param {{button?: number, count?: number}} [options] */
  async clickIn(page, selector, options = {}) {
    const { x, y } = await this.spotOf(page, selector);
    await this.screen.click(x, y, options);
  }

  /** Presses keys, by xdotool's names, with the window in front. @param {string[]} keys */
  async keys(...keys) {
    await this.activate();
    await this.screen.xdotool('key', ...keys);
  }

  /** The panel, opened with its shortcut if it is closed. */
  async openPanel() {
    let page = await this.browser.panelOf(this.id);
    if (!page) {
      await this.keys('alt+shift+y');
      page = await until('the panel is open', () => this.browser.panelOf(this.id));
    }
    return new RealPanel(this, page);
  }

  /** A new tab, in front, of this window, which is the browser's main one. @param {string} url */
  async newTab(url) {
    await this.activate();
    return this.browser.newPage(url);
  }

  /** A ticket in the window's first tab, which one could write in. @param {number} ticket */
  async showTicket(ticket) {
    await this.page.bringToFront();
    await this.page.goto(`https://gitlab.zendesk.com/agent/tickets/${ticket}`);
    const agent = new AgentPage(this.page);
    await agent.ready(ticket);
    return agent;
  }
}
