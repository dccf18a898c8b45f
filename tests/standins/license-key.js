// Makes license files and usage exports as GitLab writes them, with the stand-ins' own key pair. The public key is beside
// this file, for a profile that opens them.

import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  privateEncrypt,
  publicDecrypt,
} from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The private half: it signs what the stand-ins make, and nothing else. */
const PRIVATE_KEY = readFileSync(new URL('license-test-key.pem', import.meta.url), 'utf8');

/** The public half, which opens what the stand-ins make. */
export const LICENSE_TEST_PUBLIC_KEY = readFileSync(
  new URL('license-test-key.pub.pem', import.meta.url),
  'utf8',
);

/**
 * What a license file is made of. Days are `YYYY-MM-DD`.
 * @typedef {object} LicenseFacts
 * @property {number} id                      the portal's number of the license
 * @property {string} name
 * @property {string} email
 * @property {string} company
 * @property {string} plan
 * @property {string} startsAt
 * @property {string} [issuedAt]              where it differs from `startsAt`
 * @property {string|null} expiresAt
 * @property {boolean|null} trial
 * @property {string|null} subscriptionName
 * @property {string} subscriptionId
 * @property {number} users
 * @property {number} [previousUsers]
 * @property {number} [signedAs]  the id of the license whose signed key it is written under: a forger owns one genuine file, takes its
 *   signed part and writes other contents; left out, its own
 */

/**
 * The content of a license file. It has several ids, but only the one in `restrictions` is the license's.
 * @param {LicenseFacts} facts
 */
export function licenseContents(facts) {
  return {
    version: 1,
    licensee: { Name: facts.name, Email: facts.email, Company: facts.company },
    issued_at: facts.issuedAt ?? facts.startsAt,
    ...(facts.issuedAt === undefined || facts.issuedAt === facts.startsAt
      ? {}
      : { starts_at: facts.startsAt }),
    expires_at: facts.expiresAt,
    notify_admins_at: facts.expiresAt,
    block_changes_at: facts.expiresAt,
    cloud_licensing_enabled: true,
    offline_cloud_licensing_enabled: true,
    auto_renew_enabled: false,
    generated_from_customers_dot: true,
    restrictions: {
      plan: facts.plan,
      trial: facts.trial,
      active_user_count: facts.users,
      previous_user_count: facts.previousUsers ?? 200,
      subscription_id: facts.subscriptionId,
      subscription_name: facts.subscriptionName,
      add_on_products: {
        duo_enterprise: [{ id: 777, quantity: 25, started_on: facts.startsAt, trial: false }],
      },
      id: facts.id,
    },
  };
}

/**
 * The text of a license file, the same for the same facts.
 * @param {LicenseFacts} facts
 * @returns {string} lines of 60 characters
 */
export function licenseFile(facts) {
  const key = sixteenBytes(`key ${facts.signedAs ?? facts.id}`);
  const iv = sixteenBytes(
    `iv ${facts.signedAs ?? facts.id} ${facts.signedAs === undefined ? '' : facts.company}`,
  );
  const cipher = createCipheriv('aes-128-cbc', key, iv);
  const data = Buffer.concat([
    cipher.update(JSON.stringify(licenseContents(facts)), 'utf8'),
    cipher.final(),
  ]);
  const signed = privateEncrypt({ key: PRIVATE_KEY, padding: constants.RSA_PKCS1_PADDING }, key);
  return lines60(
    Buffer.from(JSON.stringify({ data: lines60(data), key: lines60(signed), iv: lines60(iv) })),
  );
}

/**
 * What Validate License sees in the text of a license file: it opens whatever was signed, true or not.
 * @param {string} text  as pasted
 * @returns {ReturnType<typeof licenseContents> | null}  null: not signed with the stand-ins' key, or damaged
 */
export function openLicenseFile(text) {
  const base64 = text.replace(/^-----.*$/gm, '').replace(/[^A-Za-z0-9+/=]/g, '');
  try {
    const outer = JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
    const part = (/** @type {string} */ name) => Buffer.from(String(outer[name]), 'base64');
    const key = publicDecrypt(
      { key: LICENSE_TEST_PUBLIC_KEY, padding: constants.RSA_PKCS1_PADDING },
      part('key'),
    );
    const decipher = createDecipheriv('aes-128-cbc', key, part('iv'));
    return JSON.parse(
      Buffer.concat([decipher.update(part('data')), decipher.final()]).toString('utf8'),
    );
  } catch {
    return null;
  }
}

/**
 * The CSV that an instance writes as its license usage export.
 * @param {{key:string, email:string, company:string, start:string, end:string, generatedAt?:string, days?:number}} given
 *   days are `YYYY-MM-DD`, `generatedAt` is `YYYY-MM-DD HH:MM:SS`, `days` the number of rows in the table of users
 * @returns {string}
 */
export function usageExport({ key, email, company, start, end, generatedAt, days = 14 }) {
  const first = Date.parse(`${start}T12:00:00Z`);
  const table = Array.from(
    { length: days },
    (_none, at) =>
      `${new Date(first + at * 86_400_000).toISOString().slice(0, 19).replace('T', ' ')},${200 + (at % 5)}`,
  );
  return [
    `License Key,${cell(key, true)}`,
    `Email,${cell(email)}`,
    `License Start Date,${start}`,
    `License End Date,${end}`,
    `Company,${cell(company)}`,
    `Generated At,${generatedAt ?? `${start} 12:00:00`}`,
    '"",""',
    'Date,Billable User Count',
    ...table,
    '',
  ].join('\n');
}

/** @param {string} value  @param {boolean} [isQuoted]  whether quotes are wanted although nothing in it asks for them */
function cell(value, isQuoted = false) {
  return isQuoted || /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** @param {string} seed */
const sixteenBytes = (seed) =>
  createHash('sha256').update(`license test ${seed}`).digest().subarray(0, 16);

/** @param {Buffer} bytes */
const lines60 = (bytes) =>
  bytes
    .toString('base64')
    .replace(/(.{60})/g, '$1\n')
    .replace(/\n?$/, '\n');
