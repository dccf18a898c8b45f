/** Compares the packages of two builds of one version, byte by byte; lists the files that differ and exits with 1 if any does. */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { unzipSync } from 'fflate';
import { BROWSERS, version } from './project.js';

const [one, other] = parseArgs({ allowPositionals: true }).positionals;
if (!one || !other) throw new Error('usage: node same.js DIST OTHER-DIST');

/** @param {Buffer} first @param {Buffer} second */
function differences(first, second) {
  const [left, right] = [first, second].map((zip) => unzipSync(new Uint8Array(zip)));
  const names = [...new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})])].sort();
  return names.filter(
    (name) => !Buffer.from(left?.[name] ?? []).equals(Buffer.from(right?.[name] ?? [])),
  );
}

let same = true;
for (const kind of [...BROWSERS, 'source']) {
  const file = `tether-${version()}-${kind}.zip`;
  const missing = [one, other].find((folder) => !existsSync(path.join(folder, file)));
  if (missing !== undefined) throw new Error(`there is no ${file} in ${missing}`);
  const [first, second] = [one, other].map((folder) => readFileSync(path.join(folder, file)));
  if (!first || !second) continue;
  if (first.equals(second)) {
    console.log(`${file}: the same ${first.length} bytes`);
    continue;
  }
  same = false;
  console.log(
    `${file}: not the same: ${differences(first, second).join(', ') || 'order, times or permissions'}`,
  );
}
process.exit(same ? 0 : 1);
