// Reading a record's page: the core as WebAssembly, and the browser's own parser with selectors.

import { shipped } from '../kit/extensions.js';
import { spread } from '../kit/numbers.js';
import { beside, NAMES, open } from '../kit/open.js';
import { figureOf, recordPages } from '../kit/record-pages.js';
import { atMostTimes } from '../kit/row.js';

/** @typedef {import('../kit/row.js').Row} Row */
/** @typedef {import('../page/bench.js').Bench} Bench */

const ROUNDS = 200;
/** The first reads are those of code that the browser has not optimized yet. */
const WARM_UP = 100;

/** @param {import('../bench.js').Context} context @returns {Promise<Row[]>} */
export const reading = ({ browsers }) =>
  beside({}, async (sites) => {
    /** @type {Row[]} */
    const rows = [];
    for (const name of browsers) {
      const { browser, benchPage, close } = await open(name, shipped, sites.proxyPort);
      try {
        for (const page of await recordPages(browser)) {
          const own = await benchPage();
          const {
            core,
            browser: parser,
            found,
            view,
          } = await own.evaluate(
            (what, rounds) =>
              /** @type {Bench} */ (Reflect.get(globalThis, 'bench')).reading(what, rounds),
            page,
            ROUNDS + WARM_UP,
          );
          await own.close();
          // Both did the work, or the comparison says nothing.
          if (found < 3)
            throw new Error(`the browser's selectors found ${found} fields of a ${page.model}`);
          if (!view.includes(`"${page.url}"`))
            throw new Error(`the core did not take the ${page.model} into its case`);
          const value = spread(core.slice(WARM_UP));
          /** @type {Row} */
          const row = {
            figure: figureOf(page.model),
            where: NAMES[name],
            unit: 'ms',
            value,
            against: { what: 'DOMParser and selectors', value: spread(parser.slice(WARM_UP)) },
            goals: [],
          };
          rows.push({ ...row, goals: [atMostTimes(2, row)] });
        }
      } finally {
        await close();
      }
    }
    return rows;
  });
