// Calls what ./build.sh bench calls in the built extension, so that a changed boundary shows here and not at the next measurement.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shipped } from '../bench/kit/extensions.js';
import { ask, beside, open } from '../bench/kit/open.js';
import { CASES } from './steps/cases.js';
import { BROWSERS, isItsTurn } from './steps/turns.js';

/** @typedef {import('../bench/page/bench.js').Bench} Bench */

const CASE = CASES.license;
const URL_OF_RECORD = `https://customers.gitlab.com/admin/${CASE.proof}`;

for (const name of BROWSERS.filter((one) => isItsTurn(one, 'chromium'))) {
  test(
    `the page that is measured from does the work that it measures, in ${name}`,
    { timeout: 120_000 },
    () =>
      beside({}, async (sites) => {
        const { browser, benchPage, close } = await open(name, shipped, sites.proxyPort);
        try {
          const portal = await browser.newPage(URL_OF_RECORD);
          const html = await portal.evaluate(() => document.documentElement.outerHTML);
          const page = await benchPage();
          const read = await page.evaluate(
            (what) => /** @type {Bench} */ (Reflect.get(globalThis, 'bench')).reading(what, 2),
            { url: URL_OF_RECORD, html, model: 'license' },
          );
          assert.equal(read.core.length, 2);
          assert.ok(read.found >= 3, `selectors found ${read.found} fields`);
          assert.ok(read.view.includes(`"${URL_OF_RECORD}"`), 'the core took the record');

          await browser.newPage(`https://gitlab.zendesk.com/agent/tickets/${CASE.ticket}`);
          const panel = await browser.openPanel();
          await panel.waitForFunction(
            (title) =>
              document.querySelector('h1')?.textContent === title &&
              !document.querySelector('[aria-busy=true]'),
            { polling: 50 },
            `Ticket #${CASE.ticket}`,
          );
          const kept = await page.evaluate(() =>
            /** @type {Bench} */ (Reflect.get(globalThis, 'bench')).kept(),
          );
          const shown = { host: 'gitlab.zendesk.com', ticket: CASE.ticket };
          const told = await page.evaluate(
            (state, events) =>
              /** @type {Bench} */ (Reflect.get(globalThis, 'bench')).event(state, events, 3),
            kept,
            [
              {
                type: 'command',
                name: 'choose_product',
                case: shown,
                fields: { product: 'gitlab_com' },
              },
              { type: 'command', name: 'choose_product', case: shown, fields: { product: '' } },
            ],
          );
          assert.equal(told.changed, 3);
          assert.ok((await ask(page, { kind: 'panel_opened' })) >= 0);
        } finally {
          await close();
        }
      }),
  );
}
