// Extensions to measure with and against, each in a folder of its own: what is shipped stays as it is.

import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DIST, ROOT } from '../../tools/project.js';

/** @typedef {import('../../tools/project.js').Browser} Browser */
/** @typedef {{folder: string, remove: () => Promise<void>}} Extension */

const PAGE = path.join(ROOT, 'tests', 'bench', 'page');

/** The page of an extension from which messages are sent and the core is measured, below its folder. */
export const BENCH_PAGE = 'bench/bench.html';

/**
 * Tether as it ships, and a blank page of its own to measure from.
 * @param {Browser} browser
 * @returns {Promise<Extension>}
 */
export async function shipped(browser) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tether-bench-'));
  await cp(path.join(DIST, browser), folder, { recursive: true });
  await cp(PAGE, path.join(folder, 'bench'), { recursive: true });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * The same background with the same manifest, but nothing in the place of the core: it decides nothing and shows nothing.
 * @param {Browser} browser
 * @returns {Promise<Extension>}
 */
export async function withoutCore(browser) {
  const made = await shipped(browser);
  const script = path.join(made.folder, 'core', 'tether.js');
  const names = [...(await readFile(script, 'utf8')).matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => name);
  if (!names.includes('handle')) throw new Error(`the core exports ${names.join(', ')} and no handle`);
  /** @type {Record<string, string>} */
  const answers = { handle: '({ effects: [], save: [], view: null, wake_at: null })', hosts: '({ portal: [], zendesk: [] })' };
  await writeFile(script, ['export default async () => undefined;', ...names.map((name) =>
    `export const ${name} = () => ${answers[name ?? ''] ?? 'undefined'};`)].join('\n'));
  await rm(path.join(made.folder, 'core', 'tether_bg.wasm'));
  return made;
}

/**
 * The same manifest, with a background that answers every message at once, and an empty script for the portal's pages and Zendesk's.
 * @param {Browser} browser
 * @returns {Promise<Extension>}
 */
export async function bare(browser) {
  const made = await shipped(browser);
  const manifest = JSON.parse(await readFile(path.join(made.folder, 'manifest.json'), 'utf8'));
  // Nobody opens the welcome page here, and the harness waits for it where it is.
  for (const gone of ['core', 'background', 'pages', 'options/welcome.html']) await rm(path.join(made.folder, gone), { recursive: true });
  await mkdir(path.join(made.folder, 'background'));
  await mkdir(path.join(made.folder, 'pages'));
  await writeFile(path.join(made.folder, 'background', 'background.js'),
    '(globalThis.browser ?? chrome).runtime.onMessage.addListener((message, sender, answer) => { answer(true); });\n');
  await writeFile(path.join(made.folder, 'pages', 'empty.js'), '');
  manifest.content_scripts = [{
    matches: ['https://customers.gitlab.com/admin*', 'https://gitlab.zendesk.com/*'], js: ['pages/empty.js'], run_at: 'document_idle',
  }];
  await writeFile(path.join(made.folder, 'manifest.json'), JSON.stringify(manifest));
  return made;
}
