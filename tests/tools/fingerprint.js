/**
 * Prints one hash over the files and words given, to tell whether a build step's inputs changed.
 * Usage: node fingerprint.js [--word TEXT]… FILE|FOLDER…   (paths are relative to the project)
 */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { filesBelow } from './files.js';
import { ROOT } from './project.js';

const { values, positionals } = parseArgs({
  options: { word: { type: 'string', multiple: true } },
  allowPositionals: true,
});
const hash = createHash('sha256');
for (const word of values.word ?? []) hash.update(`word\0${word}\0`);
for (const name of positionals) {
  const full = path.join(ROOT, name);
  if (!existsSync(full)) continue;
  const files = statSync(full).isDirectory()
    ? filesBelow(full).map((file) => path.join(name, file))
    : [name];
  for (const file of files)
    hash
      .update(`file\0${file}\0`)
      .update(readFileSync(path.join(ROOT, file)))
      .update('\0');
}
console.log(hash.digest('hex'));
