// Plays the main job by itself: browse the chain in the portal, then one click puts the note into the ticket.

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { launch } from '../harness/browser.js';
import { until } from '../harness/wait.js';
import {
  flat,
  newTab,
  nextLink,
  openTicket,
  PORTAL,
  press,
  records,
  says,
  showRecord,
  verdict,
  ZENDESK,
} from './engineer.js';

/**
 * @typedef {Awaited<ReturnType<typeof import('../standins/start.js').startStandIns>>} StandIns
 * @typedef {{extension: string, pictures: string}} Places
 */

/** The stand-ins' data for ticket 1001, and therefore the note's exact content. */
const TICKET = 1001;
const NOTE = [
  `License: ${PORTAL}/admin/license/410233`,
  `Order: ${PORTAL}/admin/order/700101`,
  `Billing account: ${PORTAL}/admin/billing_account/9001`,
  'Sold-to: ada.lindqvist@example.com',
  'Salesforce ID: 0014M00001aQxYzQAK',
  `Organization: ${ZENDESK}/agent/organizations/361000000001`,
];

/**
 * @param {StandIns} standIns
 * @param {Places} places
 */
export async function play(standIns, { extension, pictures }) {
  const started = Date.now();
  await rm(pictures, { recursive: true, force: true });
  const browser = await launch({
    browser: 'chromium',
    extension,
    proxyPort: standIns.proxyPort,
    width: 1280,
    height: 800,
  });
  let number = 0;
  /** @param {string} what @param {import('puppeteer-core').Page} page @param {string} name */
  async function step(what, page, name) {
    number += 1;
    console.log(`  ${String(number).padStart(2)}. ${what}`);
    await browser.screenshot(
      page,
      join(pictures, `${String(number).padStart(2, '0')}-${name}.png`),
    );
  }
  try {
    console.log('The main job, in a Chromium without a window, on stand-ins of both sites:');
    const ticket = await openTicket(browser, TICKET);
    await step(`Ticket ${TICKET} is open in Zendesk.`, ticket, 'ticket');

    const panel = await browser.openPanel({ width: 400, height: 1000 });
    await says(panel, 'ada.lindqvist@example.com');
    assert.match(await verdict(panel), /^Incomplete/);
    await step(
      'The side panel is open and has read the ticket. It says: Incomplete.',
      panel,
      'panel-at-the-start',
    );

    const portal = await browser.newPage(`${PORTAL}/admin/license?query=410233`);
    await showRecord(portal, 'license', 410233);
    await says(panel, 'License 410233', () => records(panel));
    await step(
      "License 410233 was opened from the portal's list. Tether has taken it.",
      portal,
      'license',
    );

    const toOrders = await nextLink(panel);
    assert.equal(toOrders, 'Open orders');
    const orders = await newTab(browser, () => press(panel, toOrders));
    await step(`The panel's next step, "${toOrders}", opened the filtered list.`, orders, 'orders');
    await showRecord(orders, 'order', 700101);
    await says(panel, 'Order 700101', () => records(panel));
    await step('Order 700101 was opened from it. Tether has taken it.', orders, 'order');

    const toAccount = await nextLink(panel);
    assert.equal(toAccount, 'Open billing account 9001');
    const account = await newTab(browser, () => press(panel, toAccount));
    await says(panel, 'Billing account 9001', () => records(panel));
    await step(
      `The panel's next step, "${toAccount}", opened it. Tether has taken it.`,
      account,
      'billing-account',
    );

    await says(panel, /^Entitled/, () => verdict(panel));
    await step(
      `The organization was found by its Salesforce id. The verdict: ${await verdict(panel)}.`,
      panel,
      'panel-entitled',
    );

    await ticket.bringToFront();
    await press(panel, 'Add internal note');
    await says(panel, `Internal note added to the composer of #${TICKET}`);
    const composer = await readComposer(ticket);
    await step(
      'One click on "Add internal note", and the note is in the ticket, not yet submitted:',
      ticket,
      'note-in-ticket',
    );
    for (const line of composer.lines) console.log(`        - ${line}`);
    assert.equal(composer.channel, 'internal', 'the composer is not set to internal note');
    assert.deepEqual(
      composer.lines,
      NOTE,
      'the note in the composer is not the one that it should be',
    );
    assert.deepEqual(
      composer.links,
      NOTE.map((line) => line.replace(/^[^:]*: /, '')).filter((value) =>
        value.startsWith('https://'),
      ),
      'the links of the note are not live',
    );
    assert.deepEqual(await browser.errors(), [], 'the browser reported errors');

    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(
      `\nEverything is as it should be, after ${seconds} s. Screenshots: ${relative(process.cwd(), pictures) || '.'}/`,
    );
    console.log('With a display, ./build.sh demo opens a browser to try it in.');
  } finally {
    await browser.close();
  }
}

/** What CKEditor renders at a caret beside a link, and never saves. */
const CARET_FILLER = '\u2060'.repeat(7);

/**
 * The composer in front of the engineer.
 * @param {import('puppeteer-core').Page} page
 */
async function readComposer(page) {
  const pane = `[data-is-active="true"][data-ticket-id="${TICKET}"]`;
  await until(
    'the note is in the composer',
    async () => (await page.$$(`${pane} .ck-content li`)).length > 0,
  );
  return {
    channel: await page.$eval(`${pane} [data-channel]`, (one) => one.getAttribute('data-channel')),
    lines: (
      await page.$$eval(`${pane} .ck-content li`, (all) => all.map((one) => one.textContent ?? ''))
    ).map((line) => flat(line.replace(CARET_FILLER, ''))),
    links: await page.$$eval(`${pane} .ck-content a`, (all) =>
      all.map((one) => one.getAttribute('href')),
    ),
  };
}
