// The native tests are one program, which names its files: one that it does not name would never run.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../tools/project.js';

const NATIVE = path.join(ROOT, 'tests', 'native');
const WASM = path.join(ROOT, 'tests', 'wasm');
const rustFiles = (/** @type {string} */ folder) =>
  readdirSync(folder).filter((file) => file.endsWith('.rs'));

test('every file of the native tests is part of their program', () => {
  const modules = [
    ...readFileSync(path.join(NATIVE, 'main.rs'), 'utf8').matchAll(/^mod (\w+);$/gm),
  ].map((found) => `${found[1]}.rs`);
  const files = rustFiles(NATIVE);
  assert.ok(files.length > 20, 'the folder was read');
  assert.deepEqual(
    files.filter((file) => file !== 'main.rs' && !modules.includes(file)),
    [],
  );
});

test('every file of the WebAssembly tests has a runner of its own', () => {
  const manifest = readFileSync(path.join(ROOT, 'Cargo.toml'), 'utf8');
  const files = rustFiles(WASM);
  assert.ok(files.length > 0, 'the folder was read');
  assert.deepEqual(
    files.filter((file) => !manifest.includes(`path = "tests/wasm/${file}"`)),
    [],
  );
});
