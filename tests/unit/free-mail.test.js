import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { ADDED, OMITTED, PACKED, SOURCE, asReleased, pack, sha256, unpack } from '../tools/free-mail.js';

describe('the packed list of free mail providers', () => {
  const packed = readFileSync(PACKED);
  const domains = unpack(packed);

  test(`is that of ${SOURCE.release}, letter for letter, but for what Tether adds and leaves out`, () => {
    const released = domains.filter((domain) => !ADDED.includes(domain)).concat(OMITTED);
    assert.equal(sha256(asReleased(released)), SOURCE.sha256);
    assert.equal(domains.length, released.length + ADDED.length - OMITTED.length);
  });

  test('is what the generator makes of these domains, byte for byte', () => {
    assert.ok(packed.equals(pack(domains)), 'run node tests/tools/free-mail.js');
  });

  test('holds every addition once and no omission', () => {
    assert.equal(new Set(domains).size, domains.length);
    assert.equal(new Set(ADDED).size, ADDED.length);
    for (const domain of ADDED) assert.ok(domains.includes(domain), domain);
    for (const domain of [...OMITTED, 'comcast.com', 'example.com']) assert.ok(!domains.includes(domain), domain);
  });

  test('stays below 52 kB, as it travels in the WebAssembly and hardly compresses', () => {
    assert.ok(packed.length < 52_000, `${packed.length} bytes`);
  });

  test('is refused when a byte of it has changed', () => {
    for (const place of [5, 8, 1000, packed.length - 2000]) {
      const damaged = Buffer.from(packed);
      damaged[place] = (damaged[place] ?? 0) ^ 1;
      assert.throws(() => unpack(damaged), /damaged/, `byte ${place}`);
    }
  });
});
