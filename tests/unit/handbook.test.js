// What the documents promise: every step of the handbook with tests that exist, the presses that are counted, the permissions asked for.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { BY_HAND, sumOf } from '../e2e/steps/by-hand.js';
import { createWorld } from '../standins/world.js';
import { filesBelow } from '../tools/files.js';
import { manifestFor } from '../tools/manifest.js';
import { BROWSERS, ROOT } from '../tools/project.js';

/** How many items the handbook's list in a step has. @type {Record<number, number>} */
const ITEMS = { 2: 8, 4: 3, 6: 3, 7: 3, 8: 5, 9: 8 };
const STEPS = 13;
/** The headings after the steps, as the table calls them, with the number of items in their lists. @type {[heading: string, items: number][]} */
const HEADINGS = [
  ['Removing associated users', 5],
  ['Pre-checks: 30 support contacts', 0],
  ['Pre-checks: notes and details', 0],
  ['Troubleshooting: auto-association fails', 12],
  ['Troubleshooting: 30 contact limit surpassed', 0],
  ['Troubleshooting: notes say not to proceed', 0],
  ['Troubleshooting: no organization', 4],
];
/** Fixed letters that a title with filled-in parts must hold before a part of it names that test. */
const TELLING = 12;

const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const HANDBOOK = readFileSync(path.join(ROOT, 'tests/handbook.md'), 'utf8');

/** @param {string} text */
const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/**
 * The rows of the table under a heading, cell by cell, without its head.
 * @param {string} heading
 * @param {string} [text] the document
 */
function table(heading, text = README) {
  const section = text.split(/^## /m).find((one) => one.startsWith(`${heading}\n`));
  assert.ok(section, `there is a section ${heading}`);
  const found = section.match(/(?:^\|.*\n)+/gm)?.[0];
  assert.ok(found, `${heading} has a table`);
  return found
    .trim()
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

/** The tests' titles, as patterns of the whole title and of the parts up to a colon, a semicolon or a comma. */
function titles() {
  const folder = path.join(ROOT, 'tests');
  /** @type {RegExp[]} */
  const known = [];
  /** @param {string[]} fixed the title's own text, around what is filled in */
  const learn = (fixed) => {
    const whole = fixed.join('\0');
    const ends = [...whole.matchAll(/[:;,] /g)].map(({ index }) => whole.slice(0, index));
    const telling = ends.filter(
      (part) => fixed.length === 1 || part.replaceAll('\0', '').length >= TELLING,
    );
    for (const title of [whole, ...telling])
      known.push(new RegExp(`^${title.split('\0').map(escaped).join('.+')}$`));
  };
  for (const file of filesBelow(folder).filter((name) => !/^(?:node_modules|out)\//.test(name))) {
    if (file.endsWith('.rs')) {
      const text = readFileSync(path.join(folder, file), 'utf8');
      for (const [, name = ''] of text.matchAll(
        /#\[(?:wasm_bindgen_)?test\](?:\s*#\[[^\]]*\])*\s*(?:async\s+)?fn (\w+)/g,
      )) {
        learn([name.replaceAll('_', ' ')]);
      }
    } else if (file.endsWith('.test.js')) {
      const text = readFileSync(path.join(folder, file), 'utf8');
      const calls =
        /(?<![.\w])(?:test|it|add|inTurn|atDesk)(?:\.inTurn|\.everywhere)?\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g;
      for (const [, single, double, template] of text.matchAll(calls)) {
        const plain = (single ?? double ?? template ?? '').replace(/\\(.)/g, '$1');
        learn(template === undefined ? [plain] : plain.split(/\$\{[^{}]*\}/));
      }
    }
  }
  return known;
}

/** @param {string} cell @returns {string[]} the tests that a cell names */
const named = (cell) => [...cell.matchAll(/_([^_]+)_/g)].map(([, name = '']) => name);

/** The numbers from `a–b`, or `a` alone. @param {string | undefined} first @param {string | undefined} [last] */
const range = (first, last = first) =>
  Array.from({ length: Number(last) - Number(first) + 1 }, (_, at) => Number(first) + at);

describe('README and handbook.md', () => {
  const steps = table('The steps', HANDBOOK);

  test('names tests for every row of the handbook, and each of them exists', () => {
    const known = titles();
    assert.ok(known.length > 500, `only ${known.length} titles were found`);
    for (const [step = '', does = '', shown = ''] of steps) {
      assert.ok(does.length > 0, `${step}: what Tether does is not said`);
      const names = named(shown);
      assert.ok(names.length > 0, `${step}: no test is named`);
      assert.equal(
        shown.replace(/_[^_]+_/g, '').replace(/[; ]/g, ''),
        '',
        `${step}: something besides tests is named`,
      );
      for (const name of names)
        assert.ok(
          known.some((title) => title.test(name)),
          `${step}: there is no test “${name}”`,
        );
    }
  });

  test('has a row for every step of the handbook and every item of its lists', () => {
    const there = new Set();
    for (const [step = ''] of steps) {
      const items = /^(\d+)\.(\d+)(?:–\1\.(\d+))? /.exec(step);
      const whole = /^(\d+)(?:–(\d+))? /.exec(step);
      if (items) for (const item of range(items[2], items[3])) there.add(`${items[1]}.${item}`);
      else if (whole && whole[2] === undefined) there.add(whole[1]);
      for (const [heading] of HEADINGS) {
        const list = new RegExp(`^${escaped(heading)} (\\d+)–(\\d+)$`).exec(step);
        if (list) for (const item of range(list[1], list[2])) there.add(`${heading} ${item}`);
        if (step === heading || step.startsWith(`${heading} `) || step.startsWith(`${heading}:`))
          there.add(heading);
      }
    }
    const wanted = range('1', String(STEPS)).flatMap((step) => {
      const lists = range('1', String(ITEMS[step] ?? 0)).map((item) => `${step}.${item}`);
      // A step that is nothing but its list needs no row of its own.
      return lists.length > 0 ? lists : [String(step)];
    });
    const headings = HEADINGS.flatMap(([heading, items]) => [
      heading,
      ...range('1', String(items)).map((item) => `${heading} ${item}`),
    ]);
    assert.deepEqual(
      [...wanted, ...headings].filter((one) => !there.has(one)),
      [],
    );
  });

  test('says of the five main situations what is counted', () => {
    const counted = readFileSync(path.join(ROOT, 'tests/e2e/zendesk-clicks.test.js'), 'utf8');
    // Each test there asserts two sums: what was done with Tether, then what is done by hand.
    const sums = [...counted.matchAll(/\{ clicks: (\d+), keys: (\d+) \}\)/g)].map(
      ([, clicks, keys]) => ({ clicks: Number(clicks), keys: Number(keys) }),
    );
    const situations = Object.values(BY_HAND);
    const rows = table('Clicks and keys saved');
    assert.deepEqual([rows.length, sums.length], [situations.length, 2 * situations.length]);
    for (const [at, [situation = '', ...cells]] of rows.entries()) {
      const actions = situations[at] ?? [];
      const [clicks, keys, copies, withTether = 0, keysWithTether] = cells.map(Number);
      assert.deepEqual({ clicks, keys }, sumOf(actions), situation);
      assert.equal(
        copies,
        actions.filter(([what]) => what === 'paste' || what.startsWith('copy ')).length,
        situation,
      );
      // The app's own clicks, where the situation has some, are on both sides.
      const inTheApp = actions.filter(
        ([what]) => situation.includes('GitLab.com') && /Super App|Attempt/.test(what),
      ).length;
      assert.deepEqual(
        { clicks: withTether - inTheApp, keys: keysWithTether },
        sums[2 * at],
        situation,
      );
    }
  });

  test('says how many tickets the demo offers', () => {
    assert.equal(
      /prints a list of (\d+) tickets/.exec(README)?.[1],
      String(Object.keys(createWorld().scenarios).length),
    );
  });

  test('gives a reason for each permission that is asked for, and for no other', () => {
    const given = table('What it reads, keeps and sends').map(
      ([permission = '']) => /`([^`]+)`/.exec(permission)?.[1] ?? permission,
    );
    const asked = BROWSERS.flatMap((browser) => {
      const { permissions, host_permissions, optional_host_permissions } =
        /** @type {Record<string, string[]>} */ (manifestFor(browser));
      return [
        ...(permissions ?? []),
        ...(host_permissions ?? []),
        ...(optional_host_permissions ?? []),
      ];
    });
    assert.deepEqual([...given].sort(), [...new Set(asked)].sort());
  });
});
