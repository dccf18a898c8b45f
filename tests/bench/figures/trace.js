// Trace from the press to the verdict, compared with a bare loop that requests the same pages, at 150 ms per answer.

import { CASES } from '../../e2e/steps/cases.js';
import { Requests } from '../../e2e/steps/requests.js';
import { PROOFS } from '../../e2e/steps/trace.js';
import { shipped } from '../kit/extensions.js';
import { spread } from '../kit/numbers.js';
import { beside, NAMES, open } from '../kit/open.js';
import { atMost, atMostTimes, exactly } from '../kit/row.js';

/** @typedef {import('../kit/row.js').Row} Row */

const DELAY = 150;
/** Each ticket is walked once, as an engineer does. The first counts for nothing: connections are opened. */
const WALKS = [
  PROOFS.id,
  CASES.license,
  CASES.mismatch,
  CASES.plain,
  CASES.withNotes,
  CASES.contactLimit,
];
/** License, orders of its subscription, order, billing account. */
const CHAIN = 4;

/** @param {import('../../e2e/steps/cases.js').Chain} chain */
const addressesOf = ({ proof, subscription, order, account }) =>
  [
    proof,
    `order?f%5Bsubscription_name%5D%5B1%5D%5Bo%5D=is&f%5Bsubscription_name%5D%5B1%5D%5Bv%5D=${subscription}`,
    `order/${order}`,
    `billing_account/${account}`,
  ].map((path) => `https://customers.gitlab.com/admin/${path}`);

/** @param {import('puppeteer-core').Page} panel @param {string[]} addresses */
const loop = (panel, addresses) =>
  panel.evaluate(async (all) => {
    const begun = performance.now();
    for (const url of all) {
      const answer = await fetch(url, {
        headers: { Accept: 'text/html' },
        credentials: 'include',
        cache: 'no-store',
      });
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
      await answer.text();
    }
    return performance.now() - begun;
  }, addresses);

/** @param {import('puppeteer-core').Page} panel @returns {Promise<number>} */
const walk = (panel) =>
  panel.evaluate(
    () =>
      new Promise((resolve) => {
        const begun = performance.now();
        const done = () =>
          /^(?:Entitled|Not entitled)/.test(
            document.querySelector('.verdict')?.textContent?.trim() ?? '',
          );
        const observer = new MutationObserver(() => {
          if (!done()) return;
          observer.disconnect();
          resolve(performance.now() - begun);
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        /** @type {HTMLElement | null} */ (document.querySelector('button#trace'))?.click();
      }),
  );

/** @param {import('../bench.js').Context} context @returns {Promise<Row[]>} */
export const trace = ({ browsers }) =>
  beside({}, async (sites) => {
    /** @type {Row[]} */
    const rows = [];
    const requests = new Requests(sites.log);
    for (const name of browsers) {
      const { browser, close } = await open(name, shipped, sites.proxyPort);
      try {
        await browser.newPage('https://customers.gitlab.com/admin/');
        const page = await browser.newPage();
        const panel = await browser.openPanel();
        await page.bringToFront();
        /** @type {number[]} */
        const walks = [];
        /** @type {number[]} */
        const loops = [];
        let most = 0;
        for (const chain of WALKS) {
          await page.goto(`https://gitlab.zendesk.com/agent/tickets/${chain.ticket}`);
          await panel.waitForFunction(
            (wanted) =>
              document.querySelector('h1')?.textContent === wanted &&
              document.querySelector('[aria-busy=true]') === null &&
              document.querySelector('button#trace') !== null,
            { polling: 50 },
            `Ticket #${chain.ticket}`,
          );
          sites.portal.delayMs = DELAY;
          const addresses = addressesOf(chain);
          const before = await loop(panel, addresses);
          sites.log.clear();
          const walked = await walk(panel);
          most = Math.max(
            most,
            requests.ofTether().filter(({ host }) => host === 'customers.gitlab.com').length,
          );
          const after = await loop(panel, addresses);
          sites.portal.delayMs = 0;
          if (chain === WALKS[0]) continue;
          walks.push(walked);
          loops.push((before + after) / 2);
        }
        /** @type {Row} */
        const row = {
          figure: `Trace to the verdict, ${DELAY} ms an answer`,
          where: NAMES[name],
          unit: 'ms',
          value: spread(walks),
          against: { what: 'a bare loop', value: spread(loops) },
          goals: [],
        };
        rows.push({ ...row, goals: [atMostTimes(1.1, row)] });
        rows.push({
          figure: 'requests of Trace to the portal',
          where: NAMES[name],
          unit: 'count',
          value: exactly(most),
          against: { what: 'pages of the chain', value: exactly(CHAIN) },
          goals: [atMost('', CHAIN, '', most)],
        });
      } finally {
        await close();
      }
    }
    return rows;
  });
