// One event up to the panel's new snapshot, as if the background had been stopped before: a day's cases are read back, the
// core decides, what changed is kept, and meanwhile the panel shows it.

import { shipped } from '../kit/extensions.js';
import { spread } from '../kit/numbers.js';
import { beside, NAMES, open } from '../kit/open.js';
import { atMost } from '../kit/row.js';

/** @typedef {import('../kit/row.js').Row} Row */
/** @typedef {import('../page/bench.js').Bench} Bench */

/** Tickets that are looked at, the last one traced. */
const TICKETS = [1001, 1002, 1003, 1004, 1005, 1007, 1018, 1019, 1020, 1033];
const ROUNDS = 60;
const WARM_UP = 20;
/** What the engineer chooses and takes back; each changes the case and what is shown. */
const SHOWN = { host: 'gitlab.zendesk.com', ticket: 1033 };
const EVENTS = [
  { type: 'command', name: 'choose_product', case: SHOWN, fields: { product: 'gitlab_com' } },
  { type: 'command', name: 'choose_product', case: SHOWN, fields: { product: '' } },
];

/** @param {import('puppeteer-core').Page} panel @param {number} ticket */
const shows = (panel, ticket) =>
  panel.waitForFunction(
    (wanted) =>
      document.querySelector('h1')?.textContent === wanted &&
      document.querySelector('[aria-busy=true]') === null,
    { polling: 50 },
    `Ticket #${ticket}`,
  );

/** @param {import('../bench.js').Context} context @returns {Promise<Row[]>} */
export const event = ({ browsers }) =>
  beside({}, async (sites) => {
    /** @type {Row[]} */
    const rows = [];
    for (const name of browsers) {
      const { browser, benchPage, close } = await open(name, shipped, sites.proxyPort);
      try {
        // Its session is what the background asks the portal with.
        await browser.newPage('https://customers.gitlab.com/admin/');
        const page = await browser.newPage();
        const panel = await browser.openPanel();
        await page.bringToFront();
        for (const ticket of TICKETS) {
          await page.goto(`https://gitlab.zendesk.com/agent/tickets/${ticket}`);
          await shows(panel, ticket);
        }
        await panel.evaluate(() =>
          /** @type {HTMLElement | null} */ (document.querySelector('button#trace'))?.click(),
        );
        await panel.waitForFunction(
          () => document.querySelector('.verdict')?.textContent?.trim().startsWith('Entitled'),
          { polling: 50 },
        );
        const own = await benchPage();
        const kept = await own.evaluate(() =>
          /** @type {Bench} */ (Reflect.get(globalThis, 'bench')).kept(),
        );
        await own.close();
        await browser.closePanel();
        const measuring = await benchPage();
        const { times, changed } = await measuring.evaluate(
          (state, events, rounds) =>
            /** @type {Bench} */ (Reflect.get(globalThis, 'bench')).event(state, events, rounds),
          kept,
          EVENTS,
          ROUNDS + WARM_UP,
        );
        if (changed < ROUNDS) throw new Error(`only ${changed} events changed what is shown`);
        const all = spread(times.all.slice(WARM_UP));
        rows.push({
          figure: `one event with ${TICKETS.length} cases kept`,
          where: NAMES[name],
          unit: 'ms',
          value: all,
          goals: [atMost('median', 10, 'ms', all.median)],
        });
        const parts = /** @type {const} */ ([
          ['restore', 'read back'],
          ['update', 'decide and draw'],
          ['show', 'show'],
          ['save', 'keep, after that'],
        ]);
        for (const [part, says] of parts) {
          rows.push({
            figure: `… of it: ${says}`,
            where: NAMES[name],
            unit: 'ms',
            value: spread(times[part].slice(WARM_UP)),
            goals: [],
          });
        }
      } finally {
        await close();
      }
    }
    return rows;
  });
