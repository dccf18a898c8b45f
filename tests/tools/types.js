/** Type checks all JavaScript: the background as a worker, pages and panel with a DOM, the tests with Node. */

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { filesBelow } from './files.js';
import { EXTENSION, NODE_MODULES, ROOT } from './project.js';

/** @param {string[]} folders */
const anyScript = (folders) =>
  folders.some((folder) =>
    filesBelow(path.join(EXTENSION, folder)).some((file) => file.endsWith('.js')),
  );

/** A configuration that finds no file is an error for tsc, and a folder may be empty. */
const configurations = [
  { name: 'background', present: anyScript(['background']) },
  { name: 'pages', present: anyScript(['pages', 'panel', 'options', 'shared']) },
  { name: 'tests', present: true },
];

const tsc = path.join(NODE_MODULES, '.bin', 'tsc');
let failed = false;
for (const { name } of configurations.filter(({ present }) => present)) {
  const { status } = spawnSync(
    tsc,
    ['--project', path.join(ROOT, 'tests', `tsconfig.${name}.json`)],
    { cwd: ROOT, stdio: 'inherit' },
  );
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
