// A wait counts down in the panel.
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Countdown, putWaits, remaining } from '../../extension/shared/times.js';

/** As much of a span as is asked for. @param {string} until @param {string} text */
const wait = (until, text) => {
  /** @type {Map<string, string>} */
  const attributes = new Map([['data-until', until]]);
  return {
    textContent: text,
    attributes,
    getAttribute: (/** @type {string} */ name) => attributes.get(name) ?? null,
    setAttribute: (/** @type {string} */ name, /** @type {string} */ value) =>
      attributes.set(name, value),
  };
};

/** @param {ReturnType<typeof wait>[]} waits */
const shown = (...waits) => /** @type {any} */ ({ querySelectorAll: () => waits });

test('what is left is said in seconds, from two minutes on in minutes, and never less than nothing', () => {
  assert.equal(remaining(10_000, 0), '10 seconds');
  assert.equal(remaining(9_001, 0), '10 seconds');
  assert.equal(remaining(1_000, 0), '1 second');
  assert.equal(remaining(119_000, 0), '119 seconds');
  assert.equal(remaining(120_000, 0), '2 minutes');
  assert.equal(remaining(150_000, 0), '3 minutes');
  assert.equal(remaining(0, 5_000), '0 seconds');
});

test('a wait without a number keeps its own words', () => {
  for (const until of ['', 'soon', 'NaN', 'Infinity']) {
    const one = wait(until, '12 seconds');
    assert.equal(putWaits(shown(one), 0), undefined);
    assert.equal(one.textContent, '12 seconds');
  }
});

test('a wait counts down by the second, is not read aloud, and stops at its end', (t) => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  t.after(() => mock.timers.reset());
  const one = wait('1002400', '3 seconds');
  const other = wait('1001000', '1 second');
  new Countdown(shown(one, other)).run();
  const says = () => [one.textContent, other.textContent];
  assert.deepEqual(says(), ['3 seconds', '1 second']);
  assert.equal(one.attributes.get('aria-live'), 'off');
  mock.timers.tick(400);
  assert.deepEqual(says(), ['2 seconds', '1 second']);
  mock.timers.tick(600);
  assert.deepEqual(says(), ['2 seconds', '0 seconds']);
  mock.timers.tick(400);
  assert.deepEqual(says(), ['1 second', '0 seconds']);
  mock.timers.tick(1000);
  assert.deepEqual(says(), ['0 seconds', '0 seconds']);
  one.textContent = 'as it was';
  mock.timers.tick(10_000);
  assert.equal(one.textContent, 'as it was', 'nothing counts any more');
});
