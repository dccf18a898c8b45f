// The native tests are one program, which names its files: one that it does not name would never run.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../tools/project.js';

const TESTS = path.join(ROOT, 'tests');

test('every file of Rust tests is part of the native tests or has a runner of its own', () => {
  const modules = [...readFileSync(path.join(TESTS, 'native.rs'), 'utf8').matchAll(/^mod (\w+);$/gm)].map((found) => found[1]);
  const own = [...readFileSync(path.join(ROOT, 'Cargo.toml'), 'utf8').matchAll(/^path = "tests\/(\w+)\.rs"$/gm)].map((found) => found[1]);
  const files = readdirSync(TESTS).filter((file) => file.endsWith('.rs')).map((file) => file.slice(0, -'.rs'.length));
  assert.ok(files.length > 20 && own.includes('native'), 'the folder and Cargo.toml were read');
  assert.deepEqual(files.filter((file) => !modules.includes(file) && !own.includes(file)), []);
});
