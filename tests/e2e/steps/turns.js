// Which browser a test runs in. What browsers do each in their own way is tested in both. What the core decides is the same in both, so
// those tests take turns: of three two run in Chromium, which takes two thirds of Firefox's time, and a whole run ends in reasonable time.
// `./build.sh test --browser NAME` runs every one of them in the browser that it names.
import { test } from 'node:test';
import { BROWSERS as ALL } from '../../tools/project.js';

/** @typedef {import('../../tools/project.js').Browser} BrowserName */

/** The only browser to run in. */
const named = process.env['TETHER_BROWSER'];

/** The browsers to test in. @type {BrowserName[]} */
export const BROWSERS = ALL.filter((name) => !named || named === name);

/** Whether a test that needs one browser only, and has this one, runs there. @param {BrowserName} name @param {BrowserName} its */
export const isItsTurn = (name, its) => (named ? named === name : its === name);

/** @type {BrowserName[]} */
const ORDER = ['chromium', 'firefox', 'chromium'];

/**
 * Counts the tests of one group as they are registered for one browser.
 * @param {BrowserName} name
 * @returns {() => boolean} whether the next one runs there
 */
export function turns(name) {
  let count = 0;
  return () => isItsTurn(name, /** @type {BrowserName} */ (ORDER[count++ % ORDER.length]));
}

/**
 * Replaces node's own `test`, for tests that take turns; `everywhere` registers one for each browser.
 * @param {BrowserName} name
 */
export function testInTurn(name) {
  const isNext = turns(name);
  /** @param {string} title @param {() => Promise<void>} work */
  const inTurn = (title, work) => {
    if (isNext()) void test(title, work);
  };
  return Object.assign(inTurn, { everywhere: test });
}
