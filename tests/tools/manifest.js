/**
 * Makes each browser's manifest from the one in extension/manifest.json: what is under "chromium" or "firefox" there is
 * merged into the common part (objects key by key, lists by appending), and the version comes from Cargo.toml.
 */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EXTENSION, version } from './project.js';

/** @typedef {import('./project.js').Browser} Browser */
/** @typedef {Record<string, unknown>} Json */

/**
 * @param {unknown} value
 * @returns {value is Json}
 */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * @param {unknown} base
 * @param {unknown} extra
 * @returns {unknown}
 */
function merge(base, extra) {
  if (Array.isArray(base) && Array.isArray(extra)) return [...base, ...extra];
  if (!isObject(base) || !isObject(extra)) return extra;
  /** @type {Json} */
  const merged = { ...base };
  for (const [key, value] of Object.entries(extra))
    merged[key] = key in merged ? merge(merged[key], value) : value;
  return merged;
}

/**
 * @param {Json} source the parsed extension/manifest.json
 * @param {Browser} browser
 * @param {string} release
 * @returns {Json}
 */
export function manifestOf(source, browser, release) {
  const { chromium, firefox, manifest_version, name, ...common } = source;
  const own = browser === 'chromium' ? chromium : firefox;
  return {
    manifest_version,
    name,
    version: release,
    .../** @type {Json} */ (merge(common, own ?? {})),
  };
}

/**
 * @param {Browser} browser
 * @returns {Json}
 */
export function manifestFor(browser) {
  return manifestOf(
    JSON.parse(readFileSync(path.join(EXTENSION, 'manifest.json'), 'utf8')),
    browser,
    version(),
  );
}

/**
 * Every file that a manifest names, relative to the extension's root.
 * @param {unknown} manifest
 * @returns {string[]}
 */
export function filesNamedBy(manifest) {
  /** @type {Set<string>} */
  const files = new Set();
  /** @param {unknown} value */
  const walk = (value) => {
    if (typeof value === 'string' && /^[\w./-]+\.(?:js|html|css|png|svg|json)$/.test(value))
      files.add(value);
    else if (Array.isArray(value)) value.forEach(walk);
    else if (isObject(value)) Object.values(value).forEach(walk);
  };
  walk(manifest);
  return [...files].sort();
}
