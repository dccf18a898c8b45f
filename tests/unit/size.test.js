// The core's size has a budget. `node tests/tools/bytes.js` shows what the bytes are.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { BROWSERS, DIST } from '../tools/project.js';

/** Bytes: a little more than it was when this was set. */
const BUDGET = { raw: 2_950_000, gzipped: 1_140_000 };

test('the core that ships stays within its budget, whole and compressed', () => {
  for (const browser of BROWSERS) {
    const core = readFileSync(path.join(DIST, browser, 'core', 'tether_bg.wasm'));
    const sizes = { raw: core.length, gzipped: gzipSync(core, { level: 9 }).length };
    assert.equal(core.subarray(0, 4).toString('latin1'), '\0asm');
    assert.ok(
      sizes.raw <= BUDGET.raw && sizes.gzipped <= BUDGET.gzipped,
      `${browser}: ${JSON.stringify(sizes)} of ${JSON.stringify(BUDGET)} bytes`,
    );
  }
});
