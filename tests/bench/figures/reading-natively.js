// Reading a record's page natively. It is a figure of its own because compiling takes minutes.

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../tools/project.js';
import { shipped } from '../kit/extensions.js';
import { spread } from '../kit/numbers.js';
import { beside, open } from '../kit/open.js';
import { figureOf, recordPages } from '../kit/record-pages.js';

/** @typedef {import('../kit/row.js').Row} Row */

/** @param {import('../kit/record-pages.js').RecordPage} page @returns {Row} */
function measured({ model, url, html }) {
  const folder = path.join(ROOT, 'tests', 'out', 'bench');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${model}.html`);
  writeFileSync(file, html);
  const told = execFileSync(
    'cargo',
    ['bench', '--locked', '--quiet', '--bench', 'reading', '--', url, file],
    { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return {
    figure: figureOf(model),
    where: 'native',
    unit: 'ms',
    value: spread(JSON.parse(told)),
    goals: [],
  };
}

/** @param {import('../bench.js').Context} context @returns {Promise<Row[]>} */
export const readingNatively = ({ browsers }) =>
  beside({}, async (sites) => {
    const { browser, close } = await open(browsers[0] ?? 'chromium', shipped, sites.proxyPort);
    try {
      return (await recordPages(browser)).map(measured);
    } finally {
      await close();
    }
  });
