// The documents: short enough to be read, and without dead links.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { sourceFiles } from '../tools/package.js';
import { ROOT } from '../tools/project.js';

/** How many words a document may have. @type {Record<string, number>} */
const LIMITS = { 'README.md': 1800, 'CONTRIBUTING.md': 2500 };

const DOCUMENTS = sourceFiles(ROOT)
  .filter((file) => file.endsWith('.md'))
  .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));

describe('documents', () => {
  for (const [name, limit] of Object.entries(LIMITS)) {
    test(`${name} has at most ${limit} words`, () => {
      const text = DOCUMENTS.find(({ file }) => file === name)?.text ?? '';
      const words = text.trim().split(/\s+/).length;
      assert.ok(words > 100 && words <= limit, `${words}`);
    });
  }

  test('link only to files and headings that exist', () => {
    assert.ok(DOCUMENTS.length > 8, `only ${DOCUMENTS.length} documents were found`);
    for (const { file, text } of DOCUMENTS) {
      for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
        const [to = '', heading] = target.split('#');
        const full = path.join(ROOT, path.dirname(file), to);
        assert.ok(to === '' || existsSync(full), `${file} links to ${target}`);
        if (heading === undefined) continue;
        const headings = [
          ...(to === '' ? text : readFileSync(full, 'utf8')).matchAll(/^#+ (.+)$/gm),
        ].map(([, title = '']) =>
          title
            .toLowerCase()
            .replace(/[^\w\s-]/g, '')
            .trim()
            .replace(/\s/g, '-'),
        );
        assert.ok(headings.includes(heading), `${file} links to ${target}`);
      }
    }
  });

  test('name only commands and options that build.sh has', () => {
    const help = execFileSync(path.join(ROOT, 'build.sh'), ['help'], { encoding: 'utf8' });
    const commands = new Set([...help.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name));
    for (const { file, text } of DOCUMENTS) {
      for (const [, command, options = ''] of text.matchAll(
        /\.\/build\.sh ([a-z]\w*)((?: --[a-z-]+)*)/g,
      )) {
        assert.ok(commands.has(command), `${file}: ./build.sh ${command}`);
        for (const option of options.split(' ').filter((one) => one !== ''))
          assert.ok(help.includes(option), `${file}: ./build.sh ${command} ${option}`);
      }
    }
  });
});
