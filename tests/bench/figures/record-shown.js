// The time from a record's appearance in the portal's page until the panel shows it, with the background running and stopped.

import { bare, shipped } from '../kit/extensions.js';
import { spread } from '../kit/numbers.js';
import { ask, beside, NAMES, open } from '../kit/open.js';
import { atMost } from '../kit/row.js';
import { stopper } from '../kit/worker.js';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('../kit/row.js').Row} Row */

const TICKET = 1033;
/** The records that are looked at in turn, as the panel calls them. */
const RECORDS = [
  { path: '/admin/license/410266', says: 'License 410266', slot: 'proof' },
  { path: '/admin/order/700333', says: 'Order 700333', slot: 'order' },
];
const ROUNDS = 12;

/** When the page holds the next record: Turbo's event says so before anything else can. Ms since 1970. @param {Page} page @param {string} path */
const visit = (page, path) =>
  page.evaluate(
    (to) =>
      new Promise((resolve) => {
        addEventListener(
          'turbo:render',
          () => {
            if (
              location.pathname === to &&
              !document.documentElement.hasAttribute('data-turbo-preview')
            )
              resolve(performance.timeOrigin + performance.now());
          },
          { capture: true },
        );
        Reflect.get(globalThis, 'Turbo').visit(to);
      }),
    path,
  );

/** Starts to wait for a record in the panel. @param {Page} panel @param {string} text */
const expect = (panel, text) =>
  panel.evaluate((wanted) => {
    Reflect.set(
      globalThis,
      '__shown',
      new Promise((resolve) => {
        const look = () => {
          if (
            ![...document.querySelectorAll('[aria-labelledby=records-heading] li strong')].some(
              (one) => one.parentElement?.textContent?.includes(wanted),
            )
          )
            return;
          observer.disconnect();
          resolve(performance.timeOrigin + performance.now());
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    );
  }, text);

/** When it was there. @param {Page} panel @returns {Promise<number>} */
const shown = (panel) =>
  panel.evaluate(() => /** @type {Promise<number>} */ (Reflect.get(globalThis, '__shown')));

/** Takes a record out of the case, so that the next look at it is news. @param {Page} panel @param {string} slot @param {string} text */
async function remove(panel, slot, text) {
  await panel.evaluate(
    async (name, wanted, ticket) => {
      const api = /** @type {typeof chrome} */ (Reflect.get(globalThis, 'browser') ?? chrome);
      const holds = () =>
        document.querySelector('[aria-labelledby=records-heading]')?.textContent?.includes(wanted);
      if (!holds()) return;
      await api.runtime.sendMessage({
        kind: 'command',
        name: 'remove',
        case: { host: 'gitlab.zendesk.com', ticket },
        fields: { slot: name },
      });
      while (holds())
        await new Promise((resolve) => {
          setTimeout(resolve, 10);
        });
    },
    slot,
    text,
    TICKET,
  );
}

/** @param {import('../bench.js').Context} context @returns {Promise<Row[]>} */
export const recordShown = ({ browsers }) =>
  beside({}, async (sites) => {
    /** @type {Row[]} */
    const rows = [];
    for (const name of browsers) {
      const tether = await open(name, shipped, sites.proxyPort);
      const other = await open(name, bare, sites.proxyPort);
      try {
        const portal = await tether.browser.newPage('https://customers.gitlab.com/admin/');
        const ticket = await tether.browser.newPage(
          `https://gitlab.zendesk.com/agent/tickets/${TICKET}`,
        );
        const panel = await tether.browser.openPanel();
        await panel.waitForFunction(
          (wanted) => document.querySelector('h1')?.textContent === wanted,
          { polling: 50 },
          `Ticket #${TICKET}`,
        );
        await ticket.close();
        await portal.bringToFront();
        const stopTether = await stopper(tether.browser, panel);
        const page = await other.benchPage();
        const stopOther = await stopper(other.browser, page);
        const samples = {
          running: /** @type {number[]} */ ([]),
          stopped: /** @type {number[]} */ ([]),
          warm: /** @type {number[]} */ ([]),
          cold: /** @type {number[]} */ ([]),
        };
        for (let round = -1; round < ROUNDS; round += 1) {
          for (const { slot, says } of RECORDS.toReversed()) await remove(panel, slot, says);
          for (const { path, says } of RECORDS) {
            const isStopped = round % 2 === 0;
            if (isStopped) {
              await stopTether();
              await stopOther();
            }
            await expect(panel, says);
            const from = Number(await visit(portal, path));
            const took = (await shown(panel)) - from;
            const trip = await ask(page);
            if (round < 0) continue;
            samples[isStopped ? 'stopped' : 'running'].push(took);
            samples[isStopped ? 'cold' : 'warm'].push(trip);
          }
        }
        const running = spread(samples.running);
        const stopped = spread(samples.stopped);
        rows.push(
          {
            figure: 'record shown → panel shows it, background running',
            where: NAMES[name],
            unit: 'ms',
            value: running,
            against: { what: 'a message and its answer', value: spread(samples.warm) },
            goals: [atMost('median', 30, 'ms', running.median)],
          },
          {
            figure: 'record shown → panel shows it, background stopped',
            where: NAMES[name],
            unit: 'ms',
            value: stopped,
            against: { what: 'a message that starts it', value: spread(samples.cold) },
            goals: [atMost('median', 120, 'ms', stopped.median)],
          },
        );
      } finally {
        await tether.close();
        await other.close();
      }
    }
    return rows;
  });
