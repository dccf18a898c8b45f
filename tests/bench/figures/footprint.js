// What Tether puts into pages and leaves there, in counts.

import {
  countMessages,
  putBeforeAClick,
  STILL_SITES,
  takeMessages,
  tracesIn,
  watchTraces,
} from '../../e2e/steps/footprint.js';
import { until } from '../../harness/wait.js';
import { PAGE_SCRIPT_LIMIT, pageScripts } from '../../tools/assemble.js';
import { shipped } from '../kit/extensions.js';
import { beside, NAMES, open } from '../kit/open.js';
import { atMost, exactly } from '../kit/row.js';

/** @typedef {import('../kit/row.js').Row} Row */

/** @param {string} figure @param {import('../kit/row.js').Unit} unit @param {number} value @param {number} limit @returns {Row} */
const count = (figure, unit, value, limit) => ({
  figure,
  where: '',
  unit,
  value: exactly(value),
  goals: [atMost('', limit, '', value)],
});

/** @param {import('../bench.js').Context} context @returns {Promise<Row[]>} */
export const footprint = ({ browsers }) =>
  beside({ hosts: STILL_SITES }, async (sites) => {
    const portal = putBeforeAClick('chromium', 'customers.gitlab.com');
    const zendesk = putBeforeAClick('chromium', 'gitlab.zendesk.com');
    const atAClick = [...(await pageScripts())].filter(
      ([file]) => !portal.some((one) => one.file === file),
    );
    const rows = [
      count('files put into a page of the portal', 'count', portal.length, 1),
      {
        ...count(
          'bytes put into a page of the portal',
          'bytes',
          portal.reduce((sum, { bytes }) => sum + bytes, 0),
          PAGE_SCRIPT_LIMIT,
        ),
      },
      count('files put into a page of Zendesk before a click', 'count', zendesk.length, 0),
      count(
        'bytes of the largest script that a click puts into a page',
        'bytes',
        Math.max(...atAClick.map(([, { length }]) => length)),
        PAGE_SCRIPT_LIMIT,
      ),
    ];
    for (const name of browsers) {
      const { browser, benchPage, close } = await open(name, shipped, sites.proxyPort);
      try {
        const own = await benchPage();
        await countMessages(own);
        const page = await browser.newPage();
        await watchTraces(page);
        let elements = 0;
        let changes = 0;
        for (const url of [
          'https://gitlab.zendesk.com/agent/tickets/1',
          'https://customers.gitlab.com/admin/license/410266',
        ]) {
          await page.goto(url);
          await page.evaluate(
            () =>
              new Promise((resolve) => {
                requestIdleCallback(resolve);
              }),
          );
          const traces = await tracesIn(page);
          elements += traces.elements;
          changes += traces.changes;
        }
        /** @type {string[]} */
        const heard = [];
        await until(
          'the record was told',
          async () => heard.push(...(await takeMessages(own))) > 0,
        );
        rows.push({
          ...count('elements added to a page before a click', 'count', elements, 0),
          where: NAMES[name],
        });
        rows.push({
          ...count('changes made to a page before a click', 'count', changes, 0),
          where: NAMES[name],
        });
        rows.push({
          ...count('messages for a record that is shown', 'count', heard.length, 1),
          where: NAMES[name],
        });
      } finally {
        await close();
      }
    }
    return rows;
  });
