/**
 * Shows what the core's bytes are: its sections, its functions by crate and by what they do, and what many copies of one generic function or
 * one function alone take. It reads target/pkg/tether_bg.wasm, which `./build.sh build` leaves there: the core before it is optimized, when
 * functions still have their names and are not yet put into one another. What ships is about a tenth smaller.
 * Usage: node bytes.js [--largest N] [--of TEXT] [FILE.wasm]   --of: only functions whose name contains the text
 */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './project.js';

/** What a function does, by the first pattern that its name fits. @type {[string, RegExp][]} */
const KINDS = [
  [
    'serde: reading',
    /serde(_core)?::(de|private::de|__private)|Deserialize|serde_json::(de|value::de)|serde_wasm_bindgen::de|postcard::de|tether::plain/,
  ],
  [
    'serde: writing',
    /serde(_core)?::(ser|private::ser)|Serialize|serde_json::(ser|value::ser)|serde_wasm_bindgen::ser|postcard::ser/,
  ],
  ['formatting', /core::fmt|alloc::fmt|core::(num|float|char).*fmt|as core::fmt/],
  ['dropping', /drop_in_place|as core::ops::drop::Drop/],
  ['copying and comparing', /as core::clone::Clone|as core::cmp::|to_owned/],
  ['views', /tether::view|maud/],
  ['deciding', /tether::app/],
  ['the case', /tether::case/],
  ['reading pages, answers and proof', /tether::(portal|zendesk|evidence|mail)/],
  ['parsing HTML', /html5ever|markup5ever|scraper|ego_tree|tendril|string_cache|web_atoms/],
  [
    'opening license keys',
    /crypto_bigint|\brsa|\bder::|\baes|\bcbc|pkcs|spki|pem_rfc7468|const_oid|base64ct/,
  ],
  ['dates', /\btime(_core)?::/],
  ['sorted trees and hash tables', /btree|hashbrown/],
  [
    'lists, texts and iterators',
    /alloc::(vec|string|str|slice|raw_vec)|core::(iter|slice|str)|litemap/,
  ],
];

/** @typedef {{name: string, size: number}} Part */

/** @param {Uint8Array} bytes */
function reader(bytes) {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const text = () => {
    const length = number();
    at += length;
    return new TextDecoder().decode(bytes.subarray(at - length, at));
  };
  return {
    number,
    text,
    byte: () => bytes[at++] ?? 0,
    at: () => at,
    go: (/** @type {number} */ to) => (at = to),
    end: bytes.length,
  };
}

/**
 * @param {Uint8Array} bytes a module with a section of names
 * @returns {{functions: Part[], sections: Part[]}}
 */
function partsOf(bytes) {
  const wasm = reader(bytes);
  wasm.go(8);
  let imported = 0;
  /** @type {number[]} */
  const sizes = [];
  /** @type {Map<number, string>} */
  const names = new Map();
  /** @type {Part[]} */
  const sections = [];
  const known = [
    'custom',
    'types',
    'imports',
    'functions',
    'tables',
    'memory',
    'globals',
    'exports',
    'start',
    'elements',
    'code',
    'data',
    'data count',
  ];
  while (wasm.at() < wasm.end) {
    const id = wasm.byte();
    const size = wasm.number();
    const end = wasm.at() + size;
    let name = known[id] ?? `section ${id}`;
    if (id === 2) {
      for (let left = wasm.number(); left > 0; left--) {
        wasm.text();
        wasm.text();
        const kind = wasm.byte();
        if (kind !== 0) throw new Error('the core imports functions only');
        imported++;
        wasm.number();
      }
    } else if (id === 10) {
      for (let left = wasm.number(); left > 0; left--) {
        const before = wasm.at();
        const body = wasm.number();
        wasm.go(wasm.at() + body);
        sizes.push(wasm.at() - before);
      }
    } else if (id === 0) {
      name = wasm.text();
      while (name === 'name' && wasm.at() < end) {
        const kind = wasm.byte();
        const stop = wasm.number() + wasm.at();
        if (kind === 1)
          for (let left = wasm.number(); left > 0; left--) names.set(wasm.number(), wasm.text());
        wasm.go(stop);
      }
    }
    sections.push({ name, size });
    wasm.go(end);
  }
  return {
    functions: sizes.map((size, at) => ({
      name: names.get(imported + at) ?? `function ${imported + at}`,
      size,
    })),
    sections,
  };
}

/** The crate that a function is of; of a trait's method, the one whose type it is for. @param {string} name */
function crateOf(name) {
  const own =
    /\b(tether|serde_json|serde_wasm_bindgen|serde_core|serde|postcard|html5ever|markup5ever|web_atoms|scraper|ego_tree|selectors|cssparser|rsa|crypto_bigint|aes|cbc|time|maud|gloo_net|wasm_bindgen|js_sys|web_sys)::/.exec(
      name,
    );
  return own?.[1] ?? /^[<&\s]*(?:dyn )?(\w+)::/.exec(name)?.[1] ?? 'others';
}

/**
 * @param {Part[]} parts
 * @param {(part: Part) => string} of
 * @param {number} [most] rows
 */
function table(parts, of, most) {
  /** @type {Map<string, {size: number, count: number}>} */
  const sums = new Map();
  for (const part of parts) {
    const sum = sums.get(of(part)) ?? { size: 0, count: 0 };
    sums.set(of(part), { size: sum.size + part.size, count: sum.count + 1 });
  }
  for (const [name, { size, count }] of [...sums]
    .sort(([, a], [, b]) => b.size - a.size)
    .slice(0, most)) {
    console.log(`${String(size).padStart(9)} ${String(count).padStart(6)}  ${name}`);
  }
}

const { values, positionals } = parseArgs({
  options: { largest: { type: 'string', default: '40' }, of: { type: 'string' } },
  allowPositionals: true,
});
const { functions, sections } = partsOf(
  readFileSync(positionals[0] ?? path.join(ROOT, 'target', 'pkg', 'tether_bg.wasm')),
);
const chosen = functions.filter(({ name }) => values.of === undefined || name.includes(values.of));
console.log('Sections, bytes');
table(sections, ({ name }) => name);
console.log('\nFunctions by crate, bytes and count');
table(chosen, ({ name }) => crateOf(name));
console.log('\nFunctions by what they do, bytes and count');
table(chosen, ({ name }) => KINDS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'the rest');
console.log('\nThe largest, copies together, bytes and count');
table(chosen, ({ name }) => name.replace(/::h[0-9a-f]{16}$/, ''), Number(values.largest));
