// Measures what Tether costs, in one go: ./build.sh bench. Each figure has its own file in `figures`.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../tools/project.js';
import { event } from './figures/event.js';
import { firstMessage } from './figures/first-message.js';
import { footprint } from './figures/footprint.js';
import { memory } from './figures/memory.js';
import { pageTime } from './figures/page-time.js';
import { panelOpened } from './figures/panel-opened.js';
import { presses } from './figures/presses.js';
import { reading } from './figures/reading.js';
import { readingNatively } from './figures/reading-natively.js';
import { recordShown } from './figures/record-shown.js';
import { sizes } from './figures/sizes.js';
import { trace } from './figures/trace.js';
import { machine } from './kit/machine.js';
import { ratioOf } from './kit/row.js';
import { asText } from './kit/table.js';

/**
 * @typedef {{browsers: import('../tools/project.js').Browser[]}} Context
 * @typedef {import('./kit/row.js').Row} Row
 */

/** In the order of the table. @type {Record<string, (context: Context) => Promise<Row[]>>} */
const FIGURES = {
  'page-time': pageTime,
  footprint,
  'first-message': firstMessage,
  'panel-opened': panelOpened,
  'record-shown': recordShown,
  reading,
  'reading-natively': readingNatively,
  event,
  trace,
  memory,
  presses,
  sizes,
};

const { values, positionals } = parseArgs({
  options: { browser: { type: 'string' } },
  allowPositionals: true,
});
const wanted = positionals.length > 0 ? positionals : Object.keys(FIGURES);
const unknown = wanted.filter((name) => !Object.hasOwn(FIGURES, name));
if (unknown.length > 0)
  throw new Error(
    `no figure is called ${unknown.join(', ')}; there are ${Object.keys(FIGURES).join(', ')}`,
  );

const begun = new Date();
const on = machine();
/** @type {Context} */
const context = {
  browsers:
    values.browser === 'chromium' || values.browser === 'firefox'
      ? [values.browser]
      : ['chromium', 'firefox'],
};
/** @type {Row[]} */
const rows = [];
for (const name of wanted) {
  const from = performance.now();
  rows.push(
    ...(await /** @type {(context: Context) => Promise<Row[]>} */ (FIGURES[name])(context)),
  );
  console.error(`  ${name}: ${Math.round((performance.now() - from) / 1000)} s`);
}

const run = {
  date: begun.toISOString(),
  machine: on,
  seconds: Math.round((Date.now() - begun.getTime()) / 1000),
  rows: rows.map((row) => ({ ...row, ratio: ratioOf(row) ?? null })),
};
const folder = path.join(ROOT, 'tests', 'out', 'bench');
mkdirSync(folder, { recursive: true });
const file = path.join(folder, `${run.date.replace(/[:.]/g, '-')}.json`);
writeFileSync(file, `${JSON.stringify(run, null, 1)}\n`);
console.log(`\n${asText(rows)}\n`);
console.log(
  `${on.model}, ${on.cores} cores, load ${on.load} before; Chromium ${on.chromium}, Firefox ${on.firefox}; ${run.seconds} s`,
);
console.log(path.relative(ROOT, file));
