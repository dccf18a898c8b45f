import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  ADDED,
  asReleased,
  domainsOf,
  LIST,
  OMITTED,
  SOURCE,
  sha256,
  written,
} from '../tools/free-mail.js';

describe('the list of free mail providers', () => {
  const text = readFileSync(LIST, 'utf8');
  const domains = domainsOf(text);

  test(`is that of ${SOURCE.release}, letter for letter, but for what Tether adds and leaves out`, () => {
    const released = domains.filter((domain) => !ADDED.includes(domain)).concat(OMITTED);
    assert.equal(sha256(asReleased(released)), SOURCE.sha256);
    assert.equal(domains.length, released.length + ADDED.length - OMITTED.length);
  });

  test('is what the generator makes of these domains, byte for byte', () => {
    assert.equal(text, written(domains), 'run node tests/tools/free-mail.js');
  });

  test('is sorted by bytes, as the core searches it', () => {
    const lines = text.trimEnd().split('\n');
    assert.deepEqual(
      lines.findIndex(
        (line, at) =>
          at > 0 && Buffer.compare(Buffer.from(lines[at - 1] ?? ''), Buffer.from(line)) >= 0,
      ),
      -1,
    );
  });

  test('holds every addition once and no omission', () => {
    assert.equal(new Set(domains).size, domains.length);
    assert.equal(new Set(ADDED).size, ADDED.length);
    for (const domain of ADDED) assert.ok(domains.includes(domain), domain);
    for (const domain of [...OMITTED, 'comcast.com', 'example.com'])
      assert.ok(!domains.includes(domain), domain);
  });

  test('takes no domain that the core would not find', () => {
    for (const odd of ['Example.com', 'bücher.example', 'example', 'a b.example', ''])
      assert.throws(() => written([odd]), /not written/, odd);
  });
});
