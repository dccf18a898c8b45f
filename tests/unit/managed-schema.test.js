// What an organization may set by policy is what the profile holds, no more and no less.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { FIXED, managedSchema } from '../tools/managed-schema.js';
import { manifestFor } from '../tools/manifest.js';
import { EXTENSION } from '../tools/project.js';

/** @typedef {import('../tools/managed-schema.js').Schema} Schema */

/** @param {string} file */
const read = (file) => JSON.parse(readFileSync(path.join(EXTENSION, file), 'utf8'));
const schema = read('managed-schema.json');
const profile = read('site-profile.json');

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isGroup = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * @param {unknown} value
 * @param {string} at
 * @returns {string[]} the paths of the settings in it
 */
const settings = (value, at = '') =>
  isGroup(value)
    ? Object.entries(value).flatMap(([key, part]) =>
        settings(part, at === '' ? key : `${at}.${key}`),
      )
    : [at];

/**
 * @param {Schema} part
 * @param {string} at
 * @returns {[path: string, type: string][]}
 */
const described = (part, at = '') =>
  part.properties
    ? Object.entries(part.properties).flatMap(([key, inside]) =>
        described(inside, at === '' ? key : `${at}.${key}`),
      )
    : [[at, part.items ? `${part.type} of ${part.items.type}` : part.type]];

test('every setting of the profile is in the schema, but those that only a new version changes', () => {
  const paths = described(schema.properties.profile).map(([at]) => at);
  assert.deepEqual(
    paths.sort(),
    settings(profile)
      .filter((at) => !FIXED.includes(at))
      .sort(),
  );
});

test('each has the type that the shipped value has', () => {
  const at = (/** @type {string} */ path_) =>
    path_
      .split('.')
      .reduce((value, key) => Reflect.get(Object(value), key), /** @type {unknown} */ (profile));
  for (const [path_, type] of described(schema.properties.profile)) {
    const value = at(path_);
    const kind = (/** @type {unknown} */ one) => (typeof one === 'number' ? 'integer' : 'string');
    assert.equal(type, Array.isArray(value) ? `array of ${kind(value[0])}` : kind(value), path_);
  }
});

test('the schema is the one that its tool makes, and the manifest names it for Chromium', () => {
  assert.deepEqual(schema, managedSchema(profile));
  assert.deepEqual(manifestFor('chromium').storage, { managed_schema: 'managed-schema.json' });
  // Firefox knows no such key, and says so at every start.
  assert.equal(manifestFor('firefox').storage, undefined);
});
