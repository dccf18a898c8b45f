/**
 * Makes THIRD-PARTY.txt: the work of others that ships, its licenses, and the notices that they require. MIT, ISC
 * and BSD ask for the copyright lines and the text; MPL-2.0 asks to say where its source is. Where a crate offers a choice, the license
 * that comes first in `CHOSEN` is taken.
 */

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NODE_MODULES, ROOT } from './project.js';

/**
 * @typedef {{id: string, name: string, version: string, license: string | null, authors: string[], repository: string | null, manifest_path: string}} Crate
 * @typedef {{name: string, license: string, copyright: string[], text: string, note?: string}} Notice
 */

/** The licenses that what ships may be under, the preferred first. Each lets a program under MIT ship with what is under it. */
export const CHOSEN = [
  '0BSD',
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Zlib',
  'Unicode-3.0',
  'Apache-2.0',
  'MPL-2.0',
];

const TARGET = 'wasm32-unknown-unknown';

/** @param {string[]} args */
const cargo = (args) =>
  execFileSync('cargo', args, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/**
 * The crates of the core, by what they are there for: `ships` is compiled into it, `builds` runs on the machine that compiles it.
 * @returns {{ships: Crate[], builds: Crate[]}}
 */
export function crates() {
  /** @type {{packages: Crate[]}} */
  const { packages } = JSON.parse(
    cargo(['metadata', '--locked', '--format-version=1', `--filter-platform=${TARGET}`]),
  );
  const known = new Map(packages.map((one) => [`${one.name} v${one.version}`, one]));
  /** @param {string} edges */
  const tree = (edges) => {
    const lines = cargo([
      'tree',
      '--locked',
      `--target=${TARGET}`,
      `--edges=${edges}`,
      '--prefix=none',
      '--no-dedupe',
      '--format={p}',
    ]).split('\n');
    const names = new Set(
      lines
        .map((line) => line.split(' ').slice(0, 2).join(' '))
        .filter((name) => name !== '' && !name.startsWith('tether ')),
    );
    return [...names].sort().map((name) => {
      const crate = known.get(name);
      if (!crate) throw new Error(`cargo tree names ${name}, which cargo metadata does not know`);
      return crate;
    });
  };
  const ships = tree('normal,no-proc-macro');
  return { ships, builds: tree('normal,build').filter((one) => !ships.includes(one)) };
}

/**
 * Which licenses an SPDX expression lets us choose, all of which then hold at once; nothing if it lets us choose none.
 * @param {string} expression
 * @returns {string[] | undefined}
 */
export function chosen(expression) {
  const tokens = expression.replaceAll('/', ' OR ').match(/\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
  /** @returns {string[] | undefined} */
  const one = () => {
    const token = tokens[at++];
    if (token !== '(') return token !== undefined && CHOSEN.includes(token) ? [token] : undefined;
    const inner = either();
    at += 1;
    return inner;
  };
  /** @returns {string[] | undefined} */
  const both = () => {
    let all = one();
    // Of an exception to a license we make no use.
    if (tokens[at] === 'WITH') at += 2;
    while (tokens[at] === 'AND') {
      at += 1;
      const next = one();
      all = all && next && [...all, ...next];
    }
    return all;
  };
  /** @param {string[]} licenses */
  const rank = (licenses) => Math.max(...licenses.map((name) => CHOSEN.indexOf(name)));
  /** @returns {string[] | undefined} */
  const either = () => {
    let best = both();
    while (tokens[at] === 'OR') {
      at += 1;
      const next = both();
      if (next && (!best || rank(next) < rank(best))) best = next;
    }
    return best;
  };
  const found = either();
  return at === tokens.length ? found : undefined;
}

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR
ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** The names of a license's file, the most specific first. @type {Record<string, RegExp[]>} */
const FILES = {
  MIT: [/^licen[cs]e[-_.]?mit/i, /^mit-licen[cs]e/i, /^licen[cs]e(?:\.\w+)?$/i],
  'Apache-2.0': [/^licen[cs]e[-_.]?apache/i, /^licen[cs]e(?:\.\w+)?$/i],
  'Unicode-3.0': [/^licen[cs]e[-_.]?unicode/i, /^licen[cs]e(?:\.\w+)?$/i],
};
const ANY = [/^(?:licen[cs]e|copying)/i];

/** @param {string} text */
const plain = (text) =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/^\uFEFF/, '')
    .trim();

/** @param {string} text */
const sameness = (text) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** Takes a license's text apart: whose it is, and what it says. @param {string} text */
function takeApart(text) {
  const isOwner = (/** @type {string} */ line) => /^\s*copyright\s+(?:\(c\)|©|\d{4})/i.test(line);
  const isTitle = (/** @type {string} */ line) =>
    /^\W*(?:the )?(?:mit|isc)(?: licen[cs]e)?(?: \((?:mit|expat)\))?\W*$/i.test(line) ||
    /all rights reserved\.?\s*$/i.test(line);
  const lines = plain(text).split('\n');
  return {
    copyright: lines.filter(isOwner).map((line) => line.trim()),
    text: lines
      .filter((line) => !isOwner(line) && !isTitle(line))
      .join('\n')
      .trim(),
  };
}

/**
 * @param {string} folder
 * @param {string} license
 * @returns {string | undefined} the text of its file, if there is one
 */
function fileOf(folder, license) {
  const files = readdirSync(folder).sort();
  for (const pattern of FILES[license] ?? ANY) {
    const file = files.find((name) => pattern.test(name));
    if (file !== undefined) return readFileSync(path.join(folder, file), 'utf8');
  }
  return undefined;
}

/**
 * @param {Crate} crate
 * @returns {Notice[]}
 */
function noticesOf(crate) {
  const name = `${crate.name} ${crate.version}`;
  const licenses = chosen(crate.license ?? '');
  if (!licenses)
    throw new Error(`${name} is under “${crate.license}”, with which Tether may not ship`);
  return licenses.map((license) => {
    if (license === 'MPL-2.0') {
      if (!crate.repository)
        throw new Error(`${name} says nowhere where its source is, and MPL-2.0 asks to tell`);
      return {
        name,
        license,
        copyright: [],
        text: '',
        note: `unchanged; its source, version ${crate.version}: ${crate.repository}`,
      };
    }
    const text = fileOf(path.dirname(crate.manifest_path), license);
    const found = text === undefined ? { copyright: [], text: '' } : takeApart(text);
    if (found.text === '' && license !== 'MIT')
      throw new Error(`${name} brings no text of ${license}`);
    const owners =
      crate.authors.map((author) => author.replace(/\s*<.*>/, '')).join(', ') ||
      `the authors of ${crate.name}`;
    return {
      name,
      license,
      copyright: found.copyright.length > 0 ? found.copyright : [`Copyright (c) ${owners}`],
      text: found.text === '' ? MIT : found.text,
    };
  });
}

/** What ships and is no crate. @returns {Notice[]} */
function others() {
  const folder = path.join(NODE_MODULES, 'idiomorph');
  /** @type {{version: string, license: string}} */
  const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const found = takeApart(readFileSync(path.join(folder, 'LICENSE'), 'utf8'));
  return [
    {
      name: `idiomorph ${version}`,
      license,
      ...found,
      note: 'shared/vendor/idiomorph.js, changed as its first line says',
    },
    {
      name: 'free-email-domains 1.12.6',
      license: 'MIT',
      text: MIT,
      note: 'the list of free mail providers',
      copyright: ['Copyright © 2017 Kiko Beats <josefrancisco.verdu@gmail.com> (kikobeats.com)'],
    },
    {
      name: 'The standard library of Rust',
      license: 'MIT',
      copyright: ['Copyright (c) The Rust Project Contributors'],
      text: MIT,
    },
  ];
}

/** @returns {string} the whole file */
export function notices() {
  const all = [...crates().ships.flatMap(noticesOf), ...others()].sort((one, other) =>
    one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1,
  );
  /** @type {Map<string, Notice[]>} */
  const alike = new Map();
  for (const notice of all) {
    const key = `${notice.license} ${sameness(notice.text)}`;
    alike.set(key, [...(alike.get(key) ?? []), notice]);
  }
  const parts = [
    'What others wrote of what is in this package, by license. Tether itself is under the license in LICENSE.txt.',
  ];
  for (const same of [...alike.values()].sort((one, other) => other.length - one.length)) {
    const [first] = same;
    if (!first) continue;
    const list = same.map(({ name, copyright, note }) =>
      [
        `${name}${note === undefined ? '' : ` (${note})`}`,
        ...copyright.map((line) => `    ${line}`),
      ].join('\n'),
    );
    parts.push(
      `${'='.repeat(78)}\n${first.license}`,
      list.join('\n'),
      first.license === 'MPL-2.0' ? 'The license: https://mozilla.org/MPL/2.0/' : first.text,
    );
  }
  return `${parts.join('\n\n')}\n`;
}
