// What is shipped: the core, the packages.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { filesBelow } from '../../tools/files.js';
import { archive } from '../../tools/package.js';
import { BROWSERS, DIST } from '../../tools/project.js';
import { NAMES } from '../kit/open.js';
import { atMost, exactly } from '../kit/row.js';

/** @typedef {import('../kit/row.js').Row} Row */

/** @returns {Promise<Row[]>} */
export async function sizes() {
  const wasm = readFileSync(path.join(DIST, 'chromium', 'core', 'tether_bg.wasm'));
  /** @param {string} figure @param {number} bytes @param {number} limit @returns {Row} */
  const size = (figure, bytes, limit) => ({
    figure,
    where: '',
    unit: 'kB',
    value: exactly(bytes / 1000),
    goals: [atMost('', limit, 'kB', bytes / 1000)],
  });
  const rows = [
    size('the core, as WebAssembly', wasm.length, 2100),
    size('the core, gzipped', gzipSync(wasm, { level: 9 }).length, 290),
  ];
  for (const browser of BROWSERS) {
    const folder = path.join(DIST, browser);
    rows.push({
      ...size('the package', archive(folder, filesBelow(folder)).length, 450),
      where: NAMES[browser],
    });
  }
  return rows;
}
