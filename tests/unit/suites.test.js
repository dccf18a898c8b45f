// What the test command says of its suites and of slow tests.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { ROOT } from '../tools/project.js';
import { longestFirst } from '../tools/run.js';
import { testsOf } from '../tools/slowest.js';

/** @param {string} [times] what the last runs left behind @returns {string[]} the lines of the list */
function listed(times) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tether-list-'));
  try {
    if (times !== undefined) writeFileSync(path.join(folder, 'test-times'), times);
    return execFileSync(path.join(ROOT, 'build.sh'), ['test', '--list'], {
      encoding: 'utf8',
      env: { ...process.env, CARGO_TARGET_DIR: folder },
    })
      .trimEnd()
      .split('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('test --list', () => {
  test('names every suite that the test command runs, one per line, with its folder', () => {
    const script = readFileSync(path.join(ROOT, 'tests/tools/checks.sh'), 'utf8');
    const run = [...script.matchAll(/(?<![\w-])suite ([\w-]+) (?:''|"\$browser") /g)].map(
      ([, name]) => name,
    );
    const lines = listed();
    assert.deepEqual(
      lines.map((line) => line.split(' ')[0]),
      run,
    );
    for (const line of lines.slice(1)) {
      const folder = /\btests\/[\w-]+/.exec(line)?.[0] ?? assert.fail(line);
      assert.ok(existsSync(path.join(ROOT, folder)), folder);
      assert.match(line, /\(not run yet\)$/);
    }
  });

  test('says how long each took when it last ran', () => {
    const lines = listed('unit|65|420|2026-03-01|\ne2e|600|388|2026-03-02|firefox only\n');
    const of = (/** @type {string} */ name) => lines.find((line) => line.startsWith(name)) ?? '';
    assert.match(of('unit'), /\(1:05, 420 passed, 2026-03-01\)$/);
    assert.match(of('e2e'), /\(10:00, 388 passed, 2026-03-02, firefox only\)$/);
    assert.match(of('native'), /\(not run yet\)$/);
  });
});

test('the slowest tests are found in a report, without suites and skipped tests', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tether-slow-'));
  try {
    const file = path.join(folder, 'some.test.mjs');
    writeFileSync(
      file,
      `import { describe, test } from 'node:test';
      const wait = (ms) => new Promise((done) => setTimeout(done, ms));
      describe('a suite', () => {
        test('slow # and \\\\ odd', () => wait(60));
        test('quick', () => {});
        test('skipped', { skip: 'not here' }, () => wait(90));
      });
      test('slower', () => wait(120));`,
    );
    const tap = execFileSync(process.execPath, ['--test', '--test-reporter=tap', file], {
      encoding: 'utf8',
      env: { ...process.env, NODE_TEST_CONTEXT: undefined },
    });
    const found = testsOf(tap);
    assert.deepEqual(
      found.map(({ name }) => name),
      ['slower', 'slow # and \\ odd', 'quick'],
    );
    assert.ok((found[0]?.ms ?? 0) >= 100 && (found[1]?.ms ?? 0) >= 50, JSON.stringify(found));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('test files', () => {
  const folder = path.join(ROOT, 'tests/e2e');

  test('start with those that nothing is known of, then those that take longest', () => {
    const own = mkdtempSync(path.join(os.tmpdir(), 'tether-order-'));
    try {
      writeFileSync(path.join(own, 'durations.json'), '{"short": 3, "longest": 70, "long": 9}');
      const files = ['short', 'new', 'long', 'newer', 'longest'].map((name) =>
        path.join(own, `${name}.test.js`),
      );
      assert.deepEqual(
        longestFirst(files).map((file) => path.basename(file, '.test.js')),
        ['new', 'newer', 'longest', 'long', 'short'],
      );
    } finally {
      rmSync(own, { recursive: true });
    }
  });

  test('of every one whose time is known there is the file', () => {
    const list = readFileSync(path.join(folder, 'durations.json'), 'utf8');
    for (const name of Object.keys(JSON.parse(list)))
      assert.ok(existsSync(path.join(folder, `${name}.test.js`)), name);
  });

  test('each runs in its own process, a part of them by name; a failure is the result of the whole', () => {
    const own = mkdtempSync(path.join(os.tmpdir(), 'tether-run-'));
    const run = (/** @type {string[]} */ ...words) =>
      spawnSync(process.execPath, [path.join(ROOT, 'tests/tools/run.js'), ...words], {
        cwd: own,
        encoding: 'utf8',
        env: { ...process.env, NODE_TEST_CONTEXT: undefined },
      });
    try {
      writeFileSync(
        path.join(own, 'one.test.mjs'),
        `import { test } from 'node:test';
        test('good', () => {});
        test('bad', () => Promise.reject(new Error('as it should')));`,
      );
      writeFileSync(path.join(own, 'other.test.mjs'), 'process.exit(3)');
      const whole = run('--tap', 'whole.tap', '--lanes=2', 'one.test.mjs', 'other.test.mjs');
      assert.equal(whole.status, 1, whole.stdout);
      const tap = readFileSync(path.join(own, 'whole.tap'), 'utf8');
      assert.match(tap, /^# pass 1$/m);
      assert.match(tap, /^# fail 2$/m);
      const part = run('--only=good', 'one.test.mjs');
      assert.equal(part.status, 0, part.stdout);
    } finally {
      rmSync(own, { recursive: true });
    }
  });
});
