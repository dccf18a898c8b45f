/**
 * Runs test files, each in a process of its own and those that take longest first: node run.js --tap FILE [--lanes N] [--only PATTERN] FILE…
 *
 * `node --test` starts files by their names. A long one that starts last keeps one browser busy while nothing else is left to do.
 */
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec as Spec, tap } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * The files in the order in which they start, by the seconds that a folder's `durations.json` gives them. One that it does not know may take
 * long.
 * @param {string[]} files
 */
export function longestFirst(files) {
  const seconds = new Map(
    files.map((file) => {
      const list = join(dirname(file), 'durations.json');
      const known = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : {};
      return [file, Number(known[basename(file, '.test.js')] ?? Infinity)];
    }),
  );
  const of = (/** @type {string} */ file) => seconds.get(file) ?? Infinity;
  return [...files].sort((one, other) =>
    of(one) === of(other) ? 0 : of(other) > of(one) ? 1 : -1,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    options: {
      tap: { type: 'string' },
      lanes: { type: 'string', default: '1' },
      only: { type: 'string' },
    },
    allowPositionals: true,
  });
  const tests = run({
    files: longestFirst(positionals.map((file) => resolve(file))),
    concurrency: Number(values.lanes),
    ...(values.only !== undefined && { testNamePatterns: new RegExp(values.only) }),
  });
  tests.on('test:fail', ({ todo }) => {
    if (todo === undefined || todo === false) process.exitCode = 1;
  });
  const log = values.tap === undefined ? undefined : createWriteStream(values.tap);
  if (log) tests.compose(tap).pipe(log);
  tests.compose(new Spec()).pipe(process.stdout);
  if (log) await finished(log);
}
