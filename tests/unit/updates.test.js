// What a team publishes that hosts Tether itself.
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { describe, test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { crx, extensionId, readKey } from '../tools/crx.js';
import { manifestFor } from '../tools/manifest.js';
import {
  checkSigned,
  folderOf,
  UNKNOWN_ID,
  updateFiles,
  updatesJson,
  updatesXml,
  withUpdateUrl,
} from '../tools/updates.js';

/** @typedef {Record<string, unknown>} Json */

const FOLDER = 'https://downloads.example.com/tether/';
const plain = { chromium: manifestFor('chromium'), firefox: manifestFor('firefox') };
const manifests = {
  chromium: withUpdateUrl(plain.chromium, 'chromium', FOLDER),
  firefox: withUpdateUrl(plain.firefox, 'firefox', FOLDER),
};
const VERSION = String(plain.chromium['version']);
/** @param {Json} manifest @param {Record<string, Uint8Array>} [more] */
const zipOf = (manifest, more = {}) =>
  zipSync({ 'manifest.json': strToU8(JSON.stringify(manifest)), ...more });
const zips = { chromium: zipOf(manifests.chromium), firefox: zipOf(manifests.firefox) };
const signed = zipOf(manifests.firefox, { 'META-INF/mozilla.rsa': strToU8('signature') });
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PRIVATE = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const PUBLIC = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const DER = pair.publicKey.export({ type: 'spki', format: 'der' });

/** @param {Map<string, Uint8Array>} files @param {string} name */
const textOf = (files, name) => Buffer.from(files.get(name) ?? []).toString('utf8');

describe('the address', () => {
  test('is a folder, however it is written', () => {
    for (const written of ['', 'updates.xml', 'updates.json'])
      assert.equal(folderOf(FOLDER + written), FOLDER);
    assert.equal(folderOf(FOLDER.slice(0, -1)), FOLDER);
    assert.equal(folderOf('https://example.com'), 'https://example.com/');
  });

  test('is refused if a browser would not update from it', () => {
    for (const wrong of [
      'http://example.com/',
      'tether',
      'https://example.com/?a=b',
      'https://a:b@example.com/',
    ])
      assert.throws(() => folderOf(wrong), /--update-url/, wrong);
  });

  test('is in the manifests only if it is given, where each browser looks for it', () => {
    assert.doesNotMatch(JSON.stringify(plain), /update_url/);
    assert.deepEqual(manifests.chromium, { ...plain.chromium, update_url: `${FOLDER}updates.xml` });
    const { gecko } = /** @type {{gecko: Json}} */ (manifests.firefox['browser_specific_settings']);
    const { gecko: before } = /** @type {{gecko: Json}} */ (
      plain.firefox['browser_specific_settings']
    );
    assert.deepEqual(gecko, { ...before, update_url: `${FOLDER}updates.json` });
    assert.equal(manifests.firefox['update_url'], undefined);
  });
});

describe("the extension's ID", () => {
  test('is the one that Chromium derives from a key', () => {
    // An example of Chromium's own tests: the key "test" and the ID that it gives (components/crx_file/id_util_unittest.cc).
    assert.equal(extensionId(Buffer.from('test')), 'jpignaibiiemhngfjkcpokkamffknabf');
  });

  test('is the same from the private and from the public key', () => {
    assert.deepEqual(readKey(PRIVATE).publicKey, DER);
    assert.deepEqual(readKey(PUBLIC).publicKey, DER);
    assert.equal(readKey(PUBLIC).privateKey, undefined);
    assert.match(extensionId(DER), /^[a-p]{32}$/);
  });

  test('needs an RSA key', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    assert.throws(() => readKey(pem), /RSA/);
    assert.throws(() => readKey('no key'));
  });
});

test('the package for Chromium is signed over header and archive, and equal each time', () => {
  const file = crx(zips.chromium, pair.privateKey);
  assert.ok(file.equals(crx(zips.chromium, pair.privateKey)));
  assert.equal(file.toString('latin1', 0, 4), 'Cr24');
  assert.equal(file.readUInt32LE(4), 3);
  const headerLength = file.readUInt32LE(8);
  const header = file.subarray(12, 12 + headerLength);
  const zip = file.subarray(12 + headerLength);
  assert.ok(zip.equals(Buffer.from(zips.chromium)));

  /** @param {Buffer} bytes @returns {Map<number, Buffer>} the fields of a message, each of which is there once */
  function fields(bytes) {
    const found = new Map();
    let at = 0;
    const number = () => {
      let [value, shift] = [0, 0];
      for (;;) {
        const byte = bytes[at] ?? assert.fail('cut');
        at += 1;
        value |= (byte & 0x7f) << shift;
        if (byte < 0x80) return value;
        shift += 7;
      }
    };
    while (at < bytes.length) {
      const tag = number();
      assert.equal(tag & 7, 2);
      const length = number();
      found.set(tag >> 3, bytes.subarray(at, at + length));
      at += length;
    }
    return found;
  }
  const outer = fields(header);
  assert.deepEqual([...outer.keys()], [2, 10000]);
  const proof = fields(outer.get(2) ?? assert.fail());
  const signedHeader = outer.get(10000) ?? assert.fail();
  assert.ok(proof.get(1)?.equals(DER));
  assert.ok(
    fields(signedHeader).get(1)?.equals(createHash('sha256').update(DER).digest().subarray(0, 16)),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(signedHeader.length);
  const content = Buffer.concat([Buffer.from('CRX3 SignedData\0'), length, signedHeader, zip]);
  assert.ok(verify('sha256', content, pair.publicKey, proof.get(2) ?? assert.fail()));
});

describe('the update manifests', () => {
  test("Chromium's names the ID, the package, its version and the oldest browser", () => {
    const xml = updatesXml(manifests.chromium, {
      id: 'a'.repeat(32),
      codebase: `${FOLDER}a&b.crx`,
    });
    assert.match(
      xml,
      /<gupdate xmlns="http:\/\/www\.google\.com\/update2\/response" protocol="2\.0">/,
    );
    assert.match(xml, /<app appid="a{32}">/);
    assert.ok(
      xml.includes(
        `<updatecheck codebase="${FOLDER}a&#38;b.crx" version="${VERSION}" prodversionmin="120" />`,
      ),
      xml,
    );
  });

  test("Firefox's names the package with its hash, its version and the oldest browser", () => {
    assert.deepEqual(
      JSON.parse(updatesJson(manifests.firefox, { link: `${FOLDER}t.xpi`, xpi: strToU8('xpi') })),
      {
        addons: {
          'tether@tether.invalid': {
            updates: [
              {
                version: VERSION,
                update_link: `${FOLDER}t.xpi`,
                update_hash: `sha256:${createHash('sha256').update('xpi').digest('hex')}`,
                applications: { gecko: { strict_min_version: '142.0' } },
              },
            ],
          },
        },
      },
    );
  });
});

describe('the folder to publish', () => {
  test('is complete with the private key and the signed package', () => {
    const { files, missing } = updateFiles({
      folder: FOLDER,
      manifests,
      zips,
      key: PRIVATE,
      signed,
    });
    assert.deepEqual(missing, []);
    assert.deepEqual([...files.keys()].sort(), [
      `tether-${VERSION}.crx`,
      `tether-${VERSION}.xpi`,
      'updates.json',
      'updates.xml',
    ]);
    assert.equal(files.get(`tether-${VERSION}.xpi`), signed);
    assert.ok(textOf(files, 'updates.xml').includes(`appid="${extensionId(DER)}"`));
    assert.ok(textOf(files, 'updates.xml').includes(`"${FOLDER}tether-${VERSION}.crx"`));
    assert.ok(
      textOf(files, 'updates.json').includes(createHash('sha256').update(signed).digest('hex')),
    );
  });

  test('says what it lacks without them, and installs nothing by mistake', () => {
    const { files, missing } = updateFiles({ folder: FOLDER, manifests, zips });
    assert.equal(missing.length, 2);
    assert.match(missing[0] ?? '', /--key/);
    assert.match(missing[1] ?? '', /--signed/);
    assert.ok(textOf(files, 'updates.xml').includes(`appid="${UNKNOWN_ID}"`));
    assert.doesNotMatch(UNKNOWN_ID, /^[a-p]{32}$/);
    assert.equal(files.has(`tether-${VERSION}.crx`), false);
  });

  test('has the ID, but no package for Chromium, with a public key', () => {
    const { files, missing } = updateFiles({
      folder: FOLDER,
      manifests,
      zips,
      key: PUBLIC,
      signed,
    });
    assert.match(missing.join(), /\.crx: a public key can't sign/);
    assert.ok(textOf(files, 'updates.xml').includes(`appid="${extensionId(DER)}"`));
  });
});

test('a signed package of another version, another extension or another address is refused', () => {
  const signature = { 'META-INF/mozilla.rsa': strToU8('signature') };
  assert.doesNotThrow(() => checkSigned(signed, manifests.firefox));
  assert.throws(() => checkSigned(zips.firefox, manifests.firefox), /not signed/);
  assert.throws(() => checkSigned(zipSync(signature), manifests.firefox), /no manifest/);
  assert.throws(
    () =>
      checkSigned(zipOf({ ...manifests.firefox, version: '9.9.9' }, signature), manifests.firefox),
    /its version is 9\.9\.9/,
  );
  assert.throws(
    () => checkSigned(zipOf(plain.firefox, signature), manifests.firefox),
    /its update_url is undefined/,
  );
  const other = {
    ...manifests.firefox,
    browser_specific_settings: { gecko: { id: 'other@example.com' } },
  };
  assert.throws(() => checkSigned(zipOf(other, signature), manifests.firefox), /its id is other/);
});
