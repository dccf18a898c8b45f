/** Puts dist/chromium and dist/firefox together from the built core and extension/. */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { filesBelow, sync } from './files.js';
import { filesNamedBy, manifestFor } from './manifest.js';
import { notices } from './notices.js';
import { BROWSERS, CORE, DIST, EXTENSION, NODE_MODULES, ROOT } from './project.js';

/** Folders of extension/ that ship as they stand there, but for the panel's own script and stylesheet. */
const FOLDERS = ['background', 'panel', 'options', 'shared', 'icons'];
/** What a script that is put into a page should not exceed, in bytes. */
export const PAGE_SCRIPT_LIMIT = 6000;
const SHIPPED = /\.(?:js|html|css|png|svg|json)$/;

/**
 * The scripts that run in pages, each bundled into one classic script: a content script can't import.
 * @returns {Promise<Map<string, Uint8Array>>}
 */
export async function pageScripts() {
  const pages = path.join(EXTENSION, 'pages');
  const entryPoints = filesBelow(pages)
    .map((file) => /^(?:([\w-]+)\/main|([\w-]+))\.js$/.exec(file))
    .filter((found) => found !== null)
    .map((found) => ({ in: path.join(pages, found[0]), out: found[1] ?? found[2] ?? '' }));
  if (entryPoints.length === 0) return new Map();
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints,
    outdir: path.join(DIST, 'pages'),
    bundle: true,
    format: 'iife',
    target: ['chrome120', 'firefox142'],
    charset: 'utf8',
    // Into a page that is not ours goes as little as possible; short names save a third. Line breaks stay, so that a stack trace
    // and a reviewer's note can name a place; to read it, there is the source in small files.
    minify: true,
    lineLimit: 500,
    legalComments: 'inline',
    write: false,
    logLevel: 'warning',
  });
  for (const file of result.outputFiles.filter(
    ({ contents }) => contents.length > PAGE_SCRIPT_LIMIT,
  )) {
    console.log(
      `warning: ${path.basename(file.path)} has ${file.contents.length} bytes, more than ${PAGE_SCRIPT_LIMIT}: split it by what is ordered`,
    );
  }
  return new Map(
    result.outputFiles.map((file) => [`pages/${path.basename(file.path)}`, file.contents]),
  );
}

/**
 * Idiomorph as it ships, but for one call: while morphing a page's head it parses text as HTML, which the panel never asks of it
 * and reviewers of extensions rightly dislike. Importing the node does the same without parsing.
 * @returns {Map<string, Uint8Array>}
 */
function idiomorph() {
  const folder = path.join(NODE_MODULES, 'idiomorph');
  const original = readFileSync(path.join(folder, 'dist', 'idiomorph.esm.js'), 'utf8');
  const parts = original.split(
    /ctx\.doc\.createRange\(\)\.createContextualFragment\(newNode\.outerHTML\)\s*\.firstChild/,
  );
  if (parts.length !== 2)
    throw new Error(
      'idiomorph changed: look at how it parses HTML now, in tests/tools/assemble.js',
    );
  const header =
    '/*! idiomorph, see shared/vendor/idiomorph.LICENSE.txt. Changed by Tether: new elements of a head are imported, not parsed. */\n';
  return new Map([
    ['idiomorph.js', Buffer.from(header + parts.join('ctx.doc.importNode(newNode, true)'))],
    ['idiomorph.LICENSE.txt', readFileSync(path.join(folder, 'LICENSE'))],
  ]);
}

/**
 * The panel's script and stylesheet, each with all that it imports, since a panel that opens would wait for one file after the other. As they
 * are written, so that they can be read where they run.
 * @param {Map<string, Uint8Array>} vendored what they import that is not in extension/
 * @returns {Promise<Map<string, Uint8Array>>}
 */
async function panelFiles(vendored) {
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: ['js', 'css'].map((kind) => path.join(EXTENSION, 'panel', `panel.${kind}`)),
    outdir: path.join(DIST, 'panel'),
    bundle: true,
    format: 'esm',
    charset: 'utf8',
    legalComments: 'inline',
    write: false,
    logLevel: 'warning',
    plugins: [
      {
        name: 'vendored',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /\/vendor\// }, ({ path: name }) => ({
            path: path.basename(name),
            namespace: 'vendored',
          }));
          onLoad({ filter: /./, namespace: 'vendored' }, ({ path: name }) => {
            const contents = vendored.get(name);
            return contents ? { contents } : undefined;
          });
        },
      },
    ],
  });
  return new Map(
    result.outputFiles.map((file) => [`panel/${path.basename(file.path)}`, file.contents]),
  );
}

/**
 * @returns {Promise<Map<string, Uint8Array>>} what both browsers share
 */
async function sharedFiles() {
  const files = await pageScripts();
  for (const name of ['tether.js', 'tether_bg.wasm'])
    files.set(`core/${name}`, readFileSync(path.join(CORE, name)));
  for (const folder of FOLDERS) {
    for (const file of filesBelow(path.join(EXTENSION, folder))) {
      if (SHIPPED.test(file))
        files.set(`${folder}/${file}`, readFileSync(path.join(EXTENSION, folder, file)));
    }
  }
  for (const file of ['site-profile.json', 'free-mail.txt', 'managed-schema.json']) {
    const source = path.join(EXTENSION, file);
    if (existsSync(source)) files.set(file, readFileSync(source));
  }
  const vendored = idiomorph();
  for (const [name, bytes] of vendored) files.set(`shared/vendor/${name}`, bytes);
  for (const [name, bytes] of await panelFiles(vendored)) files.set(name, bytes);
  files.set('LICENSE.txt', readFileSync(path.join(ROOT, 'LICENSE')));
  files.set('THIRD-PARTY.txt', Buffer.from(notices()));
  return files;
}

/** @returns {Promise<void>} */
export async function assemble() {
  const shared = await sharedFiles();
  for (const browser of BROWSERS) {
    const manifest = manifestFor(browser);
    const missing = filesNamedBy(manifest).filter((file) => !shared.has(file));
    if (missing.length > 0)
      throw new Error(`${browser}'s manifest names files that do not exist: ${missing.join(', ')}`);
    const files = new Map(shared).set(
      'manifest.json',
      Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
    );
    const changes = sync(path.join(DIST, browser), files);
    console.log(
      `dist/${browser}: ${files.size} files${changes === 0 ? ', up to date' : `, ${changes} changed`}`,
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await assemble();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
