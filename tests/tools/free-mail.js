/**
 * Makes src/mail/free-mail.bin: the domains of free, personal and disposable mail, packed without loss for the core (src/mail/free.rs
 * unpacks it, and says how it is packed). Run it after changing the lists below: node tests/tools/free-mail.js
 *
 * The list is that of the npm package free-email-domains (MIT). It is fetched and never installed: each of its releases has a script
 * that replaces the list, on installing, by what some servers say that day, so that an installed copy is no fixed version.
 */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './project.js';

/** The release that the list comes from, and the SHA-256 of its domains.json. */
export const SOURCE = {
  release: 'free-email-domains@1.12.6',
  sha256: 'a2f19e1ccfc3422564f3bab33cb54898783240a743d8cbe758a9c750791b34e0',
};

/** The packed list, as committed. */
export const PACKED = path.join(ROOT, 'src/mail/free-mail.bin');

/** Providers of personal mail, of aliases and of disposable mail that the release does not name. */
export const ADDED = `
  a1.net aleeas.com bbox.fr btopenworld.com chello.at club-internet.fr ctemplar.com disroot.org hey.com internet.ru keemail.me lavabit.com
  mailbox.org mailo.com mozmail.com numericable.fr passfwd.com passinbox.com passmail.com passmail.net pobox.com privaterelay.appleid.com
  riseup.net silomails.com simplelogin.co simplelogin.com skiff.com slmail.me startmail.com sympatico.ca talktalk.net telus.net tuta.com
  tutamail.com tutanota.com walla.com yandex.com.tr zohomail.eu zohomail.in zoznam.sk
  addy.io anonaddy.com anonaddy.me burnermail.io luxusmail.org mail-temp.com spamgourmet.com temp-mail.io tempmail.com tempmail.dev
`.trim().split(/\s+/);

/** What the release names though companies and universities themselves write from it, or examples do. */
export const OMITTED = `
  alibaba.com cox.com england.edu nus.edu.sg oath.com telstra.com telstra.com.au test.com zoho.com
`.trim().split(/\s+/);

const ALPHABET = '.-0123456789abcdefghijklmnopqrstuvwxyz';
const LONGEST_SHARED = 63;
const ORDERS = 4;
const SLOT_BITS = 17;
const MOST_SEEN = 60;
const START = 39;
/** The longest domain there can be. */
const LONGEST = 253;

/** @param {number} number */
const at32 = (number) => number >>> 0;

/**
 * The value at an index that is known to be there.
 * @param {ArrayLike<number>} values
 * @param {number} index
 * @returns {number}
 */
const get = (values, index) => values[index] ?? 0;

/** Odds e^(x/256) in units of 2^-20, by whole numbers only, so that every machine makes the same table. */
const ODDS = new Array(2048);
for (let x = 0, odds = 2 ** 20; x < 2048; x++, odds = Math.floor((odds * 65793) / 65536)) ODDS[x] = odds;

/**
 * A probability of 4096ths for a logit of 256ths.
 * @param {number} logit
 */
function squash(logit) {
  const near = Math.max(-2047, Math.min(2047, logit));
  const odds = get(ODDS, Math.abs(near));
  const likely = Math.floor((4096 * odds) / (odds + 2 ** 20));
  return Math.max(1, Math.min(4095, near < 0 ? 4096 - likely : likely));
}

/** The least logit that squashes to at least the probability. */
const STRETCH = new Int16Array(4096);
for (let p = 0, logit = -2047; p < 4096; p++) {
  while (logit < 2047 && squash(logit) < p) logit++;
  STRETCH[p] = logit;
}

/** How far one more bit moves a chance, in 65536ths of the way, by how often the place was seen before. */
const RATES = Int32Array.from({ length: MOST_SEEN + 1 }, (_, seen) => Math.floor(131072 / (2 * seen + 3)));

/** Says how likely the next bit is a 1, from what came before: four lengths of memory, weighed by how well each did so far. */
class Model {
  chance = Array.from({ length: ORDERS }, () => new Uint16Array(2 ** SLOT_BITS).fill(32768));
  seen = Array.from({ length: ORDERS }, () => new Uint8Array(2 ** SLOT_BITS));
  /** One set of weights for each count of memories that know the place, and one for lengths. */
  weights = Array.from({ length: ORDERS + 2 }, () => new Int32Array(ORDERS).fill(22937));
  slots = new Int32Array(ORDERS);
  logits = new Int32Array(ORDERS);
  weighing = new Int32Array(ORDERS);
  forecast = 0;

  /**
   * @param {Uint32Array} contexts one for each memory
   * @param {number} node the bits of this symbol so far, behind a 1
   * @param {boolean} isLength
   * @returns {number} the chance of a 1, in 4096ths
   */
  predict(contexts, node, isLength) {
    let known = 0;
    for (let k = 0; k < ORDERS; k++) {
      const slot = Math.imul(get(contexts, k) ^ Math.imul(node, 0x9e3779b1), 0x85ebca6b) >>> (32 - SLOT_BITS);
      const seen = get(this.seen[k] ?? [], slot);
      this.slots[k] = slot;
      this.logits[k] = seen > 0 ? get(STRETCH, get(this.chance[k] ?? [], slot) >> 4) : 0;
      if (seen > 0) known = k + 1;
    }
    this.weighing = this.weights[isLength ? ORDERS + 1 : known] ?? this.weighing;
    let sum = 0;
    for (let k = 0; k < ORDERS; k++) sum += get(this.weighing, k) * get(this.logits, k);
    this.forecast = squash(Math.floor(sum / 65536));
    return this.forecast;
  }

  /** @param {number} bit what came */
  learn(bit) {
    const error = (bit << 12) - this.forecast;
    for (let k = 0; k < ORDERS; k++) {
      this.weighing[k] = get(this.weighing, k) + ((get(this.logits, k) * error) >> 12);
      const chance = this.chance[k] ?? new Uint16Array();
      const seen = this.seen[k] ?? new Uint8Array();
      const slot = get(this.slots, k);
      const gap = (bit ? 65535 : 0) - get(chance, slot);
      chance[slot] = get(chance, slot) + Math.floor((gap * get(RATES, get(seen, slot))) / 65536);
      if (get(seen, slot) < MOST_SEEN) seen[slot] = get(seen, slot) + 1;
    }
  }
}

/** An arithmetic coder of 32 bits that collects bytes. */
class Encoder {
  /** @type {number[]} */
  bytes = [];
  low = 0;
  high = 0xffffffff;

  /**
   * @param {number} bit
   * @param {number} chance of a 1, in 4096ths
   */
  code(bit, chance) {
    const middle = this.low + ((this.high - this.low) >>> 12) * chance;
    if (bit) this.high = middle;
    else this.low = middle + 1;
    while (at32(this.low ^ this.high) < 2 ** 24) {
      this.bytes.push(this.high >>> 24);
      this.low = at32(this.low << 8);
      this.high = at32((this.high << 8) | 255);
    }
    return bit;
  }

  finish() {
    this.bytes.push(this.high >>> 24);
    return this.bytes;
  }
}

/** Its counterpart; past its end the stream goes on with zeros. */
class Decoder {
  low = 0;
  high = 0xffffffff;
  value = 0;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.next = 0;
    for (let i = 0; i < 4; i++) this.shift();
  }

  shift() {
    this.value = at32((this.value << 8) | get(this.bytes, this.next++));
  }

  /**
   * @param {number} _bit nobody knows it yet
   * @param {number} chance of a 1, in 4096ths
   */
  code(_bit, chance) {
    const middle = this.low + ((this.high - this.low) >>> 12) * chance;
    const bit = this.value <= middle ? 1 : 0;
    if (bit) this.high = middle;
    else this.low = middle + 1;
    while (at32(this.low ^ this.high) < 2 ** 24) {
      this.low = at32(this.low << 8);
      this.high = at32((this.high << 8) | 255);
      this.shift();
    }
    return bit;
  }
}

/** One walk serves both directions: what is given is coded, and what is coded comes back. */
class Walk {
  model = new Model();
  contexts = new Uint32Array(ORDERS);

  /** @param {Encoder | Decoder} coder */
  constructor(coder) {
    this.coder = coder;
  }

  /**
   * @param {number} value of six bits; any where it is to be found out
   * @param {boolean} isLength
   */
  symbol(value, isLength) {
    let node = 1;
    for (let place = 5; place >= 0; place--) {
      const chance = this.model.predict(this.contexts, node, isLength);
      const bit = this.coder.code((value >> place) & 1, chance);
      this.model.learn(bit);
      node = node * 2 + bit;
    }
    return node - 64;
  }

  /**
   * @param {number[]} before the symbols of the line before
   * @param {number} shared how many of them that line shared with the one before it
   * @param {number} wanted how many this line shares with it
   */
  length(before, shared, wanted) {
    [0, shared, before.length, (shared << 8) | before.length].forEach((hint, k) => {
      this.contexts[k] = 0x80000000 | hint;
    });
    return this.symbol(wanted, true);
  }

  /**
   * @param {number[]} line the symbols so far
   * @param {number} instead 1 and the symbol that the line before has here, where the two part; otherwise 0
   * @param {number} wanted
   */
  letter(line, instead, wanted) {
    let history = START;
    for (const symbol of line.slice(-ORDERS)) history = (history << 6) | symbol;
    for (let k = 0; k < ORDERS; k++) this.contexts[k] = (history & (64 ** (k + 1) - 1)) ^ Math.imul(instead, 0x5bd1e995);
    return this.symbol(wanted, false);
  }
}

/** @param {string} text */
function checksum(text) {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = at32(Math.imul(hash ^ byte, 0x01000193));
  return hash;
}

/** @param {string} domain */
const turned = (domain) => domain.split('.').reverse().join('.');

/**
 * Packs domains.
 * @param {string[]} domains
 * @returns {Uint8Array}
 */
export function pack(domains) {
  const lines = domains.map(turned).sort();
  const encoder = new Encoder();
  const walk = new Walk(encoder);
  /** @type {number[]} */
  let before = [];
  let sharedBefore = 0;
  for (const text of lines) {
    const symbols = [...text].map((letter) => ALPHABET.indexOf(letter) + 1);
    if (symbols.includes(0)) throw new Error(`${turned(text)} has letters that the packed list can not hold`);
    let shared = 0;
    while (shared < LONGEST_SHARED && shared < before.length && symbols[shared] === before[shared]) shared++;
    walk.length(before, sharedBefore, shared);
    for (let i = shared; i <= symbols.length; i++) {
      walk.letter(symbols.slice(0, i), i === shared ? 1 + get(before, i) : 0, get(symbols, i));
    }
    before = symbols;
    sharedBefore = shared;
  }
  const head = Buffer.alloc(8);
  head.writeUInt32LE(lines.length, 0);
  head.writeUInt32LE(checksum(lines.join('\n')), 4);
  return Buffer.concat([head, Buffer.from(encoder.finish())]);
}

/**
 * Unpacks domains.
 * @param {Buffer} packed
 * @returns {string[]} as sorted by labels from the last to the first
 */
export function unpack(packed) {
  const walk = new Walk(new Decoder(packed.subarray(8)));
  /** @type {string[]} */
  const lines = [];
  /** @type {number[]} */
  let before = [];
  let sharedBefore = 0;
  for (let n = packed.readUInt32LE(0); n > 0; n--) {
    const shared = walk.length(before, sharedBefore, 0);
    const symbols = before.slice(0, shared);
    for (let instead = 1 + get(before, shared); ; instead = 0) {
      const symbol = walk.letter(symbols, instead, 0);
      if (symbol === 0) break;
      if (symbol > ALPHABET.length || symbols.push(symbol) > LONGEST) throw new Error('the packed list is damaged');
    }
    lines.push(symbols.map((symbol) => ALPHABET[symbol - 1]).join(''));
    before = symbols;
    sharedBefore = shared;
  }
  if (checksum(lines.join('\n')) !== packed.readUInt32LE(4)) throw new Error('the packed list is damaged');
  return lines.map(turned);
}

/**
 * The release's domains.json as its maker writes it.
 * @param {string[]} domains
 */
export const asReleased = (domains) => JSON.stringify([...domains].sort(), null, 2);

/** @param {string | Buffer} text */
export const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** @returns {string[]} the domains of the pinned release, none of whose scripts is run */
function fetchReleased() {
  const folder = mkdtempSync(path.join(tmpdir(), 'free-mail-'));
  try {
    execFileSync('npm', ['pack', SOURCE.release, '--ignore-scripts', '--silent'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync('tar', ['-xzf', `${SOURCE.release.replace('@', '-')}.tgz`], { cwd: folder });
    const text = readFileSync(path.join(folder, 'package/domains.json'));
    if (sha256(text) !== SOURCE.sha256) throw new Error(`${SOURCE.release} is not what it was`);
    return JSON.parse(text.toString());
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const released = fetchReleased();
  const odd = [...ADDED.filter((domain) => released.includes(domain)), ...OMITTED.filter((domain) => !released.includes(domain))];
  if (odd.length > 0) throw new Error(`${odd.join(', ')}: ${SOURCE.release} is of the same mind, take it out of the lists`);
  const domains = [...released.filter((domain) => !OMITTED.includes(domain)), ...ADDED];
  const packed = pack(domains);
  writeFileSync(PACKED, packed);
  console.log(`${domains.length} domains in ${packed.length} bytes`);
}
