/**
 * Makes extension/free-mail.txt: the domains of free, personal and disposable mail, as src/mail/free.rs searches them. Run it after
 * changing the lists below: node tests/tools/free-mail.js
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

/** The list, as committed. */
export const LIST = path.join(ROOT, 'extension/free-mail.txt');

/** Providers of personal mail, of aliases and of disposable mail that the release does not name. */
export const ADDED = `
  a1.net aleeas.com bbox.fr btopenworld.com chello.at club-internet.fr ctemplar.com disroot.org hey.com internet.ru keemail.me lavabit.com
  mailbox.org mailo.com mozmail.com numericable.fr passfwd.com passinbox.com passmail.com passmail.net pobox.com privaterelay.appleid.com
  riseup.net silomails.com simplelogin.co simplelogin.com skiff.com slmail.me startmail.com sympatico.ca talktalk.net telus.net tuta.com
  tutamail.com tutanota.com walla.com yandex.com.tr zohomail.eu zohomail.in zoznam.sk
  addy.io anonaddy.com anonaddy.me burnermail.io luxusmail.org mail-temp.com spamgourmet.com temp-mail.io tempmail.com tempmail.dev
  atomicmail.io e.email murena.io onmail.com relay.firefox.com slmails.com vivaldi.net wo.cn xmail.ru
  vip.163.com vip.188.com vip.sina.cn
`
  .trim()
  .split(/\s+/);

/** What the release names though companies and universities themselves write from it, or examples do. */
export const OMITTED = `
  alibaba.com cable.comcast.com cox.com england.edu nus.edu.sg oath.com telstra.com telstra.com.au test.com zoho.com
`
  .trim()
  .split(/\s+/);

/** @param {string} domain */
const turned = (domain) => domain.split('.').reverse().join('.');

/**
 * One domain a line, its labels from the last to the first, sorted by bytes.
 * @param {string[]} domains
 * @returns {string}
 */
export function written(domains) {
  const odd = domains.filter((domain) => !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(domain));
  if (odd.length > 0) throw new Error(`${odd.join(', ')}: not written as the core looks for it`);
  return `${domains.map(turned).sort().join('\n')}\n`;
}

/** @param {string} text @returns {string[]} */
export const domainsOf = (text) => text.trimEnd().split('\n').map(turned);

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
    execFileSync('npm', ['pack', SOURCE.release, '--ignore-scripts', '--silent'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
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
  const odd = [
    ...ADDED.filter((domain) => released.includes(domain)),
    ...OMITTED.filter((domain) => !released.includes(domain)),
  ];
  if (odd.length > 0)
    throw new Error(
      `${odd.join(', ')}: ${SOURCE.release} is of the same mind, take it out of the lists`,
    );
  const domains = [...released.filter((domain) => !OMITTED.includes(domain)), ...ADDED];
  writeFileSync(LIST, written(domains));
  console.log(`${domains.length} domains`);
}
