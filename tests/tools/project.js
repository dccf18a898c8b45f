/** Where things are in the project, for every tool here. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const EXTENSION = path.join(ROOT, 'extension');
export const DIST = path.join(ROOT, 'dist');
/** The optimized core: tether.js and tether_bg.wasm. */
export const CORE = path.join(ROOT, 'target', 'core');
export const NODE_MODULES = path.join(ROOT, 'tests', 'node_modules');

/** @typedef {'chromium' | 'firefox'} Browser */

/** @type {readonly Browser[]} */
export const BROWSERS = ['chromium', 'firefox'];

/**
 * The version in Cargo.toml, its only source.
 * @returns {string}
 */
export function version() {
  const found = /^\[package\]$[^[]*?^version = "([^"]+)"$/ms.exec(
    readFileSync(path.join(ROOT, 'Cargo.toml'), 'utf8'),
  );
  if (!found?.[1]) throw new Error('Cargo.toml names no version in [package]');
  return found[1];
}
