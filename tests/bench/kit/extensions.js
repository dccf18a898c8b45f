// Extensions to measure and to compare with, each in its own folder. The shipped one stays unchanged.

import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DIST, ROOT } from '../../tools/project.js';

/** @typedef {import('../../tools/project.js').Browser} Browser */
/** @typedef {{folder: string, remove: () => Promise<void>}} Extension */

const PAGE = path.join(ROOT, 'tests', 'bench', 'page');

/** The page of an extension from which messages are sent and the core is measured, below its folder. */
export const BENCH_PAGE = 'bench/bench.html';

/**
 * Tether as it ships, with an empty page to measure from.
 * @param {Browser} browser
 * @returns {Promise<Extension>}
 */
export async function shipped(browser) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tether-bench-'));
  await cp(path.join(DIST, browser), folder, { recursive: true });
  await cp(PAGE, path.join(folder, 'bench'), { recursive: true });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** What a core answers that decides nothing and shows nothing. @type {Record<string, string>} */
const ANSWERS = {
  handle:
    '({ effects: [], save: [], views: [], storable: [], signed_out: [], wake_at: null, pages: [] })',
  hosts: '({ portal: [], zendesk: [] })',
};

/** @param {string} script the core's, which tells what a core has to offer */
function silent(script) {
  const names = [...script.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => name);
  if (!names.includes('handle'))
    throw new Error(`the core exports ${names.join(', ')} and no handle`);
  return names.map((name) => `export const ${name} = () => ${ANSWERS[name ?? ''] ?? 'undefined'};`);
}

/**
 * The same background with the same manifest, but nothing instead of the core.
 * @param {Browser} browser
 * @returns {Promise<Extension>}
 */
export async function withoutCore(browser) {
  const made = await shipped(browser);
  const script = path.join(made.folder, 'core', 'tether.js');
  await writeFile(
    script,
    ['export default async () => undefined;', ...silent(await readFile(script, 'utf8'))].join('\n'),
  );
  await rm(path.join(made.folder, 'core', 'tether_bg.wasm'));
  return made;
}

/**
 * The same with the core loaded, and never asked for anything: what no core of that size goes below.
 * @param {Browser} browser
 * @returns {Promise<Extension>}
 */
export async function idleCore(browser) {
  const made = await shipped(browser);
  const script = path.join(made.folder, 'core', 'tether.js');
  const whole = path.join(made.folder, 'core', 'whole.js');
  await rename(script, whole);
  await writeFile(
    script,
    ["export { default } from './whole.js';", ...silent(await readFile(whole, 'utf8'))].join('\n'),
  );
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
  // Nothing opens the welcome page here, and the harness would wait for it.
  for (const gone of ['core', 'background', 'pages', 'options/welcome.html'])
    await rm(path.join(made.folder, gone), { recursive: true });
  await mkdir(path.join(made.folder, 'background'));
  await mkdir(path.join(made.folder, 'pages'));
  await writeFile(
    path.join(made.folder, 'background', 'background.js'),
    '(globalThis.browser ?? chrome).runtime.onMessage.addListener((message, sender, answer) => { answer(true); });\n',
  );
  await writeFile(path.join(made.folder, 'pages', 'empty.js'), '');
  manifest.content_scripts = [
    {
      matches: ['https://customers.gitlab.com/admin*', 'https://gitlab.zendesk.com/*'],
      js: ['pages/empty.js'],
      run_at: 'document_idle',
    },
  ];
  await writeFile(path.join(made.folder, 'manifest.json'), JSON.stringify(manifest));
  return made;
}
