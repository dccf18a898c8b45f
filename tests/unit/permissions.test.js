// Least permissions: what the code uses is what the manifest asks for, no more and no less.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { filesBelow } from '../tools/files.js';
import { manifestFor } from '../tools/manifest.js';
import { BROWSERS, EXTENSION } from '../tools/project.js';

/**
 * What each part of the browsers' interface needs in the manifest: a permission, or a key there; nothing for what every extension has.
 * One that is not here is to be looked up before it is used.
 * @type {Record<string, {permission?: string, key?: string}>}
 */
const NEEDS = {
  action: { key: 'action' },
  alarms: { permission: 'alarms' },
  commands: { key: 'commands' },
  contextMenus: { permission: 'contextMenus' },
  // `getSelf` alone, which needs no permission in either browser.
  management: {},
  notifications: { permission: 'notifications' },
  permissions: {},
  runtime: {},
  scripting: { permission: 'scripting' },
  sidePanel: { permission: 'sidePanel', key: 'side_panel' },
  sidebarAction: { key: 'sidebar_action' },
  storage: { permission: 'storage' },
  // Addresses and scripts come with the hosts; all tabs' addresses would need `tabs`.
  tabs: {},
  windows: {},
};
/** Parts that one browser lacks: the code asks whether they are there. @type {Record<string, string>} */
const ONLY_IN = { sidePanel: 'chromium', sidebarAction: 'firefox' };

/** JavaScript without its comments; `//` within a text, as in an address, is none. @param {string} text */
const code = (text) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[\s;{(,])\/\/.*$/gm, '$1');

/** Our own scripts, without what the build adds. @type {[file: string, text: string][]} */
const SCRIPTS = filesBelow(EXTENSION)
  .filter((file) => file.endsWith('.js'))
  .map((file) => [file, code(readFileSync(path.join(EXTENSION, file), 'utf8'))]);

/** The parts of the interface that are used, each with the files that use it. @type {Map<string, string[]>} */
const used = new Map();
for (const [file, text] of SCRIPTS) {
  for (const [, member, named] of text.matchAll(
    /(?<![./\w])api\s*\??\.\s*(\w+)|Reflect\.(?:get|has)\(api, '(\w+)'\)/g,
  )) {
    const name = member ?? named ?? '';
    used.set(name, [...(used.get(name) ?? []), file]);
  }
}

describe('permissions', () => {
  test('the code reaches the browser by the one name that is counted here', () => {
    const alias = /Reflect\.get\(globalThis, 'browser'\) \?\? chrome/;
    for (const [file, text] of SCRIPTS) {
      assert.doesNotMatch(
        file === path.join('shared', 'api.js') ? text.replace(alias, '') : text,
        /\b(?:chrome|browser)\s*[.[]|globalThis\s*\[|\bapi\s*\[|\{[^}]*\}\s*=\s*api\b/,
        file,
      );
    }
    assert.ok(used.get('storage')?.includes('background/core.js'), [...used.keys()].join());
    assert.ok(used.has('sidebarAction'));
  });

  test('every part of the interface that the code uses is known here', () => {
    assert.deepEqual(
      [...used.keys()].filter((name) => !(name in NEEDS)),
      [],
    );
  });

  for (const browser of BROWSERS) {
    const manifest = manifestFor(browser);
    const has = (/** @type {string} */ name) =>
      used.has(name) && (ONLY_IN[name] ?? browser) === browser;

    test(`${browser} is asked for exactly the permissions that the code uses`, () => {
      const needed = Object.entries(NEEDS)
        .filter(([name]) => has(name))
        .flatMap(([, { permission }]) => permission ?? []);
      assert.deepEqual([.../** @type {string[]} */ (manifest.permissions)].sort(), needed.sort());
    });

    test(`${browser} is told of exactly the parts that the code uses`, () => {
      const keys = Object.entries(NEEDS).flatMap(([name, { key }]) =>
        key === undefined ? [] : [{ key, wanted: has(name) }],
      );
      assert.deepEqual(
        keys.filter(({ key }) => key in manifest),
        keys.filter(({ wanted }) => wanted),
      );
    });

    test(`${browser} is asked for exactly the hosts that the site profile names`, () => {
      /** @type {{portal: {hosts: string[]}, zendesk: {hosts: string[], refused_hosts: string[]}}} */
      const { portal, zendesk } = JSON.parse(
        readFileSync(path.join(EXTENSION, 'site-profile.json'), 'utf8'),
      );
      const hosts = [...portal.hosts, ...zendesk.hosts, ...zendesk.refused_hosts].map(
        (host) => `https://${host}/*`,
      );
      assert.deepEqual(
        [.../** @type {string[]} */ (manifest.host_permissions)].sort(),
        hosts.sort(),
      );
    });
  }
});
