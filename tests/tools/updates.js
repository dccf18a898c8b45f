/**
 * What a team that hosts Tether itself publishes: for Chromium updates.xml and the signed crx file, for Firefox updates.json and the
 * signed xpi file. All of them are in one folder, whose address the packages name.
 */

import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { crx, extensionId, readKey } from './crx.js';

/** @typedef {import('./project.js').Browser} Browser */
/** @typedef {Record<string, unknown>} Json */

/** Stands in updates.xml until the key is known. No extension has such an ID, so no browser installs anything because of it. */
export const UNKNOWN_ID = 'EXTENSION-ID';
const UPDATES = { chromium: 'updates.xml', firefox: 'updates.json' };

/**
 * The folder's address, with a slash at its end. The address of one of the two files in it will do as well.
 * @param {string} text
 * @returns {string}
 */
export function folderOf(text) {
  if (!URL.canParse(text)) throw new Error(`--update-url: ${text} is no address`);
  const url = new URL(text);
  if (url.protocol !== 'https:') throw new Error('--update-url: browsers update from https only');
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '')
    throw new Error('--update-url takes an address without user, query and fragment');
  url.pathname = url.pathname.replace(/updates\.(?:xml|json)$/, '').replace(/\/?$/, '/');
  return url.href;
}

/**
 * @param {Json} manifest
 * @param {Browser} browser
 * @param {string} folder
 * @returns {Json} the manifest that also says where updates are
 */
export function withUpdateUrl(manifest, browser, folder) {
  const address = folder + UPDATES[browser];
  if (browser === 'chromium') return { ...manifest, update_url: address };
  const settings = /** @type {{gecko: Json}} */ (manifest['browser_specific_settings']);
  return {
    ...manifest,
    browser_specific_settings: { ...settings, gecko: { ...settings.gecko, update_url: address } },
  };
}

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * @param {Json} manifest
 * @param {{id: string, codebase: string}} where
 * @returns {string}
 */
export const updatesXml = (manifest, { id, codebase }) => `<?xml version="1.0" encoding="UTF-8"?>
<gupdate xmlns="http://www.google.com/update2/response" protocol="2.0">
  <app appid="${escaped(id)}">
    <updatecheck codebase="${escaped(codebase)}" version="${escaped(String(manifest['version']))}" prodversionmin="${escaped(String(manifest['minimum_chrome_version']))}" />
  </app>
</gupdate>
`;

/**
 * @param {Json} manifest
 * @param {{link: string, xpi: Uint8Array}} where
 * @returns {string}
 */
export function updatesJson(manifest, { link, xpi }) {
  const { gecko } = /** @type {{gecko: {id: string, strict_min_version: string}}} */ (
    manifest['browser_specific_settings']
  );
  const update = {
    version: manifest['version'],
    update_link: link,
    update_hash: `sha256:${createHash('sha256').update(xpi).digest('hex')}`,
    applications: { gecko: { strict_min_version: gecko.strict_min_version } },
  };
  return `${JSON.stringify({ addons: { [gecko.id]: { updates: [update] } } }, null, 2)}\n`;
}

/**
 * Refuses a signed package that isn't this version of this extension, or that looks for updates elsewhere.
 * @param {Uint8Array} xpi
 * @param {Json} manifest what it should hold
 */
export function checkSigned(xpi, manifest) {
  const files = unzipSync(xpi, {
    filter: ({ name }) => name === 'manifest.json' || /^META-INF\/[^/]+\.(?:rsa|sig)$/.test(name),
  });
  const read = files['manifest.json'];
  if (read === undefined) throw new Error('--signed: there is no manifest.json in that file');
  if (Object.keys(files).length < 2) throw new Error('--signed: that file is not signed');
  /** @param {unknown} value @returns {Json} */
  const facts = (value) => {
    const { version, browser_specific_settings: settings } =
      /** @type {{version?: string, browser_specific_settings?: {gecko?: Json}}} */ (value);
    const { id, update_url } = settings?.gecko ?? {};
    return { id, version, update_url };
  };
  const [theirs, ours] = [JSON.parse(Buffer.from(read).toString('utf8')), manifest].map(facts);
  for (const [name, value] of Object.entries(ours ?? {}))
    if (theirs?.[name] !== value)
      throw new Error(`--signed: its ${name} is ${theirs?.[name]}, and not ${value}`);
}

/**
 * Every file to publish, and what is still missing.
 * @param {object} from
 * @param {string} from.folder its address
 * @param {Record<Browser, Json>} from.manifests with the update address
 * @param {Record<Browser, Uint8Array>} from.zips
 * @param {string} [from.key] a private or a public key
 * @param {Uint8Array} [from.signed] the package that Mozilla signed
 * @returns {{files: Map<string, Uint8Array>, missing: string[]}}
 */
export function updateFiles({ folder, manifests, zips, key, signed }) {
  /** @type {string[]} */
  const missing = [];
  const name = `tether-${manifests.chromium['version']}`;
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();

  let id = UNKNOWN_ID;
  if (key === undefined) {
    missing.push(
      `updates.xml lacks the extension's ID: name the key with --key, or put the ID in the place of ${UNKNOWN_ID}`,
    );
  } else {
    const { publicKey, privateKey } = readKey(key);
    id = extensionId(publicKey);
    if (privateKey === undefined)
      missing.push(`${name}.crx: a public key can't sign; name the private one with --key`);
    else files.set(`${name}.crx`, crx(zips.chromium, privateKey));
  }
  files.set(
    'updates.xml',
    Buffer.from(updatesXml(manifests.chromium, { id, codebase: `${folder}${name}.crx` })),
  );

  if (signed === undefined)
    missing.push(
      `${name}.xpi is not signed: have it signed, then name the signed file with --signed`,
    );
  else checkSigned(signed, manifests.firefox);
  const xpi = signed ?? zips.firefox;
  files.set(`${name}.xpi`, xpi);
  files.set(
    'updates.json',
    Buffer.from(updatesJson(manifests.firefox, { link: `${folder}${name}.xpi`, xpi })),
  );
  return { files, missing };
}
