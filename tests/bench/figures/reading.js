// Reading a record's page: the core natively and as WebAssembly, and the browser's own parser with selectors.

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../tools/project.js';
import { shipped } from '../kit/extensions.js';
import { spread } from '../kit/numbers.js';
import { beside, NAMES, open } from '../kit/open.js';
import { atMostTimes } from '../kit/row.js';

/** @typedef {import('../kit/row.js').Row} Row */
/** @typedef {import('../page/bench.js').Bench} Bench */

const PAGES = [
  { model: 'license', url: 'https://customers.gitlab.com/admin/license/410266' },
  { model: 'billing_account', url: 'https://customers.gitlab.com/admin/billing_account/9233' },
];
const ROUNDS = 200;
/** The first reads are those of code that the browser has not optimised yet. */
const WARM_UP = 100;

/** Each page as Trace is answered it. @param {import('../../harness/browser.js').Browser} browser */
async function fetched(browser) {
  const page = await browser.newPage('https://customers.gitlab.com/admin/');
  const pages = [];
  for (const one of PAGES) {
    const html = await page.evaluate(
      async (url) => (await fetch(url, { headers: { Accept: 'text/html' } })).text(),
      one.url,
    );
    pages.push({ ...one, html: html.trimEnd() });
  }
  await page.close();
  return pages;
}

/** @param {{model: string, url: string, html: string}[]} pages @returns {Row[]} */
function native(pages) {
  const folder = path.join(ROOT, 'tests', 'out', 'bench');
  mkdirSync(folder, { recursive: true });
  return pages.map(({ model, url, html }) => {
    const file = path.join(folder, `${model}.html`);
    writeFileSync(file, html);
    const told = execFileSync(
      'cargo',
      ['bench', '--locked', '--quiet', '--bench', 'reading', '--', url, file],
      {
        cwd: ROOT,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    return {
      figure: `reading a ${model.replace('_', ' ')}'s page`,
      where: 'native',
      unit: 'ms',
      value: spread(JSON.parse(told)),
      goals: [],
    };
  });
}

/** @param {import('../bench.js').Context} context @returns {Promise<Row[]>} */
export const reading = ({ browsers }) =>
  beside({}, async (sites) => {
    /** @type {Row[]} */
    const rows = [];
    for (const name of browsers) {
      const { browser, benchPage, close } = await open(name, shipped, sites.proxyPort);
      try {
        const pages = await fetched(browser);
        if (rows.length === 0) rows.push(...native(pages));
        for (const page of pages) {
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
            figure: `reading a ${page.model.replace('_', ' ')}'s page`,
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
