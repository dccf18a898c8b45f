// Builds the extension under test into a folder of its own, and the scripts of the pages that it is tried on.

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const PAGES = path.resolve(HERE, '../../../extension/pages');

/** @returns {Promise<{folder: string, remove: () => Promise<void>}>} */
export async function buildExtension() {
  const folder = await mkdtemp(path.join(tmpdir(), 'page-scripts-'));
  await cp(path.join(HERE, 'extension'), folder, { recursive: true });
  await cp(
    path.resolve(PAGES, '../background/page-scripts.js'),
    path.join(folder, 'page-scripts.js'),
  );
  await build({
    entryPoints: [
      'portal',
      'zendesk-composer',
      'zendesk-compose',
      'zendesk-status',
      'zendesk-shown',
      'zendesk-take-out',
      'zendesk-request',
      'zendesk-field',
      'zendesk-organization',
    ].map((name) => path.join(PAGES, `${name}.js`)),
    outdir: path.join(folder, 'pages'),
    bundle: true,
    format: 'iife',
    minify: true,
    target: ['chrome120', 'firefox140'],
    logLevel: 'warning',
  });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * One script for a page, in memory.
 * @param {string} file beside this one
 * @returns {Promise<string>}
 */
export async function bundle(file) {
  const result = await build({
    entryPoints: [path.join(HERE, file)],
    bundle: true,
    format: 'iife',
    write: false,
    minify: true,
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.css': 'empty' },
  });
  return result.outputFiles[0]?.text ?? '';
}
