// What the extension stores are told: within their limits, complete, and true.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { filesBelow } from '../tools/files.js';
import { manifestFor } from '../tools/manifest.js';
import { BROWSERS, EXTENSION, ROOT } from '../tools/project.js';
import {
  askedFor,
  filled,
  hostReason,
  LIMITS,
  REASON_LIMIT,
  REASONS,
  storeFiles,
  withoutReason,
} from '../tools/store.js';

const manifests = { chromium: manifestFor('chromium'), firefox: manifestFor('firefox') };
const VERSIONS = Object.fromEntries(
  [
    'system',
    'rust',
    'node',
    'npm',
    'wasm-bindgen',
    'wasm-pack',
    'binaryen',
    'esbuild',
    'fflate',
  ].map((name) => [name, `<${name}>`]),
);
const PACKAGES = {
  firefox: { name: 'tether-1.2.3-firefox.zip', bytes: Buffer.from('the package') },
  source: { name: 'tether-1.2.3-source.zip', bytes: Buffer.from('the source') },
};
/** @param {object} [changed] */
const made = (changed = {}) =>
  storeFiles({
    manifests,
    packages: PACKAGES,
    versions: VERSIONS,
    command: './build.sh package',
    ...changed,
  });
/** With a stand-in for reasons that are missing, so that one test says so and not all of them. */
const files = made({
  reasons: {
    ...Object.fromEntries(
      BROWSERS.flatMap((browser) => {
        const { permissions, hosts } = askedFor(manifests[browser]);
        return [...permissions, ...hosts].map((one) => [one, '?']);
      }),
    ),
    ...REASONS,
  },
});
/** @param {string} name */
const textOf = (name) =>
  Buffer.from(files.get(name) ?? assert.fail(`there is ${name}`)).toString('utf8');

/** @param {import('../tools/project.js').Browser} browser */
const everything = (browser) => {
  const { permissions, hosts } = askedFor(manifests[browser]);
  return [...permissions, ...hosts];
};

describe('permissions', () => {
  for (const browser of BROWSERS) {
    test(`each permission and host of ${browser} has a reason, which its form has room for`, () => {
      assert.deepEqual(withoutReason(everything(browser), REASONS), []);
      const text = textOf(`${browser === 'chromium' ? 'chrome' : 'firefox'}/permissions.md`);
      for (const one of everything(browser)) {
        assert.ok((REASONS[one] ?? '').length <= REASON_LIMIT, one);
        assert.ok(text.includes(REASONS[one] ?? '?'), one);
      }
      assert.ok(hostReason(manifests[browser]).length <= REASON_LIMIT);
    });
  }

  test('no reason is given for a permission that neither browser is asked for', () => {
    const asked = new Set(BROWSERS.flatMap(everything));
    assert.deepEqual(
      Object.keys(REASONS).filter((one) => !asked.has(one)),
      [],
    );
  });

  test('a permission without a reason stops the build', () => {
    const more = {
      ...manifests,
      chromium: { ...manifests.chromium, permissions: ['storage', 'history'] },
    };
    assert.throws(() => made({ manifests: more }), /no reason for history/);
    assert.throws(() => made({ reasons: { ...REASONS, storage: ' ' } }), /no reason for storage/);
  });

  test("the README's table names each permission and host", () => {
    const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
    const named = [...readme.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
    assert.deepEqual(named.sort(), Object.keys(REASONS).sort());
  });
});

describe('the texts', () => {
  for (const [name, limit] of Object.entries(LIMITS)) {
    test(`${name} has at most ${limit} characters and is not empty`, () => {
      const text = textOf(name).trim();
      assert.ok(text.length > 0 && text.length <= limit, `${text.length}`);
    });
  }

  test('are plain text where the store shows them as they are', () => {
    for (const name of Object.keys(LIMITS))
      assert.doesNotMatch(textOf(name), /\*\*|\]\(|^#|<[a-z]|\{\{/m, name);
  });

  test("the short description is the manifest's, which is where the Chrome Web Store takes it from", () => {
    assert.equal(textOf('chrome/short-description.txt').trim(), manifests.chromium['description']);
  });

  test("the overview names every file, and no file that isn't there", () => {
    const readme = textOf('README.md');
    const named = [...readme.matchAll(/`([\w./*-]+\.(?:txt|md|png))`/g)]
      .map(([, name]) => name ?? '')
      .filter((name) => !/^(?:screenshots|extension)\/|^\*/.test(name));
    const wanted = [...files.keys()].filter(
      (name) => name !== 'README.md' && !/^icons\/tether-/.test(name),
    );
    assert.deepEqual([...new Set(named)].sort(), wanted.sort());
  });
});

describe('privacy', () => {
  const privacy = textOf('privacy.md');

  test('the statement names each storage that the code uses', () => {
    const code = filesBelow(EXTENSION)
      .filter((file) => file.endsWith('.js'))
      .map((file) => readFileSync(path.join(EXTENSION, file), 'utf8'))
      .join('\n');
    const used = new Set(
      [...code.matchAll(/\bstorage\.(?!onChanged)(\w+)\./g)].map(([, area]) => area ?? ''),
    );
    const named = /** @type {Record<string, string>} */ ({
      session: '`storage.session`',
      local: '`storage.local`',
      sync: "the browser's synchronized storage",
      managed: "the browser's policies",
    });
    assert.deepEqual([...used].sort(), Object.keys(named).sort());
    for (const said of Object.values(named)) assert.ok(privacy.includes(said), said);
    assert.doesNotMatch(code, /\b(?:localStorage|indexedDB|document\.cookie)\b/);
  });

  test("every kind of data of Chrome's form has an answer", () => {
    const rows = [...textOf('chrome/data-use.md').matchAll(/^\| ([A-Z][^|]*?) +\| (yes|no) /gm)];
    assert.deepEqual(
      rows.map(([, kind]) => kind),
      [
        'Personally identifiable information',
        'Health information',
        'Financial and payment information',
        'Authentication information',
        'Personal communications',
        'Location',
        'Web history',
        'User activity',
        'Website content',
      ],
    );
  });

  test('what Firefox is told is what the manifest declares', () => {
    const settings = /** @type {{gecko: {data_collection_permissions: object}}} */ (
      manifests.firefox['browser_specific_settings']
    );
    assert.ok(
      textOf('firefox/data-collection.md').includes(
        JSON.stringify(settings.gecko.data_collection_permissions),
      ),
    );
  });
});

describe('the instructions to build the Firefox package', () => {
  const text = textOf('firefox/source-instructions.md');

  test('name every version, the packages, the command and the sum to compare', () => {
    for (const version of Object.values(VERSIONS)) assert.ok(text.includes(version), version);
    for (const said of [PACKAGES.firefox.name, PACKAGES.source.name, './build.sh package'])
      assert.ok(text.includes(said), said);
    // printf 'the package' | sha256sum
    const sum = 'ab326f16dec533ba65139949246581c016b9d4c77d0de0046e65f48e575372a3';
    assert.ok(text.includes(`${sum}  ${PACKAGES.firefox.name}`));
    assert.doesNotMatch(text, /\{\{|undefined/);
  });

  test('a value that is not known stops the build', () => {
    assert.throws(() => filled('{{rust}} and {{nothing}}', { rust: '1' }), /\{\{nothing\}\}/);
  });

  test("name the command's real options", () => {
    const help = readFileSync(path.join(ROOT, 'build.sh'), 'utf8');
    for (const option of ['--no-screenshots', '--update-url', '--key', '--signed'])
      assert.ok(help.includes(`      ${option} `), option);
  });
});

test('icons and tile have the sizes in their names', () => {
  for (const [name, bytes] of files) {
    if (!name.endsWith('.png')) continue;
    const [, width, height = width] = /-(\d+)(?:x(\d+))?\.png$/.exec(name) ?? [];
    const png = Buffer.from(bytes);
    assert.equal(png.readUInt32BE(16), Number(width), name);
    assert.equal(png.readUInt32BE(20), Number(height), name);
  }
});
