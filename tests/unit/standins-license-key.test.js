// License files and usage exports of the stand-ins have the form of real ones, and the portal's record says the same.

import assert from 'node:assert/strict';
import { constants, createDecipheriv, createPublicKey, publicDecrypt } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  LICENSE_TEST_PUBLIC_KEY,
  licenseContents,
  licenseFile,
  openLicenseFile,
  usageExport,
} from '../standins/license-key.js';
import { validated } from '../standins/portal/validate.js';
import { createWorld } from '../standins/world.js';
import { factsOf } from '../standins/world-build.js';

/** @type {import('../standins/license-key.js').LicenseFacts} */
const FACTS = {
  id: 410999,
  name: 'Søren "S" Test',
  email: 'soren@example.com',
  company: 'Tést & Co',
  plan: 'ultimate',
  startsAt: '2026-01-15',
  expiresAt: '2027-01-15',
  trial: false,
  subscriptionName: 'A-S00099999',
  subscriptionId: '8a00',
  users: 75,
};

/** @param {import('../standins/world.js').World} world  @param {number} id */
function license(world, id) {
  const found = world.licenses.find((one) => one.id === id);
  assert.ok(found);
  return found;
}

/** @param {import('../standins/world.js').World} world  @param {number} ticket  @param {RegExp} name */
function attached(world, ticket, name) {
  const comments = world.tickets.find((one) => one.id === ticket)?.comments ?? [];
  const found = comments.flatMap((one) => one.attachments).find((one) => name.test(one.file_name));
  assert.ok(typeof found?.content === 'string');
  return found.content;
}

describe('a license file', () => {
  it('is lines of 60 base64 characters that begin like every license', () => {
    const file = licenseFile(FACTS);
    const lines = file.split('\n');
    assert.equal(lines.pop(), '');
    assert.match(lines.pop() ?? '', /^[A-Za-z0-9+/]{1,60}={0,2}$/);
    for (const line of lines) assert.match(line, /^[A-Za-z0-9+/]{60}$/);
    assert.ok(file.startsWith('eyJkYXRhIjoi'));
  });

  it('holds a key under the private key of type 1, and the contents under that key', () => {
    const outer = JSON.parse(Buffer.from(licenseFile(FACTS), 'base64').toString());
    assert.deepEqual(Object.keys(outer), ['data', 'key', 'iv']);
    const part = (/** @type {string} */ name) => Buffer.from(outer[name], 'base64');
    const block = publicDecrypt(
      { key: LICENSE_TEST_PUBLIC_KEY, padding: constants.RSA_NO_PADDING },
      part('key'),
    );
    assert.equal(block.length, 256);
    assert.equal(block.subarray(0, 240).toString('hex'), `0001${'ff'.repeat(237)}00`);
    const decipher = createDecipheriv('aes-128-cbc', block.subarray(240), part('iv'));
    const inner = JSON.parse(
      Buffer.concat([decipher.update(part('data')), decipher.final()]).toString(),
    );
    assert.deepEqual(inner, licenseContents(FACTS));
    assert.deepEqual(inner.licensee, {
      Name: FACTS.name,
      Email: FACTS.email,
      Company: FACTS.company,
    });
    assert.deepEqual(
      [inner.issued_at, inner.expires_at, inner.restrictions.id],
      ['2026-01-15', '2027-01-15', 410999],
    );
  });

  it('is opened whatever mail programs did to it, and nothing else is', () => {
    const file = licenseFile(FACTS);
    const withLines = `-----BEGIN GITLAB LICENSE-----\r\n${file.replaceAll('\n', '\r\n')}-----END GITLAB LICENSE-----\r\n`;
    for (const text of [file, withLines, file.replace(/^/gm, '> ')])
      assert.equal(openLicenseFile(text)?.restrictions.id, 410999);
    for (const text of [
      '',
      'not a license',
      file.slice(0, 900),
      license(createWorld(), 410233).license_key,
    ])
      assert.equal(openLicenseFile(text), null);
  });

  it('is the same for the same facts, under a public key of 2048 bits that stays', () => {
    assert.equal(licenseFile(FACTS), licenseFile({ ...FACTS }));
    assert.notEqual(licenseFile(FACTS), licenseFile({ ...FACTS, company: 'Other' }));
    assert.equal(
      createPublicKey(LICENSE_TEST_PUBLIC_KEY).asymmetricKeyDetails?.modulusLength,
      2048,
    );
  });

  it('can be forged by whoever owns another one: the signed part is the same, the contents are not', () => {
    const genuine = JSON.parse(Buffer.from(licenseFile(FACTS), 'base64').toString());
    const forged = licenseFile({ ...FACTS, company: 'Forger Inc', signedAs: FACTS.id });
    const outer = JSON.parse(Buffer.from(forged, 'base64').toString());
    assert.equal(outer.key, genuine.key);
    assert.notEqual(outer.iv, genuine.iv);
    assert.equal(openLicenseFile(forged)?.licensee.Company, 'Forger Inc');
  });
});

describe('a usage export', () => {
  it('has the rows of the real one, the key quoted over many lines', () => {
    const key = licenseFile(FACTS);
    const text = usageExport({
      key,
      email: FACTS.email,
      company: 'Tést, "Söhne" & Co',
      start: '2026-01-15',
      end: '2027-01-15',
      days: 3,
    });
    assert.ok(
      text.startsWith(
        `License Key,"${key}"\nEmail,soren@example.com\nLicense Start Date,2026-01-15\nLicense End Date,2027-01-15\n`,
      ),
    );
    assert.ok(text.includes('\nCompany,"Tést, ""Söhne"" & Co"\nGenerated At,'));
    assert.ok(
      text.endsWith(
        '\n"",""\nDate,Billable User Count\n2026-01-15 12:00:00,200\n2026-01-16 12:00:00,201\n2026-01-17 12:00:00,202\n',
      ),
    );
  });
});

describe('the evidence in the world', () => {
  it('opens to what the portal has recorded', () => {
    const world = createWorld();
    for (const id of [410266, 410268, 410269, 410270, 410271, 118882, 2]) {
      const record = license(world, id);
      assert.deepEqual(
        openLicenseFile(record.license_key),
        licenseContents(factsOf(record)),
        String(id),
      );
    }
    assert.equal(attached(world, 1036, /gitlab-license$/), license(world, 410269).license_key);
    assert.ok(attached(world, 1037, /csv$/).includes(license(world, 410270).license_key));
    const [pasted, quoted] = world.tickets.find((one) => one.id === 1035)?.comments ?? [];
    assert.ok(pasted?.plain_body.includes(license(world, 410268).license_key.trimEnd()));
    assert.ok(
      quoted?.plain_body.includes(
        license(world, 410268).license_key.trimEnd().replace(/^/gm, '> '),
      ),
    );
  });

  it('the forged file opens, names the genuine license, and differs from its record', () => {
    const world = createWorld();
    const record = license(world, 410272);
    const forged = openLicenseFile(attached(world, 1039, /gitlab-license$/));
    assert.equal(forged?.restrictions.id, 410272);
    assert.equal(forged?.restrictions.subscription_name, record.zuora_subscription_name);
    assert.notEqual(forged?.licensee.Company, record.company);
    assert.notEqual(forged?.expires_at, record.expires_at);
  });

  it('the truncated export breaks off within its key', () => {
    const text = attached(createWorld(), 1043, /csv$/);
    assert.ok(text.startsWith('License Key,"eyJkYXRhIjoi'));
    assert.ok(!text.slice(13).includes('"'));
  });

  it('Validate License answers with the contents of whatever is signed, and with the record of an invented key', () => {
    const world = createWorld();
    const real = license(world, 410269);
    assert.equal(
      validated(world.licenses, `> ${real.license_key.replaceAll('\n', '\n> ')}`)?.restrictions.id,
      410269,
    );
    assert.equal(
      validated(world.licenses, attached(world, 1039, /gitlab-license$/))?.licensee.Company,
      'Forger & Friends',
    );
    assert.equal(
      validated(world.licenses, license(world, 410233).license_key)?.restrictions.id,
      410233,
    );
    assert.equal(validated(world.licenses, 'nothing'), null);
  });
});
