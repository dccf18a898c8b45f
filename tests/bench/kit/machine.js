// The machine that a run was measured on.

import { execFileSync } from 'node:child_process';
import os from 'node:os';

/**
 * @typedef {{model: string, cores: number, memoryGb: number, system: string, load: number, node: string, chromium: string, firefox: string}} Machine
 *   load: how many programs wanted to run on average over the last minute before the run
 */

/** @param {string} command */
const versionOf = (command) =>
  /[\d.]*\d/.exec(
    execFileSync(command, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  )?.[0] ?? '';

/** @returns {Machine} */
export function machine() {
  const cores = os.cpus();
  return {
    model: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.arch()}`,
    load: Number(os.loadavg()[0]?.toFixed(1)),
    node: process.versions.node,
    chromium: versionOf(process.env['CHROMIUM'] ?? '/usr/bin/chromium'),
    firefox: versionOf(process.env['FIREFOX'] ?? '/usr/bin/firefox-esr'),
  };
}
