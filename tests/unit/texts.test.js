// How the core's texts are written: all of them are shown to people, in the panel, in notes and in replies.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const SRC = new URL('../../src/', import.meta.url);
/** Rings whose texts are for people. The others mostly hold what is looked for in pages and comments. */
const SHOWN = /^(?:app|case|profile|record|view)\//;
/** What is looked for may be written in any way. */
const SENTENCE = /^\S+ \S+ \S+ \S/;

/** The texts of a Rust file, without its comments and tests. @param {string} rust */
const textsOf = (rust) =>
  [
    ...(rust.split('#[cfg(test)]')[0] ?? '').matchAll(
      /\/\/[^\n]*|r(#*)"([\s\S]*?)"\1|"((?:\\[\s\S]|[^"\\])*)"|'(?:\\.[^']*|[^'\\])'/g,
    ),
  ].flatMap(([, , raw, plain]) => raw ?? plain ?? []);

test('an apostrophe in a text is a curly one', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.rs') && !/^(?:text|html|mail|inspect)\/|wish\//.test(file));
  assert.ok(files.length > 200);
  const straight = [];
  let curly = 0;
  for (const file of files) {
    for (const text of textsOf(readFileSync(new URL(file, SRC), 'utf8'))) {
      if (/[a-z}]’/.test(text)) curly += 1;
      const isShown = SHOWN.test(file) || SENTENCE.test(text);
      if (isShown && /[a-z}]'(?:[a-z]{1,2}\b|\s|$)/.test(text) && !/[|<]/.test(text))
        straight.push(`${file}: ${text}`);
    }
  }
  assert.deepEqual(straight, []);
  assert.ok(curly > 200, `${curly} texts were looked at`);
});
