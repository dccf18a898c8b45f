/**
 * Makes dist/tether-<version>-{chromium,firefox,source}.zip, dist/store and, with --update-url, dist/updates. The same source makes the
 * same archives: sorted names, one time stamp, fixed permissions, and a deflate written in JavaScript, which no machine's zlib changes.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { zipSync } from 'fflate';
import { filesBelow, sync } from './files.js';
import { manifestFor } from './manifest.js';
import { DIST, ROOT, version } from './project.js';
import { storeFiles, toolVersions } from './store.js';
import { folderOf, updateFiles, withUpdateUrl } from './updates.js';

/** @typedef {import('./project.js').Browser} Browser */
/** @typedef {Record<string, unknown>} Json */

// A zip entry holds local time, and this is the earliest that it can hold.
const STAMP = new Date(1980, 0, 1);
const UNIX = 3;
/** What the source package leaves out when there is no git to ask. */
const NOT_SOURCE = /^(?:\.git|target|dist|tests\/node_modules|tests\/out)(?:\/|$)/;

/**
 * @param {string} folder
 * @param {readonly string[]} files relative to the folder, with forward slashes
 * @param {string} [prefix] a folder inside the archive
 * @param {Map<string, Uint8Array>} [instead] the content of files that differ from the folder's
 * @returns {Uint8Array}
 */
export function archive(folder, files, prefix = '', instead = new Map()) {
  /** @type {import('fflate').Zippable} */
  const entries = {};
  for (const file of [...files].sort()) {
    const full = path.join(folder, file);
    const mode = statSync(full).mode & 0o100 ? 0o100755 : 0o100644;
    entries[prefix + file] = [
      new Uint8Array(instead.get(file) ?? readFileSync(full)),
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

/**
 * A browser's package. Its manifest is the one in dist, which may also say where updates are.
 * @param {Browser} browser
 * @param {Json} manifest
 */
function packageOf(browser, manifest) {
  const folder = path.join(DIST, browser);
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  return archive(folder, filesBelow(folder), '', new Map([['manifest.json', bytes]]));
}

/** @param {string | undefined} file @returns {Buffer | undefined} */
function readIfNamed(file) {
  if (file === undefined) return undefined;
  if (!existsSync(file)) throw new Error(`there is no file ${file}`);
  return readFileSync(file);
}

/**
 * Writes the archives and what is needed to publish them.
 * @param {{'update-url'?: string | undefined, key?: string | undefined, signed?: string | undefined}} options
 */
export function packageAll(options) {
  const release = version();
  const address = options['update-url'];
  const folder = address === undefined ? undefined : folderOf(address);
  const key = readIfNamed(options.key)?.toString('utf8');
  const signed = readIfNamed(options.signed);
  if (folder === undefined && (key ?? signed) !== undefined)
    throw new Error('--key and --signed only make sense together with --update-url');

  mkdirSync(DIST, { recursive: true });
  /** @param {Browser} browser @returns {Json} */
  const manifestOf = (browser) => {
    const manifest = manifestFor(browser);
    return folder === undefined ? manifest : withUpdateUrl(manifest, browser, folder);
  };
  const manifests = { chromium: manifestOf('chromium'), firefox: manifestOf('firefox') };
  const zips = {
    chromium: packageOf('chromium', manifests.chromium),
    firefox: packageOf('firefox', manifests.firefox),
  };
  const source = archive(ROOT, sourceFiles(ROOT), `tether-${release}/`);
  /** @param {string} kind */
  const nameOf = (kind) => `tether-${release}-${kind}.zip`;
  for (const [kind, bytes] of Object.entries({ ...zips, source })) {
    writeFileSync(path.join(DIST, nameOf(kind)), bytes);
    console.log(`dist/${nameOf(kind)}: ${bytes.length} bytes`);
  }

  const updates = path.join(DIST, 'updates');
  if (folder === undefined) rmSync(updates, { recursive: true, force: true });
  else {
    const { files, missing } = updateFiles({ folder, manifests, zips, key, signed });
    sync(updates, files);
    console.log(`dist/updates, to publish at ${folder}: ${[...files.keys()].sort().join(', ')}`);
    for (const what of missing) console.log(`  not ready: ${what}`);
  }

  const store = storeFiles({
    manifests,
    packages: {
      firefox: { name: nameOf('firefox'), bytes: zips.firefox },
      source: { name: nameOf('source'), bytes: source },
    },
    versions: toolVersions(),
    command: `./build.sh package --no-screenshots${folder === undefined ? '' : ` --update-url ${folder}`}`,
  });
  sync(path.join(DIST, 'store'), store);
  console.log(`dist/store: ${store.size} files`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const text = /** @type {const} */ ({ type: 'string' });
    const { values } = parseArgs({ options: { 'update-url': text, key: text, signed: text } });
    packageAll(values);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
