/** Prints the slowest tests of a run, from the report in TAP that `node --test` wrote: node slowest.js FILE */

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** How many are listed at most, and from which time on, ms. */
const MOST = 20;
const WORTH_A_LINE = 1000;

/**
 * @param {string} tap
 * @returns {{name: string, ms: number}[]} every test that was run, the slowest first; no suites
 */
export function testsOf(tap) {
  const tests = [];
  /** @type {string | undefined} */
  let name;
  /** @type {number | undefined} */
  let ms;
  for (const line of tap.split('\n')) {
    const result = /^\s*(?:not )?ok \d+ - (.*)$/.exec(line);
    if (result?.[1] !== undefined) {
      const [, title = '', directive] =
        /^(.*?)(?<!\\)(?: (# (?:SKIP|TODO).*))?$/.exec(result[1]) ?? [];
      name = directive === undefined ? title.replace(/\\([#\\])/g, '$1') : undefined;
      ms = undefined;
    } else if (name !== undefined) {
      ms ??= Number(/^\s*duration_ms: ([\d.]+)$/.exec(line)?.[1] ?? Number.NaN) || undefined;
      if (/^\s*type: 'suite'$/.test(line)) name = undefined;
      if (/^\s*\.\.\.$/.test(line) && name !== undefined) {
        if (ms !== undefined) tests.push({ name, ms });
        name = undefined;
      }
    }
  }
  return tests.sort((one, other) => other.ms - one.ms);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2];
  if (file === undefined) throw new Error('usage: node slowest.js FILE');
  const slow = existsSync(file)
    ? testsOf(readFileSync(file, 'utf8'))
        .filter(({ ms }) => ms >= WORTH_A_LINE)
        .slice(0, MOST)
    : [];
  if (slow.length > 0) console.log('  slowest:');
  for (const { name, ms } of slow)
    console.log(`  ${(ms / 1000).toFixed(1).padStart(6)} s  ${name}`);
}
