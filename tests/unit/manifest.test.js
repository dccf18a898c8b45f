import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { filesNamedBy, manifestFor, manifestOf } from '../tools/manifest.js';
import { BROWSERS, DIST, EXTENSION, version } from '../tools/project.js';

const PROFILE = JSON.parse(readFileSync(path.join(EXTENSION, 'site-profile.json'), 'utf8'));

/**
 * @param {unknown} value
 * @returns {string[]}
 */
const strings = (value) => /** @type {string[]} */ (value ?? []);

/**
 * What a content security policy says, directive by directive.
 * @param {string} policy
 * @returns {Map<string, string[]>}
 */
function directives(policy) {
  return new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );
}

for (const browser of BROWSERS) {
  describe(`the manifest for ${browser}`, () => {
    const manifest = manifestFor(browser);

    test('is the one that the build put into the package', () => {
      assert.deepEqual(
        JSON.parse(readFileSync(path.join(DIST, browser, 'manifest.json'), 'utf8')),
        manifest,
      );
    });

    test("carries Cargo.toml's version", () => {
      assert.equal(manifest.version, version());
    });

    test('names only files that exist', () => {
      const named = filesNamedBy(manifest);
      for (const file of [
        'background/background.js',
        'panel/panel.html',
        'pages/portal.js',
        'icons/tether-128.png',
      ]) {
        assert.ok(named.includes(file), `${file} is named`);
      }
      assert.deepEqual(
        named.filter((file) => !existsSync(path.join(DIST, browser, file))),
        [],
      );
    });

    test('asks for each permission once, and for none later', () => {
      const asked = [...strings(manifest.permissions), ...strings(manifest.host_permissions)];
      assert.equal(new Set(asked).size, asked.length);
      assert.equal(manifest.optional_permissions, undefined);
    });

    test('asks for no host that the profile does not know, and for the sites in use only at once', () => {
      const optional = strings(manifest.optional_host_permissions);
      const hosts = (/** @type {string[]} */ patterns) =>
        patterns.map((pattern) => pattern.split('/')[2] ?? '').sort();
      assert.deepEqual(
        hosts([...strings(manifest.host_permissions), ...optional]),
        [
          ...PROFILE.portal.known_hosts,
          ...PROFILE.zendesk.known_hosts,
          ...PROFILE.zendesk.refused_hosts,
          `*.${PROFILE.zendesk.file_host}`,
        ].sort(),
      );
      assert.deepEqual(
        hosts(strings(manifest.host_permissions)),
        [
          ...PROFILE.portal.hosts,
          ...PROFILE.zendesk.hosts,
          ...PROFILE.zendesk.refused_hosts,
        ].sort(),
      );
    });

    test('shows nothing of the extension to pages', () => {
      assert.equal(manifest.web_accessible_resources, undefined);
      assert.equal(manifest.externally_connectable, undefined);
    });

    test("runs a script by itself in the portal's admin only", () => {
      const scripts =
        /** @type {{matches: string[], js: string[], all_frames?: boolean, world?: string}[]} */ (
          manifest.content_scripts
        );
      assert.deepEqual(
        scripts.map(({ matches, js }) => ({ matches, js })),
        [
          {
            matches: [`https://customers.gitlab.com${PROFILE.portal.admin_path}*`],
            js: ['pages/portal.js'],
          },
        ],
      );
      assert.ok(scripts.every(({ all_frames, world }) => !all_frames && world === undefined));
    });

    test("runs the portal's script for records below the site profile's admin path", () => {
      const source = readFileSync(path.join(EXTENSION, 'pages/portal.js'), 'utf8');
      const [, pattern = ''] = /const ADMIN_PAGE = \/(.+)\/;/.exec(source) ?? [];
      const found = new RegExp(pattern).exec(`${PROFILE.portal.admin_path}/license/17`);
      assert.deepEqual(found?.slice(1), ['license', '17']);
      assert.equal(new RegExp(pattern).exec('/license/17'), null);
    });

    test('lets its pages run their own scripts and WebAssembly and reach the two sites, nothing else', () => {
      const { extension_pages: policy } = /** @type {{extension_pages: string}} */ (
        manifest.content_security_policy
      );
      const rules = directives(policy);
      assert.deepEqual(rules.get('default-src'), ["'none'"]);
      assert.deepEqual(rules.get('script-src'), ["'self'", "'wasm-unsafe-eval'"]);
      assert.deepEqual(rules.get('style-src'), ["'self'"]);
      const asked = [
        ...strings(manifest.host_permissions),
        ...strings(manifest.optional_host_permissions),
      ];
      const sites = asked
        .map((host) => host.replace(/\/\*$/, ''))
        .filter((site) => !site.includes('federal'));
      assert.deepEqual(rules.get('connect-src'), ["'self'", ...sites]);
      for (const name of ['form-action', 'base-uri', 'frame-ancestors'])
        assert.deepEqual(rules.get(name), ["'none'"], name);
    });

    test('offers a key for the panel and one for the note', () => {
      const commands = /** @type {Record<string, {suggested_key: {default: string}}>} */ (
        manifest.commands
      );
      const panel = browser === 'chromium' ? '_execute_action' : '_execute_sidebar_action';
      assert.deepEqual(Object.keys(commands).sort(), [panel, 'add-note']);
      const keys = Object.values(commands).map((command) => command.suggested_key.default);
      // Chromium leaves a command without a key when it uses the suggested one itself, as it does Alt+Shift+T and Alt+Shift+N. In Firefox
      // on Linux, Alt+Shift with a letter of the menu bar (F, E, V, S, B, T, H) opens that menu (seen in ESR 153).
      assert.deepEqual(keys.sort(), ['Alt+Shift+O', 'Alt+Shift+Y']);
    });
  });
}

test('the Firefox manifest declares no data collection, and has no permission unknown to Firefox', () => {
  const manifest = manifestFor('firefox');
  const { gecko } = /** @type {{gecko: {data_collection_permissions: unknown}}} */ (
    manifest.browser_specific_settings
  );
  assert.deepEqual(gecko.data_collection_permissions, { required: ['none'] });
  assert.deepEqual(manifest.permissions, [
    'storage',
    'scripting',
    'alarms',
    'notifications',
    'contextMenus',
  ]);
  assert.equal(manifest.side_panel, undefined);
});

test("a browser's own part is merged: objects by key, lists by appending, the other browser's part left out", () => {
  const source = {
    manifest_version: 3,
    name: 'Tether',
    permissions: ['storage'],
    commands: { note: { description: 'N' } },
    chromium: { permissions: ['sidePanel'], commands: { panel: { description: 'P' } } },
    firefox: { sidebar_action: {} },
  };
  assert.deepEqual(manifestOf(source, 'chromium', '1.2.3'), {
    manifest_version: 3,
    name: 'Tether',
    version: '1.2.3',
    permissions: ['storage', 'sidePanel'],
    commands: { note: { description: 'N' }, panel: { description: 'P' } },
  });
  assert.deepEqual(manifestOf(source, 'firefox', '1.2.3'), {
    manifest_version: 3,
    name: 'Tether',
    version: '1.2.3',
    permissions: ['storage'],
    commands: { note: { description: 'N' } },
    sidebar_action: {},
  });
});
