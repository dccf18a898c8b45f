/**
 * Makes dist/tether-<version>-{chromium,firefox,source}.zip. The same source makes the same bytes: sorted names, one time stamp,
 * fixed permissions, and a deflate written in JavaScript, which no machine's zlib changes.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import { filesBelow } from './files.js';
import { BROWSERS, DIST, ROOT, version } from './project.js';

// A zip entry holds local time, and this is the earliest that it can hold.
const STAMP = new Date(1980, 0, 1);
const UNIX = 3;
/** What the source package leaves out when there is no git to ask. */
const NOT_SOURCE = /^(?:\.git|target|dist|tests\/node_modules|tests\/out)(?:\/|$)/;

/**
 * @param {string} folder
 * @param {readonly string[]} files relative to the folder, with forward slashes
 * @param {string} [prefix] a folder inside the archive
 * @returns {Uint8Array}
 */
export function archive(folder, files, prefix = '') {
  /** @type {import('fflate').Zippable} */
  const entries = {};
  for (const file of [...files].sort()) {
    const full = path.join(folder, file);
    const mode = statSync(full).mode & 0o100 ? 0o100755 : 0o100644;
    entries[prefix + file] = [
      new Uint8Array(readFileSync(full)),
      { mtime: STAMP, os: UNIX, attrs: mode << 16, level: 9 },
    ];
  }
  return zipSync(entries);
}

/**
 * The project's own files: what git tracks or would track.
 * @param {string} root
 * @returns {string[]}
 */
export function sourceFiles(root) {
  if (!existsSync(path.join(root, '.git')))
    return filesBelow(root).filter((file) => !NOT_SOURCE.test(file));
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root, encoding: 'utf8' },
  );
  return [...new Set(listed.split('\0'))]
    .filter((file) => file !== '' && existsSync(path.join(root, file)))
    .sort();
}

/** Writes the three archives. */
export function packageAll() {
  const release = version();
  mkdirSync(DIST, { recursive: true });
  /** @type {[string, Uint8Array][]} */
  const archives = [
    ...BROWSERS.map((browser) => {
      const folder = path.join(DIST, browser);
      return /** @type {[string, Uint8Array]} */ ([browser, archive(folder, filesBelow(folder))]);
    }),
    ['source', archive(ROOT, sourceFiles(ROOT), `tether-${release}/`)],
  ];
  for (const [name, bytes] of archives) {
    const file = `tether-${release}-${name}.zip`;
    writeFileSync(path.join(DIST, file), bytes);
    console.log(`dist/${file}: ${bytes.length} bytes`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) packageAll();
