// What others wrote and ships: each under a license that allows it, with the notices that the licenses ask for.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { filesBelow } from '../tools/files.js';
import { CHOSEN, chosen, crates, notices } from '../tools/notices.js';
import { BROWSERS, DIST, NODE_MODULES, ROOT } from '../tools/project.js';

const { ships, builds } = crates();

/** @param {string} text */
const words = (text) => text.replace(/\s+/g, ' ');

describe('licenses', () => {
  test('every crate that ships in the core, and every one that helps to build it, is under an allowed license', () => {
    assert.ok(
      ships.length > 50 && ships.some(({ name }) => name === 'scraper'),
      `${ships.length} crates ship`,
    );
    assert.ok(
      builds.some(({ name }) => name === 'serde_derive') &&
        !ships.some(({ name }) => name === 'serde_derive'),
    );
    const refused = [...ships, ...builds].filter(
      ({ license }) => chosen(license ?? '') === undefined,
    );
    assert.deepEqual(
      refused.map(({ name, license }) => `${name}: ${license}`),
      [],
    );
  });

  test('a choice of licenses is made, all of several are kept, and what is not allowed is refused', () => {
    assert.deepEqual(chosen('MIT'), ['MIT']);
    assert.deepEqual(chosen('Apache-2.0 OR MIT'), ['MIT']);
    assert.deepEqual(chosen('MIT/Apache-2.0'), ['MIT']);
    assert.deepEqual(chosen('(MIT OR Apache-2.0) AND Unicode-3.0'), ['MIT', 'Unicode-3.0']);
    assert.deepEqual(chosen('Apache-2.0 WITH LLVM-exception'), ['Apache-2.0']);
    assert.deepEqual(chosen('GPL-3.0-only OR MIT'), ['MIT']);
    for (const bad of [
      'GPL-3.0-only',
      'MIT AND GPL-3.0-only',
      'LGPL-2.1 OR AGPL-3.0',
      '',
      'MIT MIT',
      'SSPL-1.0',
    ]) {
      assert.equal(chosen(bad), undefined, bad);
    }
  });

  test('cargo deny allows the same licenses', () => {
    const [, list = ''] =
      /^\[licenses\]$[^[]*?^allow = \[([^\]]*)\]$/ms.exec(
        readFileSync(path.join(ROOT, '.deny.toml'), 'utf8'),
      ) ?? [];
    assert.deepEqual(
      [...list.matchAll(/"([^"]+)"/g)].map(([, name]) => name),
      CHOSEN,
    );
  });

  for (const browser of BROWSERS) {
    test(`the package for ${browser} names everyone whose work is in it, with copyright and license`, () => {
      const text = readFileSync(path.join(DIST, browser, 'THIRD-PARTY.txt'), 'utf8');
      assert.equal(text, notices(), 'it is the one that the build makes');
      for (const { name, version } of ships)
        assert.ok(text.includes(`\n${name} ${version}`), `${name} ${version}`);
      const parts = text.split(/^={78}\n/m).slice(1);
      for (const part of parts) {
        const [license = ''] = part.split('\n');
        assert.ok(CHOSEN.includes(license), license);
        const named = part.split(/\n\n/)[1]?.match(/^\S.*(?:\n {4}.*)*/gm) ?? [];
        assert.ok(named.length > 0, license);
        for (const one of named) {
          if (license === 'MPL-2.0') assert.match(one, /its source, version [\d.]+: https:\/\//);
          else if (license !== '0BSD') assert.match(one, /\n {4}copyright/i);
        }
        if (license === 'MIT')
          assert.ok(
            words(part).includes(
              'The above copyright notice and this permission notice shall be included in all copies',
            ),
          );
        if (license === 'ISC')
          assert.ok(
            words(part).includes(
              'provided that the above copyright notice and this permission notice appear in all copies',
            ),
          );
      }
      assert.match(text, /^free-email-domains [\d.]+ .*\n {4}Copyright © 2017 Kiko Beats/m);
      assert.match(text, /^The standard library of Rust\n/m);
    });

    test(`every script that others wrote in the package for ${browser} is an npm dependency, is named and has its license beside it`, () => {
      const vendor = filesBelow(path.join(DIST, browser, 'shared', 'vendor'));
      /** @type {{dependencies: Record<string, string>}} */
      const { dependencies } = JSON.parse(
        readFileSync(path.join(ROOT, 'tests', 'package.json'), 'utf8'),
      );
      assert.deepEqual(
        vendor,
        Object.keys(dependencies)
          .sort()
          .flatMap((name) => [`${name}.LICENSE.txt`, `${name}.js`]),
      );
      const text = readFileSync(path.join(DIST, browser, 'THIRD-PARTY.txt'), 'utf8');
      for (const [name, version] of Object.entries(dependencies)) {
        assert.ok(text.includes(`\n${name} ${version} (`), name);
        /** @type {{license: string}} */
        const { license } = JSON.parse(
          readFileSync(path.join(NODE_MODULES, name, 'package.json'), 'utf8'),
        );
        assert.ok(CHOSEN.includes(license), `${name}: ${license}`);
      }
    });
  }

  test('the list of free mail providers is of the release that is named', async () => {
    const { SOURCE } = await import('../tools/free-mail.js');
    assert.ok(notices().includes(`\n${SOURCE.release.replace('@', ' ')} (`), SOURCE.release);
  });
});
