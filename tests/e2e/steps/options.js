// The page of settings as an engineer uses it.
import { until } from '../../harness/wait.js';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('puppeteer-core').ElementHandle<HTMLInputElement>} Field  a text area is one for what is done with it here */

export class Options {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  /** Opens it in a tab. @param {import('./desk.js').Desk} desk */
  static async open(desk) {
    const options = new Options(await desk.browser.openExtensionPage('options/options.html'));
    await options.shows(
      'its settings',
      () => document.querySelector('h1')?.textContent === 'Tether settings',
    );
    return options;
  }

  /**
   * Waits until something holds in the page.
   * @param {string} what
   * @param {(...args: string[]) => unknown} holds
   * @param {string[]} args
   */
  async shows(what, holds, ...args) {
    await until(`the settings show ${what}`, () => this.page.evaluate(holds, ...args));
  }

  /** @param {string} path of the setting @returns {Promise<Field>} its control, unfolded */
  async field(path) {
    const id = `set:${path}`;
    const found = await this.page.waitForFunction(
      (wanted) => document.getElementById(wanted),
      { polling: 50 },
      id,
    );
    const field = /** @type {Field | null} */ (found.asElement());
    if (!field) throw new Error(`there is no setting ${path}`);
    // By a click, as a person does: the page leaves open what a person has opened.
    const summary = await field.evaluateHandle(
      (one) => one.closest('details:not([open])')?.querySelector('summary') ?? null,
    );
    const folded = /** @type {Field | null} */ (summary.asElement());
    if (folded) {
      // Chromium (156) under a policy opens another tab in front, and in a hidden page a click waits forever.
      await this.page.bringToFront();
      await folded.click();
    }
    return field;
  }

  /** Replaces a field's value by typing, and leaves the field. @param {string} path @param {string} text */
  async set(path, text) {
    const field = await this.field(path);
    await field.focus();
    await field.evaluate((one) => one.select());
    await field.press('Backspace');
    if (text !== '') await field.type(text);
    await field.press('Tab');
  }

  /** Types words into the field that finds settings. @param {string} words */
  async find(words) {
    const field = await this.page.waitForSelector('#find');
    await field?.evaluate((one) => one instanceof HTMLInputElement && one.select());
    await field?.type(words);
  }

  /** What the settings are called that are shown, folded ones too. */
  titles() {
    return this.page.$$eval('form.setting .setting-head > label', (all) =>
      all.map((one) => one.textContent ?? ''),
    );
  }

  /** @param {string} path */
  async value(path) {
    return (await this.field(path)).evaluate((one) => one.value);
  }

  /** @param {string} path @param {string} value */
  holds(path, value) {
    return this.shows(
      `${path} as ${JSON.stringify(value)}`,
      (id, wanted) => Reflect.get(document.getElementById(id) ?? {}, 'value') === wanted,
      `set:${path}`,
      value,
    );
  }

  /** The error beside a setting's field. @param {string} path */
  error(path) {
    return this.page.evaluate(
      (id) => document.getElementById(id)?.textContent ?? '',
      `error:${path}`,
    );
  }

  /** Presses the button of that name, once it can be pressed. @param {string} name */
  async press(name) {
    const found = await this.page.waitForFunction(
      (wanted) =>
        [...document.querySelectorAll('button, summary')].find(
          (one) =>
            one.checkVisibility() &&
            !one.matches(':disabled, [aria-busy=true]') &&
            (one.getAttribute('aria-label') ?? one.textContent ?? '').trim() === wanted,
        ),
      { polling: 50 },
      name,
    );
    const button = found.asElement();
    if (!button) throw new Error(`the settings have no button ${name}`);
    await /** @type {import('puppeteer-core').ElementHandle<HTMLElement>} */ (button).click();
  }

  /** Waits until the page says something, anywhere. @param {string} words */
  says(words) {
    return this.shows(
      `“${words}”`,
      (wanted) => document.body.textContent?.replace(/\s+/g, ' ').includes(wanted),
      words,
    );
  }

  /**
   * The text of the file that is offered to be saved, once it is.
   * @param {string} [name] the file's, where several are offered
   */
  async exported(name) {
    const button = await this.page.waitForSelector(
      name === undefined ? '[data-save-text]' : `[data-save-name="${name}"]`,
    );
    return (await button?.evaluate((one) => one.getAttribute('data-save-text'))) ?? '';
  }

  /** Gives a file to Import. @param {string} file its path */
  async give(file) {
    const input = await this.page.waitForSelector('#import-file');
    await /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement> | null} */ (
      input
    )?.uploadFile(file);
  }
}
