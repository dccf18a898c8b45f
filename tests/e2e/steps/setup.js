// `Check setup` as an engineer uses it, on a page of Tether's own.
import { until } from '../../harness/wait.js';

/**
 * What the page says about an assumption.
 * @typedef {{state: 'good' | 'wrong' | 'unknown' | 'not-looked' | 'looking' | 'other', says: string, offers: string[]}} Finding
 * @typedef {Record<string, Finding>} Findings  by the assumptions' keys
 */

export class SetupCheck {
  /** @param {import('puppeteer-core').Page} page */
  constructor(page) {
    this.page = page;
    /** How often something was pressed. */
    this.presses = 0;
  }

  /** @param {import('./desk.js').Desk} desk @param {'welcome' | 'options'} [page] */
  static async open(desk, page = 'options') {
    const check = new SetupCheck(await desk.browser.openExtensionPage(`options/${page}.html`));
    await check.page.waitForSelector('form[data-command="check_setup"]');
    return check;
  }

  /** Presses Check setup, and waits for the end. @param {string} [license] */
  async run(license = '') {
    const input = await this.page.waitForSelector('#setup-license');
    if (license !== '') await input?.type(license);
    await this.#click('form[data-command="check_setup"] button');
    return this.ends();
  }

  /** Waits until nothing is looked at any more. */
  async ends() {
    return until('the check is at its end', async () => {
      const findings = await this.read();
      const all = Object.values(findings);
      return all.length > 0 && all.every(({ state }) => state !== 'looking') ? findings : undefined;
    });
  }

  /** @returns {Promise<Findings>} */
  read() {
    return this.page.evaluate(() => {
      const found = [...document.querySelectorAll('[data-check]')].map((line) => {
        const state =
          /setup-(good|wrong|unknown|not-looked|looking)/.exec(line.className)?.[1] ?? 'other';
        const says = line.textContent?.replace(/\s+/g, ' ').trim() ?? '';
        const offers = [...line.querySelectorAll('select[name="choice"] option')]
          .map((one) => one.getAttribute('value') ?? '')
          .filter((value) => value !== '');
        return [line.getAttribute('data-check') ?? '', { state, says, offers }];
      });
      return Object.fromEntries(found);
    });
  }

  /** The assumptions that do not hold. */
  async wrong() {
    const findings = await this.ends();
    return Object.keys(findings)
      .filter((key) => findings[key]?.state === 'wrong')
      .sort();
  }

  /** Takes a name, and waits until it counts. @param {string} check @param {string} name */
  async use(check, name) {
    const line = `[data-check="${check}"]`;
    const select = `${line} select[name="choice"]`;
    await this.page.waitForSelector(select);
    if ((await this.page.$eval(select, (one) => Reflect.get(one, 'value'))) !== name) {
      await this.page.select(select, name);
      this.presses += 1;
    }
    await this.#click(`${line} form[data-command="use_found"] button`);
    await this.becomes(check, 'good');
  }

  /** Takes a name back. @param {string} check */
  async undo(check) {
    await this.#click(`[data-check="${check}"] [data-command="undo_found"]`);
    await this.becomes(check, 'wrong');
  }

  /** @param {string} check @param {Finding['state']} state */
  becomes(check, state) {
    return until(`${check} becomes ${state}`, async () => {
      const findings = await this.read();
      return findings[check]?.state === state ? findings : undefined;
    });
  }

  /** @param {string} selector */
  async #click(selector) {
    const button = await this.page.waitForSelector(`${selector}:not(:disabled)`);
    await button?.evaluate((one) => one.scrollIntoView({ block: 'center' }));
    await button?.click();
    this.presses += 1;
  }
}
