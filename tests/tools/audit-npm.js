/**
 * Asks the npm registry for known weaknesses of tests/package-lock.json. Exits with 0 if it knows none, 1 if it names some, and 2
 * where it could not be asked. With --all the tools that build and test are asked about too, and not only what ships.
 */

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './project.js';

/** @typedef {{severity: string, via: (string | {title?: string, url?: string})[]}} Weakness */

const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } });
const args = [
  'audit',
  '--json',
  '--prefix',
  path.join(ROOT, 'tests'),
  ...(values.all ? [] : ['--omit=dev']),
];
const { stdout } = spawnSync('npm', args, {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
  timeout: 120_000,
});

/** @returns {{vulnerabilities?: Record<string, Weakness>, message?: string, error?: {summary?: string}}} */
function answer() {
  try {
    return JSON.parse(stdout);
  } catch {
    return {};
  }
}

const { vulnerabilities, message, error } = answer();
if (!vulnerabilities) {
  console.log(
    `the npm registry could not be asked: ${message ?? error?.summary ?? 'it gave no answer'}`,
  );
  process.exit(2);
}
for (const [name, { severity, via }] of Object.entries(vulnerabilities)) {
  console.log(
    `${name}: ${severity}: ${via.map((one) => (typeof one === 'string' ? one : `${one.title} ${one.url}`)).join('; ')}`,
  );
}
process.exit(Object.keys(vulnerabilities).length > 0 ? 1 : 0);
