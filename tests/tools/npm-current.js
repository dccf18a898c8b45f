/**
 * Exits with 0 when tests/node_modules holds exactly what tests/package-lock.json asks for, as npm itself noted on the last
 * install. Needs no package, so that it can run before any is installed.
 */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './project.js';

/** @typedef {{version?: string, integrity?: string, optional?: boolean}} Package */

/**
 * @param {string} file
 * @returns {Record<string, Package>}
 */
const packagesIn = (file) =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')).packages ?? {}) : {};

const wanted = packagesIn(path.join(ROOT, 'tests', 'package-lock.json'));
const installed = packagesIn(path.join(ROOT, 'tests', 'node_modules', '.package-lock.json'));

const current =
  Object.entries(wanted).every(([name, { version, optional }]) => {
    if (name === '') return true;
    // An optional package for another platform is not installed, and that is right.
    const present = installed[name];
    return present ? present.version === version : optional === true;
  }) && Object.keys(installed).every((name) => name in wanted);
process.exit(current ? 0 : 1);
