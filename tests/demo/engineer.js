// What an engineer does in the two sites and in the panel, for the demo and the pictures. Of the tests, only the demo's uses it.

import { until } from '../harness/wait.js';

/**
 * @typedef {import('../harness/browser.js').Browser} Browser
 * @typedef {import('puppeteer-core').Page} Page
 */

export const ZENDESK = 'https://gitlab.zendesk.com';
export const PORTAL = 'https://customers.gitlab.com';

/** Blanks and line ends as a reader sees them. @param {string | null | undefined} text */
export const flat = (text) => (text ?? '').replace(/\s+/g, ' ').trim();

/**
 * Opens a ticket and waits until it can be written in.
 * @param {Browser} browser
 * @param {number} ticket
 */
export async function openTicket(browser, ticket) {
  const page = await browser.newPage(`${ZENDESK}/agent/tickets/${ticket}`);
  await page.waitForSelector(
    `[data-ticket-id="${ticket}"] .ck-editor__editable[contenteditable="true"]`,
  );
  return page;
}

/** @param {Page} panel @returns {Promise<string>} everything that the panel says */
export const panelText = (panel) =>
  panel.$eval('main', (main) => (main instanceof HTMLElement ? main.innerText : ''));

/** @param {Page} panel @returns {Promise<string>} */
export const verdict = async (panel) =>
  flat(await panel.$eval('.verdict[role="status"]', (one) => one.textContent).catch(() => ''));

/**
 * Waits until the panel says something; the message on failure tells what it says instead.
 * @param {Page} panel
 * @param {string | RegExp} what
 * @param {() => Promise<string>} [where]  the whole panel without it
 */
export async function says(panel, what, where = () => panelText(panel)) {
  let last = '';
  try {
    await until(`the panel says ${what}`, async () => {
      last = flat(await where().catch(() => ''));
      return typeof what === 'string' ? last.includes(what) : what.test(last);
    });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}; it says: ${last}`);
  }
}

/**
 * Presses a button or follows a link of the panel, found by its accessible name, once it takes a click. What holds it is unfolded.
 * @param {Page} panel
 * @param {string} name
 */
export async function press(panel, name) {
  const found = await panel.waitForFunction(
    (wanted) => {
      const named = [...document.querySelectorAll('main :is(button, a[href])')].filter(
        (one) =>
          !one.matches(':disabled, [aria-disabled=true], [data-settling]') &&
          (one.getAttribute('aria-label') ?? one.textContent ?? '').replace(/\s+/g, ' ').trim() ===
            wanted,
      );
      const visible = named.find((one) => one.checkVisibility());
      if (!visible) named[0]?.closest('details:not([open])')?.querySelector('summary')?.click();
      return visible;
    },
    { polling: 50 },
    name,
  );
  // No coordinates: the morphing of the panel may move what is pressed between looking and pressing.
  await found
    .asElement()
    ?.evaluate((element) => (element instanceof HTMLElement ? element.click() : undefined));
  await found.dispose();
}

/** Types into a field, once what holds it is unfolded. @param {Page} panel @param {string} name the input's name @param {string} text */
export async function type(panel, name, text) {
  const found = await panel.waitForFunction(
    (wanted) => {
      const input = document.querySelector(`main input[name="${wanted}"]`);
      if (input?.checkVisibility()) return input;
      input?.closest('details:not([open])')?.querySelector('summary')?.click();
      return undefined;
    },
    { polling: 50 },
    name,
  );
  await found.asElement()?.type(text);
  await found.dispose();
}

/**
 * The tab that an action opens, once its page has loaded.
 * @param {Browser} browser
 * @param {() => Promise<void>} action
 */
export async function newTab(browser, action) {
  const before = new Set(await browser.pages());
  await action();
  const page = await until('a new tab', async () =>
    (await browser.pages()).find((one) => !before.has(one) && one.url().startsWith(PORTAL)),
  );
  await page.waitForSelector('body.rails_admin');
  return page;
}

/**
 * On a list of the portal: clicks the button "Show" of a record's row, as a person would.
 * @param {Page} list
 * @param {string} model
 * @param {number} id
 */
export async function showRecord(list, model, id) {
  const link = await list.waitForSelector(`li.show_member_link a[href$="/admin/${model}/${id}"]`);
  await link?.evaluate((element) => (element instanceof HTMLElement ? element.click() : undefined));
  await link?.dispose();
  await until(
    `the page of ${model} ${id}`,
    () => new URL(list.url()).pathname === `/admin/${model}/${id}`,
  );
}

/**
 * The whole chain of a self-managed case, from what the requester gave to the billing account, by the panel's own links.
 * @param {Browser} browser
 * @param {Page} panel
 * @param {{license: number, order: number, account: number} | {activation: number, code: string, order: number, account: number}} chain
 * @param {Page} ticket  in front at the end
 */
export async function walkChain(browser, panel, chain, ticket) {
  if ('license' in chain) {
    await type(panel, 'license_id', String(chain.license));
    await newTab(browser, () => press(panel, 'Open license'));
    await says(panel, `License ${chain.license}`, () => records(panel));
  } else {
    await type(panel, 'activation_code', chain.code);
    const found = await newTab(browser, () => press(panel, 'Search activation'));
    await showRecord(found, 'cloud_activation', chain.activation);
    await says(panel, `Cloud activation ${chain.activation}`, () => records(panel));
  }
  const orders = await newTab(browser, async () => press(panel, await nextLink(panel)));
  await showRecord(orders, 'order', chain.order);
  await says(panel, `Order ${chain.order}`, () => records(panel));
  await newTab(browser, async () => press(panel, await nextLink(panel)));
  await says(panel, `Billing account ${chain.account}`, () => records(panel));
  await ticket.bringToFront();
}

/** @param {Page} panel @returns {Promise<string>} what the panel shows under Records */
export const records = (panel) =>
  panel.$eval('[aria-labelledby="records-heading"]', (one) =>
    one instanceof HTMLElement ? one.innerText : '',
  );

/** @param {Page} panel @returns {Promise<string>} the name of the link in the card */
export async function nextLink(panel) {
  return flat(
    await panel
      .waitForSelector('section.next a.button')
      .then((link) => link?.evaluate((one) => one.textContent)),
  );
}
