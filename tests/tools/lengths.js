/** Warns of source files that have grown too long to have one subject. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sourceFiles } from './package.js';
import { ROOT } from './project.js';

const LIMIT = 450;

const long = sourceFiles(ROOT)
  .filter((file) => /^(?:src|extension|tests)\/.*\.(?:rs|js|css|html|sh)$|^build\.sh$/.test(file))
  .map((file) => ({
    file,
    lines: readFileSync(path.join(ROOT, file), 'utf8').split('\n').length - 1,
  }))
  .filter(({ lines }) => lines > LIMIT);
for (const { file, lines } of long)
  console.log(`warning: ${file} has ${lines} lines, more than ${LIMIT}`);
