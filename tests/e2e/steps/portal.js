// Walking the portal's admin by clicking, as the handbook says: sidebar, filter, show icon, link.

/** @typedef {import('puppeteer-core').Page} Page */

export class Portal {
  /** @param {Page} page @param {'v2' | 'v3'} version */
  constructor(page, version) {
    this.page = page;
    this.version = version;
  }

  /** Waits for a page of that heading; Turbo's preview of an earlier look does not count. @param {string} heading its beginning */
  async shows(heading) {
    await this.page.waitForFunction(
      (text) =>
        document.querySelector('h1')?.textContent?.trim().startsWith(text) &&
        !document.documentElement.hasAttribute('data-turbo-preview'),
      { polling: 50 },
      heading,
    );
  }

  /**
   * Clicks the first thing that a selector finds and a person could see.
   * @param {string} selector
   * @param {string} [text] its whole text
   */
  async click(selector, text) {
    const found = await this.page.waitForFunction(
      (wanted, name) =>
        [...document.querySelectorAll(wanted)].find(
          (one) => one.checkVisibility() && (name === null || one.textContent?.trim() === name),
        ),
      { polling: 50 },
      selector,
      text ?? null,
    );
    const element = found.asElement();
    if (!element) throw new Error(`nothing to click for ${selector}`);
    await /** @type {import('puppeteer-core').ElementHandle<Element>} */ (element).click();
  }

  /** A page of the admin, by its address. @param {string} path below /admin/ */
  async visit(path) {
    await this.page.goto(`https://customers.gitlab.com/admin/${path}`);
  }

  /** An entry of the sidebar. @param {string} plural */
  async openList(plural) {
    await this.page.bringToFront();
    await this.click('li[data-model] > a', plural);
    await this.shows(`List of ${plural}`);
  }

  /** The handbook's way to a license: its number behind the address of the list. @param {number} id */
  async openLicense(id) {
    await this.openList('Licenses');
    await this.page.goto(`https://customers.gitlab.com/admin/license/${id}`);
    await this.shows('Details for License');
  }

  /**
   * Filters the list in front by a value that a column contains.
   * @param {string} column
   * @param {string} value
   */
  async filterBy(column, value) {
    await this.click('a.dropdown-toggle');
    await this.click('#filters a', column);
    const input = await this.page.waitForSelector(
      '#filters_box .filter:last-child input[name$="[v]"]',
    );
    if (!input) throw new Error('the filter has no input');
    await this.page.select('#filters_box .filter:last-child select[name$="[o]"]', 'like');
    await input.type(value);
    await input.press('Enter');
    await this.page.waitForFunction(
      () => location.search.includes('f%5B') || location.search.includes('f['),
      { polling: 50 },
    );
    await this.shows('List of ');
  }

  /** The show icon (an i in a circle) of a row that holds a text in one of its cells. @param {string} cell @param {string} heading */
  async showRow(cell, heading) {
    await this.page.waitForFunction(
      (text) =>
        [...document.querySelectorAll('tbody tr')].some((row) =>
          [...row.children].some((one) => one.textContent?.trim() === text),
        ),
      { polling: 50 },
      cell,
    );
    const handle = await this.page.evaluateHandle((text) => {
      const row = [...document.querySelectorAll('tbody tr')].find((one) =>
        [...one.children].some((each) => each.textContent?.trim() === text),
      );
      return row?.querySelector('.show_member_link a') ?? null;
    }, cell);
    const icon = handle.asElement();
    if (!icon) throw new Error(`no show icon beside ${cell}`);
    await /** @type {import('puppeteer-core').ElementHandle<Element>} */ (icon).click();
    await this.shows(heading);
  }

  /** What a column of the list in front shows. @param {string} field */
  rowsOf(field) {
    return this.page.$$eval(`tbody .${field}_field`, (cells) =>
      cells.map((one) => one.textContent?.trim()),
    );
  }

  /** Step 9: the order of a subscription, by the filter. @param {string} subscription @param {number} order */
  async openOrder(subscription, order) {
    await this.openList('Orders');
    await this.filterBy('Subscription name', subscription);
    await this.showRow(String(order), 'Details for Order');
  }

  /** Step 10: the link on the order's page. */
  async openBillingAccount() {
    await this.page.bringToFront();
    await this.click('.billing_account_field a, dt:has(.billing_account_field) + dd a');
    await this.shows('Details for Billing account');
  }

  /** Step 8: pastes a key into Validate License. @param {string} key */
  async validate(key) {
    await this.page.$eval(
      'textarea[name="license_file"]',
      (area, text) => {
        /** @type {HTMLTextAreaElement} */ (area).value = text;
      },
      key,
    );
    await this.click('#validate_license button', 'Validate');
    await this.page.waitForFunction(
      () => document.querySelector('h3')?.textContent?.includes('License details'),
      { polling: 50 },
    );
  }

  /** Signs in on the sign-in page: its own form, or the identity provider's page. */
  async signIn() {
    await this.click(
      new URL(this.page.url()).host === 'okta.example.com' ? '#sign-in' : 'input[type="submit"]',
    );
    await this.shows('Site Administration');
  }
}
