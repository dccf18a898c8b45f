// Scripts and styles of the admin: the real navigation libraries from their packages, and this stand-in's own files beside it.

import { readFile } from 'node:fs/promises';

const SCRIPT = 'text/javascript; charset=utf-8';

/** @type {Record<string, {type: string, at: () => URL}>} */
const FILES = {
  'turbo-standin.js': {
    type: SCRIPT,
    at: () => library('@hotwired/turbo/dist/turbo.es2017-umd.js'),
  },
  'jquery-standin.js': { type: SCRIPT, at: () => library('jquery/dist/jquery.js') },
  'jquery-pjax-standin.js': { type: SCRIPT, at: () => library('jquery-pjax/jquery.pjax.js') },
  'jquery-shim-standin.js': { type: SCRIPT, at: () => own('client-jquery-shim.js') },
  'application-standin.js': { type: SCRIPT, at: () => own('client-v3.js') },
  'rails_admin-standin.js': { type: SCRIPT, at: () => own('client-v2.js') },
  'application-standin.css': { type: 'text/css; charset=utf-8', at: () => own('style.css') },
};

/** @type {Map<string, Promise<Buffer>>} */
const read = new Map();

/** @param {string} name */
function own(name) {
  return new URL(name, import.meta.url);
}

/** @param {string} path  below the installed packages; not every package lets its files be resolved by name */
function library(path) {
  return new URL(`../../node_modules/${path}`, import.meta.url);
}

/**
 * @param {string} path
 * @returns {Promise<{type: string, body: Buffer}|null>} null if no such file is served
 */
export async function asset(path) {
  const name = /^\/assets\/rails_admin\/([\w.-]+)$/.exec(path)?.[1] ?? '';
  const file = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  if (!file) return null;
  const body = read.get(name) ?? readFile(file.at());
  read.set(name, body);
  return { type: file.type, body: await body };
}
