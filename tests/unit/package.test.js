import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { unzipSync, zipSync } from 'fflate';
import { filesBelow, sync } from '../tools/files.js';
import { archive, sourceFiles } from '../tools/package.js';
import { BROWSERS, CORE, DIST, ROOT } from '../tools/project.js';
import { unpack } from '../tools/unpack.js';

/** @param {(folder: string) => void} use */
function inTemporaryFolder(use) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tether-package-'));
  try {
    use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const browser of BROWSERS) {
  test(`packaging ${browser} twice makes equal bytes, whatever the times, the file permissions and the time zone`, () => {
    inTemporaryFolder((folder) => {
      const original = path.join(DIST, browser);
      const files = filesBelow(original);
      const first = archive(original, files);

      const copy = path.join(folder, 'copy');
      cpSync(original, copy, { recursive: true });
      for (const file of files) {
        utimesSync(path.join(copy, file), 1_000_000_000, 1_000_000_000);
        chmodSync(path.join(copy, file), 0o600);
      }
      const tool = path.join(
        path.dirname(fileURLToPath(import.meta.url)),
        '..',
        'tools',
        'package.js',
      );
      const script = `
        const { archive } = await import(${JSON.stringify(tool)});
        const { filesBelow } = await import(${JSON.stringify(tool.replace(/package\.js$/, 'files.js'))});
        const { writeFileSync } = await import('node:fs');
        writeFileSync(process.argv[2], archive(process.argv[1], filesBelow(process.argv[1]).reverse()));`;
      const second = path.join(folder, 'second.zip');
      execFileSync(process.execPath, ['--input-type=module', '--eval', script, copy, second], {
        env: { ...process.env, TZ: 'Pacific/Auckland' },
      });
      assert.ok(Buffer.from(first).equals(readFileSync(second)));
      assert.deepEqual(Object.keys(unzipSync(first)), files);
    });
  });
}

test('a file can be replaced in an archive, and only that one', () => {
  const folder = path.join(DIST, 'firefox');
  const files = filesBelow(folder);
  const manifest = Buffer.from('{"update_url":"https://downloads.example.com/updates.json"}');
  const plain = unzipSync(archive(folder, files));
  const changed = unzipSync(archive(folder, files, '', new Map([['manifest.json', manifest]])));
  assert.deepEqual(Buffer.from(changed['manifest.json'] ?? []), manifest);
  assert.deepEqual(
    Object.keys(plain).filter(
      (name) => !Buffer.from(plain[name] ?? []).equals(Buffer.from(changed[name] ?? [])),
    ),
    ['manifest.json'],
  );
});

test('the source package holds the project and nothing that was made from it', () => {
  const files = sourceFiles(ROOT);
  for (const file of [
    'build.sh',
    'Cargo.toml',
    'Cargo.lock',
    'src/lib.rs',
    'extension/manifest.json',
    'tests/package-lock.json',
  ]) {
    assert.ok(files.includes(file), file);
  }
  assert.deepEqual(
    files.filter((file) => /^(?:target|dist|\.git)\/|node_modules\//.test(file)),
    [],
  );
});

test('the source package unpacks to the same files, which can be run where they could be', () => {
  inTemporaryFolder((folder) => {
    const files = sourceFiles(ROOT);
    const zip = path.join(folder, 'source.zip');
    writeFileSync(zip, archive(ROOT, files, 'tether/'));
    assert.deepEqual(
      unpack(zip, path.join(folder, 'out')).sort(),
      files.map((file) => `tether/${file}`).sort(),
    );
    for (const file of files) {
      const copy = path.join(folder, 'out', 'tether', file);
      assert.ok(readFileSync(copy).equals(readFileSync(path.join(ROOT, file))), file);
      assert.equal(statSync(copy).mode & 0o100, statSync(path.join(ROOT, file)).mode & 0o100, file);
    }
    // A package of a package is the same: what git does not track is not in it, and nothing of it is lost.
    assert.deepEqual(sourceFiles(path.join(folder, 'out', 'tether')), files);
  });
});

test('an archive that leads out of its folder is refused', () => {
  inTemporaryFolder((folder) => {
    const zip = path.join(folder, 'evil.zip');
    writeFileSync(zip, zipSync({ '../evil.txt': new Uint8Array([1]) }));
    assert.throws(() => unpack(zip, path.join(folder, 'out')), /leads out of the folder/);
    assert.equal(existsSync(path.join(folder, 'evil.txt')), false);
  });
});

test('a folder is made to hold exactly the files given, and equal ones are left alone', () => {
  inTemporaryFolder((folder) => {
    const wanted = new Map([
      ['a.txt', Buffer.from('a')],
      ['below/b.txt', Buffer.from('b')],
    ]);
    assert.equal(sync(folder, wanted), 2);
    assert.equal(sync(folder, wanted), 0);
    writeFileSync(path.join(folder, 'stale.txt'), 'old');
    writeFileSync(path.join(folder, 'a.txt'), 'changed');
    assert.equal(sync(folder, wanted), 2);
    assert.deepEqual(filesBelow(folder), ['a.txt', 'below/b.txt']);
    assert.equal(readFileSync(path.join(folder, 'a.txt'), 'utf8'), 'a');
  });
});

test('no path of the machine that built it is in the core', () => {
  const wasm = readFileSync(path.join(CORE, 'tether_bg.wasm')).toString('latin1');
  // Panics name source files; these must be relative ones, or the neutral names that build.sh maps them to.
  const sources = new Set(wasm.match(/(?<![\w@.+-])\/[\w@.+/-]+\.rs/g) ?? []);
  assert.deepEqual(
    [...sources].filter((source) => !/^\/(?:cargo|rustc|rust\/deps|tether)\//.test(source)),
    [],
  );
  for (const local of [ROOT, os.homedir(), process.env.CARGO_HOME].filter(
    (folder) => folder && folder !== '/',
  )) {
    assert.ok(!wasm.includes(`${local}/`), `${local} is in the core`);
  }
});

test('the packages hold no type declarations, no maps, no tests and no notes', () => {
  for (const browser of BROWSERS) {
    const files = filesBelow(path.join(DIST, browser));
    assert.ok(files.includes('core/tether_bg.wasm'));
    assert.ok(existsSync(path.join(DIST, browser, 'shared', 'vendor', 'idiomorph.LICENSE.txt')));
    assert.deepEqual(
      files.filter((file) => /\.(?:d\.ts|map|md|test\.js)$|(?:^|\/)package\.json$/.test(file)),
      [],
    );
  }
});
