/**
 * Makes what the extension stores ask for when Tether is published, as files in dist/store. The texts are in extension/store; what can be
 * read from the manifests or asked of the tools is put into them here.
 */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EXTENSION, NODE_MODULES } from './project.js';

/** @typedef {import('./project.js').Browser} Browser */
/** @typedef {Record<string, unknown>} Json */

const FOLDER = path.join(EXTENSION, 'store');

/**
 * What the stores accept, in characters. The Chrome Web Store takes name and short description from the manifest.
 * @type {Record<string, number>}
 */
export const LIMITS = {
  'chrome/name.txt': 75,
  'chrome/short-description.txt': 132,
  'chrome/description.txt': 16_000,
  'chrome/single-purpose.txt': 1000,
  'firefox/name.txt': 50,
  'firefox/summary.txt': 250,
  'firefox/description.txt': 15_000,
};
/** The same for the reason of a permission; all hosts share one field. */
export const REASON_LIMIT = 1000;

/** @param {string} file of extension/store */
const text = (file) => readFileSync(path.join(FOLDER, file), 'utf8');

/** Why Tether asks for each permission and host. @type {Record<string, string>} */
export const REASONS = JSON.parse(text('permissions.json'));

/** @param {unknown} value @returns {string[]} */
const strings = (value) => /** @type {string[]} */ (value ?? []);

/**
 * @param {Json} manifest
 * @returns {{permissions: string[], hosts: string[]}} all that it asks for, at once or later
 */
export const askedFor = (manifest) => ({
  permissions: [...strings(manifest['permissions']), ...strings(manifest['optional_permissions'])],
  hosts: [
    ...strings(manifest['host_permissions']),
    ...strings(manifest['optional_host_permissions']),
  ],
});

/**
 * @param {readonly string[]} asked
 * @param {Record<string, string>} reasons
 * @returns {string[]} what is wrong: permissions without a reason
 */
export const withoutReason = (asked, reasons) => asked.filter((one) => !reasons[one]?.trim());

/**
 * The reason for all hosts together, as the Chrome Web Store asks for it.
 * @param {Json} manifest
 * @param {Record<string, string>} [reasons]
 */
export const hostReason = (manifest, reasons = REASONS) =>
  askedFor(manifest)
    .hosts.map((host) => `${host}: ${reasons[host]}`)
    .join('\n');

/**
 * @param {Json} manifest
 * @param {Record<string, string>} reasons
 * @returns {string}
 */
function permissionsText(manifest, reasons) {
  const { permissions, hosts } = askedFor(manifest);
  const missing = withoutReason([...permissions, ...hosts], reasons);
  if (missing.length > 0)
    throw new Error(
      `extension/store/permissions.json gives no reason for ${missing.join(' and ')}`,
    );
  return [
    '# Why each permission is needed\n',
    ...permissions.map((one) => `## ${one}\n\n${reasons[one]}\n`),
    `## Hosts\n\nThe same text for all, if the store has one field for them:\n\n${hostReason(manifest, reasons)}\n`,
  ].join('\n');
}

/**
 * Puts values into `{{name}}`.
 * @param {string} template
 * @param {Record<string, string>} values
 */
export function filled(template, values) {
  return template.replace(/\{\{([\w-]+)\}\}/g, (_, name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`there is no value for {{${name}}}`);
    return value;
  });
}

/** @param {string} command @param {string[]} words what it prints, without its name */
const versionOf = (command, ...words) =>
  execFileSync(command, words, { encoding: 'utf8' })
    .trim()
    .split(/\s+/)
    .find((word) => /^v?\d/.test(word)) ?? 'unknown';

/** @param {string} name of an npm package @returns {string} */
const npmVersion = (name) =>
  JSON.parse(readFileSync(path.join(NODE_MODULES, name, 'package.json'), 'utf8')).version;

/** @returns {string} the operating system's name, as it calls itself */
function system() {
  try {
    const [, name] =
      /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8')) ?? [];
    if (name) return `${name}, ${os.machine()}`;
  } catch {
    // Only Linux has that file.
  }
  return `${os.type()} ${os.release()}, ${os.machine()}`;
}

/** What the packages were built with. @returns {Record<string, string>} */
export const toolVersions = () => ({
  system: system(),
  rust: versionOf('rustc', '--version'),
  node: process.version,
  npm: versionOf('npm', '--version'),
  'wasm-bindgen': versionOf('wasm-bindgen', '--version'),
  'wasm-pack': versionOf('wasm-pack', '--version'),
  binaryen: npmVersion('binaryen'),
  esbuild: npmVersion('esbuild'),
  fflate: npmVersion('fflate'),
});

const README = `# To publish Tether

Everything here was made by \`./build.sh package\`. Check each text before you send it: it speaks in your name.

| File                                                        | Where it goes                                                             |
| ----------------------------------------------------------- | ------------------------------------------------------------------------- |
| \`chrome/name.txt\`, \`chrome/short-description.txt\`           | nowhere: the Chrome Web Store takes both from the manifest                |
| \`chrome/description.txt\`                                    | Store listing, Description                                                |
| \`chrome/single-purpose.txt\`                                 | Privacy practices, Single purpose description                             |
| \`chrome/permissions.md\`                                     | Privacy practices, Permission justification: one field for each, one for all hosts |
| \`chrome/data-use.md\`                                        | Privacy practices, Data usage and Remote code                             |
| \`privacy.md\`                                                | Chrome: publish it and give its address. Firefox: paste the whole text    |
| \`icons/store-128.png\`                                       | Store listing, Store icon: 96 pixels with the margin that the store asks for |
| \`icons/promo-440x280.png\`                                   | Store listing, Small promo tile                                           |
| \`screenshots/*-1280x800.png\`                                | both stores; \`*-640x400.png\` are the same pictures, smaller               |
| \`firefox/name.txt\`, \`firefox/summary.txt\`, \`firefox/description.txt\` | Describe Add-on                                                |
| \`firefox/data-collection.md\`                                | what the manifest declares, and why                                       |
| \`firefox/permissions.md\`, \`firefox/notes-for-reviewers.md\`  | Notes to Reviewer                                                         |
| \`firefox/source-instructions.md\`                            | with the source package, when the form asks for source code               |

The packages are in the folder above. How to sign, publish, install by policy, update and roll back: \`extension/releasing.md\` in the source.
`;

/**
 * @param {object} from
 * @param {Record<Browser, Json>} from.manifests
 * @param {Record<'firefox' | 'source', {name: string, bytes: Uint8Array}>} from.packages
 * @param {Record<string, string>} from.versions
 * @param {string} from.command what made the packages
 * @param {Record<string, string>} [from.reasons]
 * @returns {Map<string, Uint8Array>} the files of dist/store but for the pictures
 */
export function storeFiles({ manifests, packages, versions, command, reasons = REASONS }) {
  const { gecko } = /** @type {{gecko: Json}} */ (manifests.firefox['browser_specific_settings']);
  const values = {
    ...versions,
    command,
    source: packages.source.name,
    folder: `tether-${manifests.firefox['version']}`,
    package: packages.firefox.name,
    sha256: createHash('sha256').update(packages.firefox.bytes).digest('hex'),
    unpacked: gecko['update_url'] === undefined ? '' : ', but for `update_url` in the manifest',
    data_collection_permissions: JSON.stringify(gecko['data_collection_permissions']),
  };
  /** @type {[string, string][]} */
  const files = [
    ['README.md', README],
    ['privacy.md', text('privacy.md')],
    ['chrome/name.txt', `${manifests.chromium['name']}\n`],
    ['chrome/short-description.txt', `${manifests.chromium['description']}\n`],
    ['chrome/description.txt', text('description.txt')],
    ['chrome/single-purpose.txt', text('single-purpose.txt')],
    ['chrome/permissions.md', permissionsText(manifests.chromium, reasons)],
    ['chrome/data-use.md', text('chrome-data-use.md')],
    ['firefox/name.txt', `${manifests.firefox['name']}\n`],
    ['firefox/summary.txt', text('summary.txt')],
    ['firefox/description.txt', text('description.txt')],
    ['firefox/permissions.md', permissionsText(manifests.firefox, reasons)],
    ['firefox/data-collection.md', filled(text('firefox-data.md'), values)],
    ['firefox/notes-for-reviewers.md', text('firefox-review.md')],
    ['firefox/source-instructions.md', filled(text('firefox-source.md'), values)],
  ];
  const icons = [16, 32, 48, 128].map((size) => `tether-${size}.png`);
  const drawn = ['store-128.png', 'promo-440x280.png'];
  return new Map([
    ...files.map(
      ([name, content]) => /** @type {[string, Uint8Array]} */ ([name, Buffer.from(content)]),
    ),
    ...icons.map(
      (name) =>
        /** @type {[string, Uint8Array]} */ ([
          `icons/${name}`,
          readFileSync(path.join(EXTENSION, 'icons', name)),
        ]),
    ),
    ...drawn.map(
      (name) =>
        /** @type {[string, Uint8Array]} */ ([
          `icons/${name}`,
          readFileSync(path.join(FOLDER, name)),
        ]),
    ),
  ]);
}
