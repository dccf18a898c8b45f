import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { circlesOf, climbs, folderOf, tiesOf, told } from '../tools/rings.js';

/**
 * The rings of `src`, bottom up. A file may name what is in its own folder and in the folders before it, and nothing behind it.
 * @type {string[][]}
 */
const RINGS = [
  // Words, days, addresses, parsed HTML: no idea of Tether.
  ['html', 'map', 'plain', 'address', 'text', 'mail', 'reading', 'day'],
  // The records' types and numbers; the site profile.
  ['record', 'profile'],
  // Recognize proof; read the portal; speak Zendesk's API.
  ['evidence', 'portal', 'zendesk'],
  // A page without its values.
  ['without_values'],
  // The handbook's rules.
  ['case'],
  // Events, decisions, effects.
  ['app'],
  // The panel's HTML.
  ['view'],
  // The ways in.
  ['inspect', 'shell', 'lib', 'bin'],
];

/** @returns {Record<string, string>} */
function sources() {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    files
      .filter((file) => file.endsWith('.rs'))
      .map((file) => [`src/${file}`, readFileSync(`src/${file}`, 'utf8')]),
  );
}

describe("the rings of Tether's Rust sources", () => {
  const ties = tiesOf(sources());

  test('every file belongs to a ring', () => {
    const known = RINGS.flat();
    assert.deepEqual(
      Object.keys(sources()).filter((file) => !known.includes(folderOf(file))),
      [],
      'name their folder in RINGS',
    );
  });

  test('a ring names nothing of the rings above it', () => {
    assert.deepEqual(climbs(ties, RINGS).map(told), []);
  });

  test('no files know each other in a circle', () => {
    assert.ok(ties.length > 500, `${ties.length} ties are looked at`);
    assert.deepEqual(
      circlesOf(ties).map((circle) => circle.map(told)),
      [],
    );
  });
});

describe('the reader of the sources', () => {
  /** @param {Record<string, string>} made */
  const toldOf = (made) =>
    tiesOf({ 'src/lib.rs': '', ...made })
      .map(told)
      .sort();

  test('a use with braces ties each name to the file where it is', () => {
    assert.deepEqual(
      toldOf({
        'src/a.rs': 'use crate::{b::{One, Two as Other}, c::*};',
        'src/b.rs': 'pub struct One; pub struct Two;',
        'src/c.rs': 'pub fn three() {}',
      }),
      ['src/a.rs names One, Two of src/b.rs', 'src/a.rs names c of src/c.rs'],
    );
  });

  test('super, self and paths in the code are resolved', () => {
    assert.deepEqual(
      toldOf({
        'src/a/mod.rs': 'mod x; mod y; fn f() { self::x::go(); y::stop() }',
        'src/a/x.rs': 'pub(super) fn go() { super::super::b::one(); crate::b::two::<u8>() }',
        'src/a/y.rs': 'pub fn stop() {}',
        'src/b.rs': 'pub fn one() {} pub fn two<T>() {}',
      }),
      [
        'src/a/mod.rs names go of src/a/x.rs',
        'src/a/mod.rs names stop of src/a/y.rs',
        'src/a/x.rs names one, two of src/b.rs',
      ],
    );
  });

  test('what is handed on ties to the file where it is, not to the one that hands it on', () => {
    assert.deepEqual(
      toldOf({
        'src/a/mod.rs': 'mod x; pub use x::Go;',
        'src/a/x.rs': 'pub struct Go;',
        'src/b.rs': 'use crate::a::{self, Go}; fn f() -> a::Go { Go }',
      }),
      ['src/b.rs names Go of src/a/x.rs'],
    );
  });

  test('a re-export that is used is a tie, too', () => {
    assert.deepEqual(
      toldOf({
        'src/a/mod.rs': 'mod x; pub(crate) use x::Go; fn f(go: Go) {}',
        'src/a/x.rs': 'pub struct Go;',
      }),
      ['src/a/mod.rs names Go of src/a/x.rs'],
    );
  });

  test('comments, texts, characters and tests tie nothing', () => {
    assert.deepEqual(
      toldOf({
        'src/a.rs': `
          //! See [\`crate::b::One\`].
          /* crate::b::one() /* nested */ crate::b::two() */
          fn f<'a>(quote: &'a str) -> char { let _ = ("crate::b::one()", r#"" crate::b::two() "#); '"' }
          #[cfg(test)]
          use crate::b::One;
          #[cfg(test)]
          mod tests { use crate::b::Two; }
          pub(in crate::b) fn g() {}
        `,
        'src/b.rs': 'pub struct One; pub struct Two;',
      }),
      [],
    );
  });

  test('a module in a file is part of that file', () => {
    assert.deepEqual(
      toldOf({
        'src/a.rs': 'pub mod inner { use super::super::b::One; pub fn f() {} }',
        'src/b.rs': 'pub struct One; fn g() { crate::a::inner::f() }',
      }),
      ['src/a.rs names One of src/b.rs', 'src/b.rs names f of src/a.rs'],
    );
  });

  test('a climb and a circle are reported with both files and the names', () => {
    const ties = tiesOf({
      'src/lib.rs': 'pub mod low; pub mod high;',
      'src/low.rs': 'use crate::high::{Most, Top};',
      'src/high/mod.rs': 'pub struct Top; pub struct Most; mod near; use near::Near;',
      'src/high/near.rs': 'use super::Top; pub struct Near;',
    });
    assert.deepEqual(climbs(ties, [['low'], ['high', 'lib']]).map(told), [
      'src/low.rs names Most, Top of src/high/mod.rs',
    ]);
    assert.deepEqual(
      circlesOf(ties).map((circle) => circle.map(told)),
      [
        [
          'src/high/mod.rs names Near of src/high/near.rs',
          'src/high/near.rs names Top of src/high/mod.rs',
        ],
      ],
    );
  });
});
