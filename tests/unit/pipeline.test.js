// GitLab's pipeline does what a developer does: the same commands, and nothing of its own.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { load } from 'js-yaml';
import { ROOT } from '../tools/project.js';

/**
 * @typedef {object} Job
 * @property {string} [image]
 * @property {string} [stage]
 * @property {string[]} [script]
 * @property {string[]} [before_script]
 * @property {string[]} [after_script]
 * @property {{if?: string}[]} [rules]
 * @property {{paths: string[], when?: string, expire_in?: string}} [artifacts]
 * @property {{paths: string[], key: {files: string[]}}} [cache]
 * @property {{matrix: Record<string, string[]>[]}} [parallel]
 * @property {boolean} [allow_failure]
 */

/** @param {string} file */
const read = (file) => readFileSync(path.join(ROOT, file), 'utf8');

/** Keys of the file that are no job. */
const GLOBAL = ['stages', 'workflow', 'default', 'variables'];

describe('the pipeline', () => {
  const file = /** @type {Record<string, unknown>} */ (load(read('.gitlab-ci.yml')));
  const defaults = /** @type {Job} */ (file['default']);
  const stages = /** @type {string[]} */ (file['stages']);
  const variables = /** @type {Record<string, string>} */ (file['variables']);
  const jobs = Object.entries(file)
    .filter(([name]) => !GLOBAL.includes(name))
    .map(([name, job]) => ({ name, .../** @type {Job} */ (job) }));
  /** @param {string} name */
  const job = (name) =>
    jobs.find((one) => one.name === name) ?? assert.fail(`there is a job ${name}`);

  test('runs for merge requests, for the main branch and for tags', () => {
    const { rules } = /** @type {{rules: {if: string}[]}} */ (file['workflow']);
    assert.deepEqual(
      rules.map((rule) => rule.if),
      [
        '$CI_PIPELINE_SOURCE == "merge_request_event"',
        '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
        '$CI_COMMIT_TAG',
      ],
    );
  });

  test('gives the commands that a developer gives, and no other', () => {
    const help = execFileSync(path.join(ROOT, 'build.sh'), ['help'], { encoding: 'utf8' });
    const commands = [...help.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name);
    assert.ok(commands.includes('test') && commands.includes('package'), help);
    const given = [defaults, ...jobs].flatMap((one) =>
      [one.before_script, one.script, one.after_script].flatMap((lines) => lines ?? []),
    );
    assert.ok(given.length >= jobs.length + 1);
    for (const line of given) {
      const known =
        /^\.ci\/(?:prepare|run)$/.test(line) ||
        commands.includes(
          /^\.\/build\.sh (\w+)(?: (?:--[a-z]+|"\$(?:CI_COMMIT_TAG|BROWSER)"))*$/.exec(line)?.[1],
        );
      assert.ok(known, line);
    }
    for (const script of ['.ci/prepare', '.ci/run', 'build.sh'])
      assert.ok(statSync(path.join(ROOT, script)).mode & 0o100, `${script} can be run`);
  });

  test('has only jobs with a script in a stage that there is', () => {
    for (const { name, stage, script } of jobs) {
      assert.ok(script && script.length > 0, name);
      assert.ok(stages.includes(stage ?? ''), `${name} is in ${stage}`);
    }
    assert.deepEqual(job('test').script, ['.ci/run']);
    assert.equal(job('test').rules, undefined, 'the tests run always');
    assert.equal(job('test').allow_failure, undefined);
    // What takes turns there runs in each browser before a release.
    const every = job('every test');
    assert.deepEqual(every.parallel, { matrix: [{ BROWSER: ['chromium', 'firefox'] }] });
    assert.deepEqual(every.rules, [
      { if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' },
      { if: '$CI_COMMIT_TAG' },
    ]);
    assert.equal(every.allow_failure, undefined);
  });

  test('builds with the version of Rust that Cargo.toml asks for', () => {
    const [, wanted] = /^rust-version = "([\d.]+)"$/m.exec(read('Cargo.toml')) ?? [];
    assert.match(defaults.image ?? '', new RegExp(`^rust:${wanted?.replace('.', '\\.')}-`));
    assert.deepEqual(
      jobs.filter(({ image }) => image !== undefined),
      [],
    );
  });

  test('keeps what was fetched and installed, in folders that no package holds', () => {
    assert.deepEqual(defaults.cache?.key.files, ['Cargo.lock', 'tests/package-lock.json']);
    const paths = defaults.cache?.paths ?? [];
    for (const part of ['cargo', 'npm', 'tools'])
      assert.ok(
        paths.some((one) => one.includes(part)),
        part,
      );
    assert.ok(
      paths.every((one) => one.startsWith('target/')),
      paths.join(),
    );
    for (const name of ['CARGO_HOME', 'npm_config_cache'])
      assert.match(variables[name] ?? '', /^\$CI_PROJECT_DIR\/target\//, name);
    assert.match(read('.gitignore'), /^\/target$/m);
  });

  test('keeps the packages with what the stores ask for, and what the tests leave behind, of failed ones too', () => {
    for (const name of ['package', 'release'])
      assert.deepEqual(job(name).artifacts?.paths, ['dist/*.zip', 'dist/store/'], name);
    assert.ok(job('test').artifacts?.paths.includes('tests/out/'));
    assert.equal(job('test').artifacts?.when, 'always');
  });

  test('makes a release only of a tag, which must be the version in Cargo.toml', () => {
    assert.deepEqual(job('release').rules, [{ if: '$CI_COMMIT_TAG' }]);
    assert.deepEqual(job('release').script, ['./build.sh package --check --tag "$CI_COMMIT_TAG"']);
    assert.deepEqual(job('package').rules, [{ if: '$CI_COMMIT_TAG == null' }]);
  });
});
